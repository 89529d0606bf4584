/**
 * A place for the visitor's own copy of the test set: to drop the two files on, or to choose them.
 *
 * Event: `test-files`.
 */
import { css, html, LitElement, type TemplateResult } from 'lit';
import { t } from '../messages';
import { shared } from '../styles/shared';
import { TestFilesEvent } from './events';

/** Where its makers keep the data set. */
const SOURCE = 'https://github.com/zalandoresearch/fashion-mnist#get-the-data';

export class TestFiles extends LitElement {
  static override styles = [
    shared,
    css`
      .drop {
        padding: var(--space-4);
        border: 2px dashed var(--line-strong);
        border-radius: var(--radius-m);
      }
      .drop.over {
        border-color: var(--accent);
        background: var(--accent-wash);
      }
      .drop p {
        max-width: calc(44 * var(--unit));
        margin-bottom: var(--space-3);
      }
    `,
  ];
  static override properties = { missing: { type: Boolean }, over: { state: true } };

  /** Whether the site has a copy that did not come. */
  declare missing: boolean;
  declare over: boolean;

  constructor() {
    super();
    this.missing = false;
    this.over = false;
  }

  #take(files: FileList | null | undefined): void {
    if (files?.length) this.dispatchEvent(new TestFilesEvent([...files]));
  }

  override render(): TemplateResult {
    return html`<div
      class="drop ${this.over ? 'over' : ''}"
      @dragover=${(event: DragEvent) => {
        event.preventDefault();
        this.over = true;
      }}
      @dragleave=${() => (this.over = false)}
      @drop=${(event: DragEvent) => {
        event.preventDefault();
        this.over = false;
        this.#take(event.dataTransfer?.files);
      }}
    >
      <p>
        ${this.missing ? t.measure.unreached : t.measure.drop}
        <a href=${SOURCE} rel="noreferrer">${t.measure.whence}</a>
      </p>
      <input
        type="file"
        id="files"
        multiple
        @change=${(event: Event) => {
          const input = event.target as HTMLInputElement;
          this.#take(input.files);
          input.value = '';
        }}
      /><label class="button" for="files">${t.measure.files}</label>
    </div>`;
  }
}
