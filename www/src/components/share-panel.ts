/** The share button and its dialog: a task in words, the link, the same as HTML for another page, buttons that copy them. */
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
      .snippet {
        font: var(--text-s) / 1.4 var(--font-number);
        overflow-wrap: anywhere;
      }
      .said {
        min-height: 1.5em;
        overflow-wrap: anywhere;
      }
    `,
  ];
  static override properties = { link: { attribute: false }, snippet: { attribute: false }, reduced: { type: Boolean }, task: { state: true }, said: { state: true }, isOpen: { state: true } };

  /** The address of what is shown, with a task for those who open it. */
  declare link: (task: string) => string;
  /** HTML that shows a link in a frame of another page. */
  declare snippet: ((link: string) => string) | undefined;
  /** Whether the link holds less than what is shown: of a picture only what the models see. */
  declare reduced: boolean;
  declare task: string;
  declare said: string;
  declare isOpen: boolean;

  constructor() {
    super();
    this.link = () => location.href;
    this.snippet = undefined;
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

  async #copy(field: HTMLInputElement | HTMLTextAreaElement | null, said: () => string): Promise<void> {
    try {
      await navigator.clipboard.writeText(field?.value ?? '');
      this.said = heard(this.said, said());
    } catch {
      field?.select();
      this.said = heard(this.said, t.share.byHand);
    }
  }

  override render(): TemplateResult {
    const { share } = t;
    const { snippet } = this;
    const link = this.isOpen ? this.link(this.task) : '';
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
          <label>${share.link} <input type="text" readonly .value=${link} /></label>
          ${snippet
            ? html`<label>${t.embed.snippet} <textarea class="snippet" rows="3" readonly spellcheck="false" aria-describedby="snippet-hint" .value=${this.isOpen ? snippet(link) : ''}></textarea></label>
                <p class="soft small" id="snippet-hint">${t.embed.snippetHint}</p>`
            : nothing}
          <div class="row">
            <button type="button" class="primary" @click=${() => void this.#copy(this.renderRoot.querySelector('input'), () => t.share.copied)}>${share.copy}</button>
            ${snippet
              ? html`<button type="button" @click=${() => void this.#copy(this.renderRoot.querySelector('textarea[readonly]'), () => t.embed.snippetCopied)}>${t.embed.copySnippet}</button>`
              : nothing}
            <button type="submit">${share.close}</button>
          </div>
          <p class="said soft small" role="status">${this.said}</p>
        </form>
      </dialog>`;
  }
}
