/** A confusion matrix as a table of counts, shaded by the share of its row. */
import { css, html, LitElement, type TemplateResult } from 'lit';
import { t } from '../messages';
import type { ModelId } from '../shapes';
import { shared } from '../styles/shared';

export class ConfusionMatrix extends LitElement {
  static override styles = [
    shared,
    css`
      .scroll {
        overflow-x: auto;
      }
      table {
        border-collapse: separate;
        border-spacing: 2px;
        font-size: var(--text-s);
      }
      caption {
        text-align: start;
        color: var(--ink-soft);
        padding-bottom: var(--space-2);
      }
      th {
        font-weight: 500;
        color: var(--ink-soft);
        white-space: nowrap;
      }
      thead th {
        height: calc(6 * var(--unit));
        vertical-align: bottom;
        padding: 0;
      }
      thead span {
        writing-mode: vertical-rl;
        rotate: 180deg;
      }
      thead th:first-child span {
        writing-mode: initial;
        rotate: none;
      }
      tbody th {
        text-align: end;
        padding-inline-end: var(--space-2);
      }
      td {
        min-width: calc(2.75 * var(--unit));
        height: calc(2 * var(--unit));
        padding: 0 var(--space-1);
        text-align: center;
        font-family: var(--font-number);
        font-variant-numeric: tabular-nums;
        border-radius: calc(0.2 * var(--unit));
        /* At most 45% of the colour, so that the ink stays readable on it. */
        background: color-mix(in oklab, var(--shade) calc(var(--share) * 45%), var(--sunken));
        --shade: var(--accent);
      }
      td.right {
        --shade: var(--good);
        font-weight: 700;
      }
      td.none {
        color: var(--ink-soft);
        background: none;
      }
    `,
  ];
  static override properties = { model: { type: String }, classes: { attribute: false }, counts: { attribute: false } };

  declare model: ModelId;
  declare classes: readonly string[];
  /** A row (truth) of counts for each class. */
  declare counts: readonly (readonly number[])[];

  constructor() {
    super();
    this.model = '';
    this.classes = [];
    this.counts = [];
  }

  #row(counts: readonly number[], truth: number): TemplateResult {
    const support = counts.reduce((sum, count) => sum + count, 0);
    return html`<tr>
      <th scope="row">${this.classes[truth]}</th>
      ${counts.map((count, predicted) => {
        // A confusion is rare beside the diagonal: its shade grows with the root of its share.
        const share = support === 0 ? 0 : count / support;
        return html`<td class=${count === 0 ? 'none' : truth === predicted ? 'right' : ''} .style=${`--share:${Math.sqrt(share)}`}>${t.count(count)}</td>`;
      })}
    </tr>`;
  }

  override render(): TemplateResult {
    return html`<div class="scroll" tabindex="0" role="region" aria-label=${t.metrics.confusionCaption(this.model)}>
      <table>
        <caption>
          ${t.metrics.confusionCaption(this.model)}
        </caption>
        <thead>
          <tr>
            <th scope="col"><span>${t.metrics.truth}</span></th>
            ${this.classes.map((name) => html`<th scope="col"><span>${name}</span></th>`)}
          </tr>
        </thead>
        <tbody>
          ${this.counts.map((counts, truth) => this.#row(counts, truth))}
        </tbody>
      </table>
    </div>`;
  }
}
