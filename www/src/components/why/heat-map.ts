/**
 * One model's occlusion map over the picture: what each patch is worth, by colour, by pointer and by arrow keys.
 *
 * Event: `announce` when a key moved the patch.
 */
import { html, LitElement, nothing, svg, type SVGTemplateResult, type TemplateResult } from 'lit';
import { t } from '../../messages';
import { SIDE } from '../../image';
import type { ModelId } from '../../shapes';
import { CELL, CELLS, type Occlusion } from '../../shapes.why';
import { shared } from '../../styles/shared';
import { AnnounceEvent } from '../events';
import { amount, fullScale, losses, type Measure, strongest, withoutCell } from './evidence';
import { heatStyles } from './heat-map.styles';
import { summary } from './summary';

/** The drawn patch: 6 pixels around a cell of 2. */
const PATCH = 6;
/** The share of the full scale from which a cell carries a sign where colours are not to be relied on. */
const SIGNED = 0.4;
const MOVES: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

export class HeatMap extends LitElement {
  static override styles = [shared, heatStyles];
  static override properties = {
    model: { type: String },
    occlusion: { attribute: false },
    grey: { attribute: false },
    target: { type: Number },
    classes: { attribute: false },
    measure: { type: String },
    running: { type: Boolean },
    cell: { state: true },
  };

  declare model: ModelId;
  declare occlusion: Occlusion | undefined;
  /** The picture, 784 bytes, 255 = ink. */
  declare grey: Uint8Array | undefined;
  /** The class whose evidence is shown. */
  declare target: number;
  declare classes: readonly string[];
  declare measure: Measure;
  /** Whether more is to come. */
  declare running: boolean;
  declare cell: number | undefined;

  constructor() {
    super();
    this.model = '';
    this.occlusion = undefined;
    this.grey = undefined;
    this.target = 0;
    this.classes = [];
    this.measure = 'probability';
    this.running = false;
    this.cell = undefined;
  }

  get #label(): string {
    return this.classes[this.target] ?? String(this.target);
  }

  #key(event: KeyboardEvent): void {
    const move = MOVES[event.key];
    if (!move) return;
    event.preventDefault();
    const within = (value: number): number => Math.min(CELLS - 1, Math.max(0, value));
    const from = this.cell ?? Math.floor((CELLS * CELLS + CELLS) / 2);
    const [x, y] = [within((from % CELLS) + move[0]), within(Math.floor(from / CELLS) + move[1])];
    this.cell = y * CELLS + x;
    this.dispatchEvent(new AnnounceEvent(this.#worth(this.cell)));
  }

  #point(event: PointerEvent): void {
    const box = (event.currentTarget as HTMLElement).getBoundingClientRect();
    const at = (place: number, start: number, size: number): number => Math.min(CELLS - 1, Math.max(0, Math.floor(((place - start) / size) * CELLS)));
    this.cell = at(event.clientY, box.top, box.height) * CELLS + at(event.clientX, box.left, box.width);
  }

  /** What the patch around a cell is worth, in words. */
  #worth(cell: number): string {
    const [row, column] = [Math.floor(cell / CELLS) + 1, (cell % CELLS) + 1];
    const { occlusion, target, measure } = this;
    if (!occlusion?.known[cell]) return t.why.occlusion.unknown(row, column);
    const after = withoutCell(occlusion, cell);
    const bits = measure === 'odds' ? amount(after, target, measure) - amount(occlusion.whole, target, measure) : undefined;
    return t.why.occlusion.cell(row, column, this.#label, occlusion.whole[target] ?? 0, after[target] ?? 0, bits);
  }

  #cells(values: readonly (number | undefined)[], full: number): SVGTemplateResult[] {
    return values.flatMap((value, cell) => {
      if (!value) return [];
      const [x, y] = [(cell % CELLS) * CELL, Math.floor(cell / CELLS) * CELL];
      const share = Math.abs(value) / full;
      return svg`<rect class=${value > 0 ? 'toward' : 'against'} x=${x} y=${y} width=${CELL} height=${CELL} fill-opacity=${(0.85 * share).toFixed(3)}></rect>
        ${share >= SIGNED ? svg`<text class="sign" x=${x + CELL / 2} y=${y + CELL - 0.4}>${value > 0 ? '+' : '−'}</text>` : nothing}`;
    });
  }

  #patch(): SVGTemplateResult | typeof nothing {
    if (this.cell === undefined) return nothing;
    const margin = (PATCH - CELL) / 2;
    return svg`<rect class="patch" x=${(this.cell % CELLS) * CELL - margin} y=${Math.floor(this.cell / CELLS) * CELL - margin} width=${PATCH} height=${PATCH}></rect>`;
  }

  #caption(values: readonly (number | undefined)[], full: number): TemplateResult {
    const { occlusion, measure, target } = this;
    const texts = t.why.occlusion;
    return html`<span class="head"><span>${t.model(this.model)}</span>${occlusion ? html`<span>${texts.whole(this.#label, occlusion.whole[target] ?? 0)}</span>` : nothing}</span>
      ${this.running
        ? html`<progress max="1" .value=${occlusion?.progress ?? 0} aria-label=${texts.progress(t.model(this.model))}></progress>`
        : html`<span class="summary">${occlusion?.progress === 1 ? summary(occlusion, target, measure) : texts.stopped}</span>`}
      <span class="cell">${this.cell !== undefined && occlusion ? this.#worth(this.cell) : strongest(values, 1, measure) === undefined ? nothing : texts.full(full, measure === 'odds')}</span>`;
  }

  override render(): TemplateResult {
    const { occlusion } = this;
    const values = occlusion ? losses(occlusion, this.target, this.measure) : [];
    const full = fullScale(values, this.measure);
    return html`<figure data-model=${this.model} data-progress=${occlusion?.progress ?? 0}>
      <div
        class="stage"
        tabindex="0"
        role="application"
        aria-label=${t.why.occlusion.map(t.model(this.model), this.#label)}
        @keydown=${(event: KeyboardEvent) => this.#key(event)}
        @blur=${() => (this.cell = undefined)}
        @pointermove=${(event: PointerEvent) => this.#point(event)}
        @pointerdown=${(event: PointerEvent) => this.#point(event)}
        @pointerleave=${() => (this.cell = undefined)}
      >
        <vitrine-pixel-view .grey=${this.grey}></vitrine-pixel-view>
        <svg viewBox="0 0 ${SIDE} ${SIDE}" shape-rendering="crispEdges" aria-hidden="true">${this.#cells(values, full)}${this.#patch()}</svg>
      </div>
      <figcaption>${this.#caption(values, full)}</figcaption>
    </figure>`;
  }
}
