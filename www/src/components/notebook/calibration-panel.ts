/**
 * How far a model's percentages can be trusted; the committed figures alone before anything is known of its answers.
 *
 * Event: `trust-change`.
 */
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { t } from '../../messages';
import type { Calibration } from '../../shapes.notebook';
import { shared } from '../../styles/shared';
import { table } from '../../styles/table';
import type { ClassLines } from '../../charts';
import type { ChartSpec, ChartTable } from './chart-figure';
import { TrustEvent } from './events';
import { binTable, coverageTable, curveTable } from './trust-tables';

/** What models/metrics.json has. */
export interface Committed {
  readonly error: number;
  readonly logLoss: number | undefined;
  readonly temperature: number | undefined;
}

export class CalibrationPanel extends LitElement {
  static override styles = [
    shared,
    table,
    css`
      :host {
        display: grid;
        gap: var(--space-5);
      }
      dl {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(calc(9 * var(--unit)), 1fr));
        gap: var(--space-3) var(--space-5);
      }
      dt {
        color: var(--ink-soft);
        font-size: var(--text-s);
      }
      dd {
        font: 700 var(--text-l) / 1.2 var(--font-number);
      }
      dd.text {
        font: var(--text-s) / 1.4 var(--font-text);
      }
      .charts {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(min(100%, calc(24 * var(--unit))), 1fr));
        gap: var(--space-5) var(--space-6);
      }
      .control {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: var(--space-2) var(--space-3);
      }
      input {
        flex: 1 1 calc(12 * var(--unit));
        min-height: var(--tap);
        accent-color: var(--accent);
      }
      .threshold {
        display: grid;
        align-content: start;
        gap: var(--space-3);
      }
      .threshold .control {
        flex-wrap: nowrap;
      }
      .threshold input {
        min-width: 0;
        flex-basis: calc(6 * var(--unit));
      }
      output {
        display: block;
        min-height: 3em;
      }
    `,
  ];
  static override properties = {
    calibration: { attribute: false },
    committed: { attribute: false },
    classes: { attribute: false },
    threshold: { type: Number },
    label: { attribute: false },
  };

  /** `undefined` before measuring. */
  declare calibration: Calibration | undefined;
  declare committed: Committed | undefined;
  declare classes: readonly string[];
  /** Whole per cents. */
  declare threshold: number;
  /** Whose curves are brought forward; `undefined` chooses the class that is told apart worst. */
  declare label: number | undefined;

  readonly #kept = new Map<ClassLines['kind'], { calibration: Calibration | undefined; label: number; spec: ChartSpec }>();

  constructor() {
    super();
    this.calibration = undefined;
    this.committed = undefined;
    this.classes = [];
    this.threshold = 80;
    this.label = undefined;
  }

