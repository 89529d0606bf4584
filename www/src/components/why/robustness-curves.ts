/** What corruptions cost on the test set: a small chart for each, the sliders' place marked. */
import { css, html, LitElement, nothing, svg, type TemplateResult } from 'lit';
import { curves, current, type Curve, unmeasured } from '../../charts/why/corruption';
import { robustnessChart, seriesMarker } from '../../charts/why/robustness';
import { chartStyles } from '../../charts/why/styles';
import { t } from '../../messages';
import type { ModelId } from '../../shapes';
import type { Distortion, Robustness } from '../../shapes.why';
import { shared } from '../../styles/shared';
import { table } from '../../styles/table';
import { NONE } from './distortions';
import { foldedTable } from './folded-table';
import { panelStyles } from './panel.styles';
import { Width } from './width';

export class RobustnessCurves extends LitElement {
  static override styles = [
    shared,
    table,
    panelStyles,
    chartStyles,
    css`
      .charts {
        display: grid;
        grid-template-columns: repeat(auto-fill, minmax(min(100%, calc(15 * var(--unit))), 1fr));
        gap: var(--space-5);
      }
      @container (width < 39em) {
        .charts {
          grid-template-columns: repeat(auto-fill, minmax(min(100%, calc(9 * var(--unit))), 1fr));
          gap: var(--space-4) var(--space-3);
        }
      }
      figure {
        display: grid;
        align-content: start;
        gap: var(--space-2);
        min-width: 0;
      }
      .legend {
        display: flex;
        flex-wrap: wrap;
        gap: var(--space-1) var(--space-5);
        font-size: var(--text-s);
      }
      .legend li {
        display: inline-flex;
        align-items: center;
        gap: var(--space-2);
      }
    `,
  ];
  static override properties = { robustness: { attribute: false }, models: { attribute: false }, distortion: { attribute: false } };

  /** `undefined` where it was not measured. */
  declare robustness: Robustness | undefined;
  /** In the order shown. */
  declare models: readonly ModelId[];
  declare distortion: Distortion;
  readonly #width = new Width(this, '.room');

  constructor() {
    super();
    this.robustness = undefined;
    this.models = [];
    this.distortion = NONE;
  }

  #chart(curve: Curve, models: readonly ModelId[]): TemplateResult {
    const texts = t.why.break;
    const { corruption, unit, accuracy, amounts } = curve;
    const amount = current(corruption, this.distortion);
    const beyond = unmeasured(curve, amount);
    const at = (index: number): string => models.map((model) => texts.of(t.model(model), accuracy[model]?.at(index) ?? 0)).join(', ');
    return html`<figure class="room" data-corruption=${corruption}>
      <figcaption><h5>${texts.corruption(corruption)}</h5></figcaption>
      ${this.#width.draw((room) =>
        robustnessChart({
          curve,
          models,
          current: amount === amounts[0] ? undefined : amount,
          ...room,
          number: texts.number,
          label: texts.describeCurve(corruption, at(0), at(-1)),
        }),
      )}
      <p class="axis-name">${texts.unit(unit)}${beyond ? html`; <strong>${texts.unmeasured(texts.number(amount ?? 0))}</strong>` : nothing}</p>
    </figure>`;
  }

  #table(all: readonly Curve[], models: readonly ModelId[]): TemplateResult {
    const texts = t.why.break;
    const rows = all.flatMap(({ corruption, amounts, accuracy, unit }) =>
      amounts.map(
        (amount, index) => html`<tr>
          <th scope="row">${texts.corruption(corruption)}</th>
          <td>${index === 0 ? texts.none : `${texts.number(amount)} ${texts.unit(unit)}`}</td>
          ${models.map((model) => html`<td>${texts.figure(accuracy[model]?.[index] ?? 0)}</td>`)}
        </tr>`,
      ),
    );
    return foldedTable(t.why.table, texts.curvesCaption, [texts.curves, texts.amount, ...models.map((model) => t.model(model))], rows);
  }

  override render(): TemplateResult {
    const texts = t.why.break;
    const { robustness } = this;
    const all = robustness ? curves(robustness) : [];
    if (!robustness || all.length === 0) return html`<h4>${texts.curves}</h4><p class="soft missing">${texts.missing}</p>`;
    const models = this.models.filter((model) => model in robustness.clean);
    return html`<h4>${texts.curves}</h4>
      <p class="soft lede">${texts.curvesHint(robustness.images)}</p>
      <ul class="legend">
        ${models.map((model, series) => html`<li><svg class="chart" width="26" height="12" aria-hidden="true">${svg`<line class="series series-${series % 4}" x1="0" x2="26" y1="6" y2="6"></line>${seriesMarker(series, 13, 6)}`}</svg>${t.model(model)}</li>`)}
      </ul>
      <div class="charts">${all.map((curve) => this.#chart(curve, models))}</div>
      ${this.#table(all, models)}`;
  }
}
