/**
 * What if a patch were missing: every model's occlusion map for its own answer or for any class.
 *
 * Events: `target-change`, `measure-change`, `occlusion-stop`, `occlusion-resume`, `announce`.
 */
import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { argmax } from '../../argmax';
import { t } from '../../messages';
import type { ModelId } from '../../shapes';
import type { Occlusion } from '../../shapes.why';
import { shared } from '../../styles/shared';
import { table } from '../../styles/table';
import { figuresTable } from '../figures-table';
import { passFocus } from '../focus';
import { MeasureChangeEvent, OcclusionResumeEvent, OcclusionStopEvent, TargetChangeEvent } from './events';
import { losses, type Measure, regions } from './evidence';
import { panelStyles } from './panel.styles';

const MEASURES: readonly Measure[] = ['probability', 'odds'];
const NINTHS = Array.from({ length: 9 }, (_, index) => [Math.floor(index / 3), index % 3] as const);

export class OcclusionPanel extends LitElement {
  static override styles = [
    shared,
    table,
    panelStyles,
    css`
      .maps {
        display: grid;
        grid-template-columns: repeat(auto-fill, minmax(min(100%, calc(15 * var(--unit))), 1fr));
        gap: var(--space-5) var(--space-4);
      }
      @container (width < 33em) {
        .maps {
          grid-template-columns: repeat(2, minmax(0, 1fr));
          gap: var(--space-4) var(--space-3);
        }
      }
      @media print {
        .maps {
          grid-template-columns: repeat(4, minmax(0, 1fr)) !important;
        }
        .lede,
        .keys,
        details {
          display: none;
        }
      }
      .legend {
        display: flex;
        flex-wrap: wrap;
        gap: var(--space-1) var(--space-5);
        font-size: var(--text-s);
      }
      .legend span {
        display: inline-flex;
        align-items: center;
        gap: var(--space-2);
      }
      .legend i {
        width: calc(4 * var(--unit));
        height: calc(0.75 * var(--unit));
        border-radius: calc(0.125 * var(--unit));
        forced-color-adjust: none;
      }
      .toward {
        background: linear-gradient(to right, var(--stage), var(--toward));
      }
      .against {
        background: linear-gradient(to right, var(--stage), var(--against));
      }
    `,
  ];
  static override properties = {
    models: { attribute: false },
    occlusions: { attribute: false },
    grey: { attribute: false },
    classes: { attribute: false },
    target: { attribute: false },
    measure: { type: String },
    running: { type: Boolean },
    complete: { type: Boolean },
  };

  /** In the order shown. */
  declare models: readonly ModelId[];
  declare occlusions: ReadonlyMap<ModelId, Occlusion>;
  declare grey: Uint8Array | undefined;
  declare classes: readonly string[];
  /** The class chosen; `undefined` for each model's own answer. */
  declare target: number | undefined;
  declare measure: Measure;
  declare running: boolean;
  /** Whether every map is whole. */
  declare complete: boolean;

  #hadFocus = false;

  constructor() {
    super();
    this.models = [];
    this.occlusions = new Map();
    this.grey = undefined;
    this.classes = [];
    this.target = undefined;
    this.measure = 'probability';
    this.running = false;
    this.complete = false;
  }

  override updated(changed: PropertyValues<this>): void {
    if (changed.has('complete') && this.complete && this.#hadFocus) passFocus(this.renderRoot.querySelector('select'));
  }

  override willUpdate(changed: PropertyValues<this>): void {
    // The button goes when there is nothing more to stop.
    if (changed.has('complete') && this.complete) this.#hadFocus = this.shadowRoot?.activeElement?.matches('.row > button') ?? false;
  }

  #targetOf(model: ModelId): number {
    return this.target ?? argmax(this.occlusions.get(model)?.whole ?? []);
  }

  #controls(): TemplateResult {
    const texts = t.why.occlusion;
    return html`<div class="row">
      <label class="field"
        >${texts.target}
        <select
          name="target"
          @change=${(event: Event) => {
            const { value } = event.target as HTMLSelectElement;
            this.dispatchEvent(new TargetChangeEvent(value === '' ? undefined : Number(value)));
          }}
        >
          <option value="" ?selected=${this.target === undefined}>${texts.ownAnswer}</option>
          ${this.classes.map((name, label) => html`<option value=${label} ?selected=${this.target === label}>${name}</option>`)}
        </select></label
      >
      <label class="field"
        >${texts.measure}
        <select name="measure" @change=${(event: Event) => this.dispatchEvent(new MeasureChangeEvent((event.target as HTMLSelectElement).value as Measure))}>
          ${MEASURES.map((name) => html`<option value=${name} ?selected=${this.measure === name}>${texts[name]}</option>`)}
        </select></label
      >
      ${this.complete
        ? nothing
        : html`<button type="button" @click=${() => this.dispatchEvent(this.running ? new OcclusionStopEvent() : new OcclusionResumeEvent())}>${this.running ? texts.stop : texts.resume}</button>`}
    </div>`;
  }

  #table(): TemplateResult {
    const texts = t.why.occlusion;
    const odds = this.measure === 'odds';
    const rows = this.models.flatMap((model) => {
      const occlusion = this.occlusions.get(model);
      if (!occlusion) return [];
      const target = this.#targetOf(model);
      return html`<tr>
        <th scope="row">${t.model(model)}</th>
        <td>${this.classes[target]}</td>
        ${regions(losses(occlusion, target, this.measure)).map((value) => html`<td>${texts.change(value, odds)}</td>`)}
      </tr>`;
    });
    return html`<details class="data">
      <summary>${t.why.table}</summary>
      ${figuresTable(texts.caption(odds), [texts.model, texts.about, ...NINTHS.map(([row, column]) => texts.ninth(row, column))], rows)}
      <p class="soft small">${texts.caption(odds)}</p>
    </details>`;
  }

  override render(): TemplateResult {
    const texts = t.why.occlusion;
    return html`<p class="soft lede">${texts.explain}</p>
      ${this.#controls()}
      <p class="legend"><span><i class="toward"></i>${texts.toward}</span><span><i class="against"></i>${texts.against}</span></p>
      <div class="maps">
        ${this.models.map(
          (model) => html`<vitrine-heat-map
            .model=${model}
            .occlusion=${this.occlusions.get(model)}
            .grey=${this.grey}
            .target=${this.#targetOf(model)}
            .classes=${this.classes}
            .measure=${this.measure}
            .running=${this.running && this.occlusions.get(model)?.progress !== 1}
          ></vitrine-heat-map>`,
        )}
      </div>
      <p class="soft small keys">${texts.keys}</p>
      ${this.#table()}`;
  }
}
