/** What the models see: the 28×28 picture, and the steps that led to it. */
import { css, html, LitElement, type TemplateResult } from 'lit';
import { t } from '../messages';
import type { Prepared } from '../shapes';
import { shared } from '../styles/shared';

/** The longest recipe; as many places are kept, so that nothing jumps. */
const MOST_STEPS = 7;

export class ModelInput extends LitElement {
  static override styles = [
    shared,
    css`
      :host {
        display: grid;
        grid-template-columns: minmax(7rem, 11rem) minmax(0, 1fr);
        gap: var(--space-4);
        align-items: start;
      }
      @media (width < 34rem) {
        :host {
          grid-template-columns: minmax(0, 1fr);
        }
        .view {
          width: 11rem;
        }
      }
      .view {
        border-radius: var(--radius-s);
        box-shadow: 0 0 0 1px var(--line);
      }
      .text {
        display: grid;
        gap: var(--space-3);
        align-content: start;
      }
      ol {
        display: grid;
        grid-template-columns: repeat(auto-fill, minmax(3.25rem, 4.5rem));
        gap: var(--space-2);
        min-height: 5rem;
      }
      .step {
        border-radius: 0.25rem;
      }
      li span {
        display: block;
        margin-top: var(--space-1);
        font-size: var(--text-s);
        line-height: 1.2;
        color: var(--ink-soft);
      }
      .empty .step {
        background: var(--sunken);
      }
    `,
  ];
  static override properties = { prepared: { attribute: false } };

  declare prepared: Prepared | undefined;

  constructor() {
    super();
    this.prepared = undefined;
  }

  override render(): TemplateResult {
    const { prepared } = this;
    const seen = prepared && !prepared.blank ? prepared : undefined;
    return html`
      <pixel-view
        class="view"
        .grey=${seen && Uint8Array.from(seen.pixels, (ink) => ink * 255)}
        .label=${seen ? t.input.picture : t.input.blank}
      ></pixel-view>
      <div class="text">
        <p class="soft">${seen ? t.input.recipe(seen.recipe) : t.input.waiting}</p>
        <ol aria-label=${t.input.steps} class=${seen ? '' : 'empty'}>
          ${seen
            ? seen.steps.map(
                ({ name, width, height, grey }) => html`<li>
                  <pixel-view class="step" .grey=${grey} .width=${width} .height=${height}></pixel-view><span>${t.input.step(name)}</span>
                </li>`,
              )
            : Array.from({ length: MOST_STEPS - 3 }, () => html`<li aria-hidden="true"><pixel-view class="step"></pixel-view><span>&nbsp;</span></li>`)}
        </ol>
      </div>
    `;
  }
}