  #figures(): TemplateResult {
    const { trust } = t.notebook;
    const { calibration, committed } = this;
    const loss = calibration?.logLoss ?? committed?.logLoss;
    return html`<dl>
      <div>
        <dt>${trust.error}</dt>
        <dd>${t.metrics.figure(calibration?.error ?? committed?.error ?? 0)}</dd>
      </div>
      <div>
        <dt>${trust.logLoss}</dt>
        ${loss !== undefined && Number.isFinite(loss) ? html`<dd>${t.metrics.figure(loss)}</dd>` : html`<dd class="text">${trust.infinite}</dd>`}
      </div>
      <div>
        <dt>${trust.topTwo}</dt>
        ${calibration?.topTwo !== undefined ? html`<dd>${t.metrics.figure(calibration.topTwo)}</dd>` : html`<dd class="text">${trust.unmeasured}</dd>`}
      </div>
      ${committed?.temperature === undefined ? nothing : html`<div>
        <dt>${trust.temperature}</dt>
        <dd>${t.number(committed.temperature, 2)}</dd>
      </div>`}
    </dl>`;
  }

  #reliability({ bins, images }: Calibration): TemplateResult {
    const { trust } = t.notebook;
    const data = (): ChartTable => binTable(bins);
    return html`<div class="charts">
      <vitrine-chart-figure .heading=${trust.reliability} .note=${trust.reliabilityNote} .summary=${trust.reliabilitySays(bins)} .height=${320} .spec=${{ chart: 'reliability', data: bins }} .data=${data}></vitrine-chart-figure>
      <vitrine-chart-figure .heading=${trust.histogram} .note=${trust.histogramNote} .summary=${trust.histogramSays(bins, images)} .height=${320} .spec=${{ chart: 'confidences', data: bins }} .data=${data}></vitrine-chart-figure>
    </div>`;
  }

  #curves({ classes }: Calibration): TemplateResult | typeof nothing {
    const { trust } = t.notebook;
    const lines = this.classes.flatMap((name, label) => (classes[label] ? [{ name, label, curves: classes[label] }] : []));
    const worst = lines.toSorted((a, b) => a.curves.area - b.curves.area)[0];
    const chosen = lines.find(({ label }) => label === this.label) ?? worst;
    if (!chosen) return nothing;
    const data = (): ChartTable => curveTable(lines);
    return html`<div class="control">
        <label for="class">${trust.class}</label>
        <select id="class" @change=${(event: Event) => this.dispatchEvent(new TrustEvent({ label: Number((event.target as HTMLSelectElement).value) }))}>
          ${lines.map(({ name, label }) => html`<option value=${label} ?selected=${label === chosen.label}>${name}</option>`)}
        </select>
      </div>
      <div class="charts">
        <vitrine-chart-figure .heading=${trust.roc} .note=${trust.area(chosen.name, chosen.curves.area)} .summary=${trust.rocSays(chosen.name, chosen.curves.area)} .height=${320} .spec=${this.#lines('roc', chosen.label)} .data=${data}></vitrine-chart-figure>
        <vitrine-chart-figure .heading=${trust.precisionRecall} .note=${trust.averagePrecision(chosen.name, chosen.curves.averagePrecision)} .summary=${trust.precisionRecallSays(chosen.name, chosen.curves.averagePrecision)} .height=${320} .spec=${this.#lines('precisionRecall', chosen.label)} .data=${data}></vitrine-chart-figure>
      </div>`;
  }

  /** The same object until something else is shown: thousands of points are not drawn again for the slider. */
  #lines(kind: ClassLines['kind'], label: number): ChartSpec {
    const { calibration } = this;
    const kept = this.#kept.get(kind);
    if (kept && kept.calibration === calibration && kept.label === label) return kept.spec;
    const lines = this.classes.flatMap((name, of) => {
      const curves = calibration?.classes[of];
      return curves ? [{ name, points: curves[kind] }] : [];
    });
    const spec: ChartSpec = { chart: 'classLines', data: { kind, chosen: this.classes[label] ?? '', lines } };
    this.#kept.set(kind, { calibration, label, spec });
    return spec;
  }

  #threshold({ answered, images }: Calibration): TemplateResult {
    const { trust } = t.notebook;
    const at = answered[this.threshold] ?? { threshold: 0, images: 0, right: 0 };
    const says = trust.thresholdSays(this.threshold / 100, at.images / images, at.images === 0 ? undefined : at.right / at.images);
    return html`<div class="charts">
      <vitrine-chart-figure
        .heading=${trust.selectiveTitle}
        .note=${trust.selectiveNote}
        .summary=${says}
        .height=${320}
        .spec=${{ chart: 'coverage', data: { answered, images, threshold: this.threshold / 100 } }}
        .data=${() => coverageTable(answered, images)}
      ></vitrine-chart-figure>
      <div class="threshold">
        <div class="control">
          <label for="threshold">${trust.threshold}</label>
          <input
            id="threshold"
            type="range"
            min="0"
            max="100"
            .value=${String(this.threshold)}
            aria-valuetext=${t.percent(this.threshold / 100)}
            @input=${(event: Event) => this.dispatchEvent(new TrustEvent({ threshold: Number((event.target as HTMLInputElement).value) }))}
          />
          <span class="number">${t.percent(this.threshold / 100)}</span>
        </div>
        <output for="threshold">${says}</output>
        <dl>
          <div>
            <dt>${trust.coverage}</dt>
            <dd>${t.percent(at.images / images, 1)}</dd>
          </div>
          <div>
            <dt>${trust.selective}</dt>
            <dd>${at.images === 0 ? '–' : t.percent(at.right / at.images, 2)}</dd>
          </div>
        </dl>
      </div>
    </div>`;
  }

  override render(): TemplateResult {
    const { calibration } = this;
    return html`${this.#figures()}
    ${calibration ? html`${this.#reliability(calibration)}${this.#threshold(calibration)}${this.#curves(calibration)}` : nothing}`;
  }
}
