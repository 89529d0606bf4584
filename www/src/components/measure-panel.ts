/**
 * Measures all models in this browser: progress, cancel, figures so far, the difference to the committed ones.
 *
 * Events: `measure-start`, `measure-cancel`, `test-files`.
 */
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { t } from '../messages';
import type { Figures, Trial } from '../shapes';
import { shared } from '../styles/shared';
import { table } from '../styles/table';
import { button } from './button';
import { MeasureCancelEvent, MeasureStartEvent } from './events';
import { figuresTable } from './figures-table';
import { passFocus } from './focus';

/** Where the test set comes from, and whether it is there. */
export type TestSetState = 'packed' | 'missing' | 'wanted' | 'opening' | 'opened';

export class MeasurePanel extends LitElement {
  static override styles = [
    shared,
    table,
    css`
      :host {
        display: grid;
        gap: var(--space-4);
      }
      .row {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: var(--space-3);
      }
      td.images {
        min-width: calc(11 * var(--unit));
      }
      td progress {
        display: block;
        margin-top: var(--space-1);
      }
      .same {
        color: var(--good);
      }
      .differs {
        color: var(--warn);
      }
    `,
  ];
  static override properties = {
    trials: { attribute: false },
    figures: { attribute: false },
    running: { type: Boolean },
    available: { type: Boolean },
    testSet: { attribute: false },
  };

  /** One of each model, in order. */
  declare trials: readonly Trial[];
  declare figures: readonly Figures[];
  declare running: boolean;
  /** Whether the models are there. */
  declare available: boolean;
  declare testSet: TestSetState;

  constructor() {
    super();
    this.trials = [];
    this.figures = [];
    this.running = false;
    this.available = false;
    this.testSet = 'packed';
  }

  /** The place for files goes when they are taken. */
  #files(): TemplateResult {
    return html`<vitrine-test-files ?missing=${this.testSet === 'missing'} @test-files=${() => passFocus(this.renderRoot.querySelector<HTMLElement>('button.primary'))}></vitrine-test-files>`;
  }

  #comparison({ model, state, measurement }: Trial): TemplateResult | typeof nothing {
    const committed = this.figures.find((candidate) => candidate.model === model);
    if (!measurement || !committed) return nothing;
    if (state === 'running') return html`${t.measure.running}`;
    if (state !== 'done') return html`<span class="differs">${state === 'failed' ? t.measure.broken : t.measure.partial}</span>`;
    const same = JSON.stringify(measurement.confusion) === JSON.stringify(committed.confusion);
    return same
      ? html`<span class="same">${t.measure.same}</span>`
      : html`<span class="differs">${t.measure.differs(measurement.accuracy - committed.accuracy)}</span>`;
  }

  #row(trial: Trial): TemplateResult {
    const { model, state, measurement } = trial;
    const done = measurement?.done ?? 0;
    const total = measurement?.total ?? 1;
    const known = measurement && done > 0 ? measurement : undefined;
    return html`<tr data-model=${model} data-state=${state}>
      <th scope="row">${t.model(model)}</th>
      <td class="images">
        ${measurement ? t.measure.done(done, total) : state === 'cancelled' || state === 'failed' ? t.measure.unmeasured : t.measure.waiting}
        <progress max=${total} .value=${done} aria-label=${t.measure.progress(model)}></progress>
      </td>
      <td class="lead">${known ? t.metrics.figure(known.accuracy) : nothing}</td>
      <td>${known ? t.metrics.between(...known.interval) : nothing}</td>
      <td>${known ? t.metrics.figure(known.macroF1) : nothing}</td>
      <td>${known ? t.seconds(known.milliseconds) : nothing}</td>
      <td>${known ? t.measure.speed((known.done / known.milliseconds) * 1000) : nothing}</td>
      <td>${this.#comparison(trial)}</td>
    </tr>`;
  }

  #results(): TemplateResult {
    const { measure, metrics } = t;
    const heads = [measure.model, measure.images, measure.accuracy, metrics.interval, metrics.f1, measure.time, measure.rate, measure.against];
    return figuresTable(measure.caption, heads, this.trials.map((trial) => this.#row(trial)));
  }

  override render(): TemplateResult {
    const ready = this.available && this.testSet !== 'wanted' && this.testSet !== 'opening';
    return html`
      ${this.testSet === 'packed' || this.testSet === 'opened' ? nothing : this.#files()}
      <div class="row">
        ${button(t.measure.start, ready && !this.running, () => this.dispatchEvent(new MeasureStartEvent()), 'primary')}
        ${button(t.measure.cancel, this.running, () => this.dispatchEvent(new MeasureCancelEvent()))}
        ${this.testSet === 'opening' ? html`<span class="soft patient">${t.measure.opening}</span>` : nothing}
      </div>
      ${this.trials.length > 0 ? this.#results() : nothing}
    `;
  }
}
