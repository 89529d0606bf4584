/** The share button and its dialog: a task in words, the link, a button that copies it. */
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { t } from '../messages';
import { dialog } from '../styles/dialog';
import { shared } from '../styles/shared';
import { heard } from './heard';

/** More is no task but a text. */
export const LONGEST_TASK = 500;

export class SharePanel extends LitElement {
  static override styles = [
    shared,
    dialog,
    css`
      form {
        display: grid;
        gap: var(--space-4);
      }
      label {
        display: grid;
        gap: var(--space-1);
        font-weight: 600;
      }
      .row {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: var(--space-2) var(--space-3);
      }
      .said {
        min-height: 1.5em;
        overflow-wrap: anywhere;
      }
    `,
  ];
  static override properties = { link: { attribute: false }, reduced: { type: Boolean }, task: { state: true }, said: { state: true }, isOpen: { state: true } };

  /** The address of what is shown, with a task for those who open it. */
  declare link: (task: string) => string;
  /** Whether the link holds less than what is shown: of a picture only what the models see. */
  declare reduced: boolean;
  declare task: string;
  declare said: string;
  declare isOpen: boolean;

  constructor() {
    super();
    this.link = () => location.href;
    this.reduced = false;
    this.task = '';
    this.said = '';
    this.isOpen = false;
  }

  get #dialog(): HTMLDialogElement | null {
    return this.renderRoot.querySelector('dialog');
  }

  #open(): void {
    this.said = '';
    this.isOpen = true;
    this.#dialog?.showModal();
  }

  async #copy(): Promise<void> {
    const field = this.renderRoot.querySelector<HTMLInputElement>('input[readonly]');
    try {
      await navigator.clipboard.writeText(this.link(this.task));
      this.said = heard(this.said, t.share.copied);
    } catch {
      field?.select();
      this.said = heard(this.said, t.share.byHand);
    }
  }

  override render(): TemplateResult {
    const { share } = t;
    return html`<button type="button" class="open" @click=${() => this.#open()}>${share.open}</button>
      <dialog aria-labelledby="title" @close=${() => (this.isOpen = false)}>
        <form method="dialog">
          <h2 id="title">${share.title}</h2>
          <p class="soft">${share.lede} ${this.reduced ? share.pixels : nothing}</p>
          <label
            >${share.task}
            <textarea
              rows="2"
              maxlength=${LONGEST_TASK}
              aria-describedby="hint"
              .value=${this.task}
              @input=${(event: Event) => (this.task = (event.target as HTMLTextAreaElement).value)}
            ></textarea>
          </label>
          <p class="soft small" id="hint">${share.taskHint}</p>
          <label>${share.link} <input type="text" readonly .value=${this.isOpen ? this.link(this.task) : ''} /></label>
          <div class="row">
            <button type="button" class="primary" @click=${() => void this.#copy()}>${share.copy}</button>
            <button type="submit">${share.close}</button>
          </div>
          <p class="said soft small" role="status">${this.said}</p>
        </form>
      </dialog>`;
  }
}
