/**
 * Brings in a picture: by button, by drop on what it wraps, by paste into it; both anywhere in the document where that is asked for.
 *
 * Events: `picture-chosen`, `picture-missing`, `sample-wanted`.
 */
import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { t } from '../messages';
import { shared } from '../styles/shared';
import { isForText } from './editable';
import { PictureChosenEvent, PictureMissingEvent, SampleWantedEvent } from './events';

export class ImageDrop extends LitElement {
  static override styles = [
    shared,
    css`
      :host {
        position: relative;
      }
      .row {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: var(--space-2) var(--space-3);
        margin-top: var(--space-3);
      }
      .over {
        position: absolute;
        inset: 0;
        z-index: 2;
        display: grid;
        place-items: center;
        border: 3px dashed var(--accent);
        border-radius: var(--radius-m);
        background: var(--accent-wash);
        font: 600 var(--text-l) / 1 var(--font-display);
        pointer-events: none;
      }
      .over[hidden] {
        display: none;
      }
    `,
  ];
  static override properties = { over: { state: true }, files: { attribute: false }, samples: { type: Boolean }, everywhere: { type: Boolean } };

  declare over: boolean;
  /** Whether files are taken. */
  declare files: boolean;
  /** Whether a test image can be asked for. */
  declare samples: boolean;
  /** Whether what is pasted or dropped anywhere in the document is meant for it. */
  declare everywhere: boolean;
  #heard: EventTarget | undefined;

  constructor() {
    super();
    this.over = false;
    this.files = true;
    this.samples = false;
    this.everywhere = false;
    this.addEventListener('dragover', (event) => {
      if (!this.files || !event.dataTransfer?.types.includes('Files')) return;
      event.preventDefault();
      this.over = true;
    });
    this.addEventListener('dragleave', (event) => {
      if (!(event.relatedTarget instanceof Node && this.contains(event.relatedTarget))) this.over = false;
    });
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#hear(this.everywhere ? this.ownerDocument : this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#hear(undefined);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('everywhere') && this.isConnected) this.#hear(this.everywhere ? this.ownerDocument : this);
  }

  /** Hears what is pasted into `place` or dropped on it, and nowhere else. */
  #hear(place: EventTarget | undefined): void {
    this.#heard?.removeEventListener('paste', this.#paste);
    this.#heard?.removeEventListener('drop', this.#drop);
    this.#heard = place;
    place?.addEventListener('paste', this.#paste);
    place?.addEventListener('drop', this.#drop);
  }

  readonly #drop = (event: Event): void => {
    const transfer = (event as DragEvent).dataTransfer;
    // What others take is theirs, and so is text where text is written.
    if (!this.files || event.defaultPrevented || (!event.composedPath().includes(this) && !transfer?.types.includes('Files'))) return;
    event.preventDefault();
    this.over = false;
    this.#take(transfer?.files);
  };

  readonly #paste = (event: Event): void => {
    const pasted = (event as ClipboardEvent).clipboardData;
    // Text that is pasted beside every field is nobody's, and no reason to complain.
    if (!this.files || event.defaultPrevented || isForText(event) || (pasted?.files.length === 0 && pasted.types.includes('text/plain'))) return;
    event.preventDefault();
    this.#take(pasted?.files);
  };

  #take(files: FileList | null | undefined): void {
    const file = files?.[0];
    this.dispatchEvent(file ? new PictureChosenEvent(file, () => file.name || t.drop.pasted) : new PictureMissingEvent());
  }

  #choose(event: Event): void {
    const input = event.target as HTMLInputElement;
    if (input.files?.length) this.#take(input.files);
    // The same file may be chosen again.
    input.value = '';
  }

  override render(): TemplateResult {
    return html`
      <slot></slot>
      <div class="row">
        ${this.files ? html`<input type="file" id="file" accept="image/*" @change=${(event: Event) => this.#choose(event)} /><label class="button" for="file">${t.drop.choose}</label>` : nothing}
        <slot name="source"></slot>
        <button type="button" ?hidden=${!this.samples} @click=${() => this.dispatchEvent(new SampleWantedEvent())}>${t.drop.sample}</button>
        <span class="soft small" ?hidden=${!this.files}>${t.drop.hint}</span>
      </div>
      <div class="over" ?hidden=${!this.over}>${t.drop.here}</div>
    `;
  }
}
