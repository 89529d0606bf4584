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
import { MeasureCancelEvent, MeasureStartEvent, TestFilesEvent } from './events';
import { figuresTable } from './figures-table';
import { passFocus } from './focus';

/** Where its makers keep the data set. */
const SOURCE = 'https://github.com/zalandoresearch/fashion-mnist#get-the-data';

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
    over: { state: true },
  };

  /** One of each model, in order. */
  declare trials: readonly Trial[];
  declare figures: readonly Figures[];
  declare running: boolean;
  /** Whether the models are there. */
  declare available: boolean;
  declare testSet: TestSetState;
  declare over: boolean;

  constructor() {
    super();
    this.trials = [];
    this.figures = [];
    this.running = false;
    this.available = false;
    this.testSet = 'packed';
    this.over = false;
  }

  #take(files: FileList | null | undefined): void {
    if (!files?.length) return;
    // The place for files goes when they are taken.
    passFocus(this.renderRoot.querySelector<HTMLElement>('button.primary'));
    this.dispatchEvent(new TestFilesEvent([...files]));
  }

  #drop(): TemplateResult {
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
        ${this.testSet === 'missing' ? t.measure.unreached : t.measure.drop}
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
      ${this.testSet === 'packed' || this.testSet === 'opened' ? nothing : this.#drop()}
      <div class="row">
        ${button(t.measure.start, ready && !this.running, () => this.dispatchEvent(new MeasureStartEvent()), 'primary')}
        ${button(t.measure.cancel, this.running, () => this.dispatchEvent(new MeasureCancelEvent()))}
        ${this.testSet === 'opening' ? html`<span class="soft patient">${t.measure.opening}</span>` : nothing}
      </div>
      ${this.trials.length > 0 ? this.#results() : nothing}
    `;
  }
}
