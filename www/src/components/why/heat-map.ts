/** One model's occlusion map over the picture: what each patch is worth, by colour, by pointer and by a slider for each direction. */
import { html, LitElement, nothing, svg, type SVGTemplateResult, type TemplateResult } from 'lit';
import { t } from '../../messages';
import { SIDE } from '../../image';
import type { ModelId } from '../../shapes';
import { CELL, CELLS, type Occlusion } from '../../shapes.why';
import { shared } from '../../styles/shared';
import { amount, fullScale, losses, type Measure, strongest, withoutCell } from './evidence';
import { heatStyles } from './heat-map.styles';
import { summary } from './summary';

/** The drawn patch: 6 pixels around a cell of 2. */
const PATCH = 6;
/** The share of the full scale from which a cell carries a sign where colours are not to be relied on. */
const SIGNED = 0.4;
/** Where the patch is before anyone has moved it. */
const MIDDLE = (CELLS * CELLS + CELLS) / 2;

type Axis = 'row' | 'column';
/** As the patch moves, not as a slider lying on its side would. */
const MOVES: Readonly<Record<string, readonly [Axis, number]>> = {
  ArrowLeft: ['column', -1],
  ArrowRight: ['column', 1],
  ArrowUp: ['row', -1],
  ArrowDown: ['row', 1],
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

  /** The place of the patch along a direction, from 0. */
  #place(axis: Axis): number {
    const cell = this.cell ?? MIDDLE;
    return axis === 'row' ? Math.floor(cell / CELLS) : cell % CELLS;
  }

  #move(axis: Axis, to: number): void {
    const place = Math.min(CELLS - 1, Math.max(0, to));
    this.cell = axis === 'row' ? place * CELLS + this.#place('column') : this.#place('row') * CELLS + place;
  }

  #key(event: KeyboardEvent, axis: Axis): void {
    const [moved, by] = MOVES[event.key] ?? [];
    if (moved === undefined || by === undefined) return;
    event.preventDefault();
    this.#move(moved, this.#place(moved) + by);
    // What a slider has become is said of the one that has the focus.
    if (moved !== axis) void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>(`input[name=${moved}]`)?.focus());
  }

  #blur({ relatedTarget }: FocusEvent): void {
    if (!(relatedTarget instanceof Node && this.renderRoot.contains(relatedTarget))) this.cell = undefined;
  }

  #slider(axis: Axis): TemplateResult {
    return html`<input
      class="sr"
      type="range"
      name=${axis}
      min="1"
      max=${CELLS}
      .value=${String(this.#place(axis) + 1)}
      aria-label=${t.why.occlusion.place[axis]}
      aria-valuetext=${this.#worth(this.cell ?? MIDDLE)}
      @focus=${() => (this.cell ??= MIDDLE)}
      @blur=${(event: FocusEvent) => this.#blur(event)}
      @keydown=${(event: KeyboardEvent) => this.#key(event, axis)}
      @input=${(event: Event) => this.#move(axis, (event.target as HTMLInputElement).valueAsNumber - 1)}
    />`;
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
        role="group"
        aria-label=${t.why.occlusion.map(t.model(this.model), this.#label)}
        @pointermove=${(event: PointerEvent) => this.#point(event)}
        @pointerdown=${(event: PointerEvent) => this.#point(event)}
        @pointerleave=${() => (this.cell = undefined)}
      >
        ${this.#slider('row')}${this.#slider('column')}
        <vitrine-pixel-view .grey=${this.grey}></vitrine-pixel-view>
        <svg viewBox="0 0 ${SIDE} ${SIDE}" shape-rendering="crispEdges" aria-hidden="true">${this.#cells(values, full)}${this.#patch()}</svg>
      </div>
      <figcaption>${this.#caption(values, full)}</figcaption>
    </figure>`;
  }
}
