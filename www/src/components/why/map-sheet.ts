/**
 * All filters or maps of a layer, one of which is chosen and shown large, with what its greys mean.
 *
 * Events: `tile-chosen`, `tile-pointed`.
 */
import { html, LitElement, nothing, svg, type SVGTemplateResult, type TemplateResult } from 'lit';
import { memo } from '../../memo';
import { t } from '../../messages';
import type { Maps } from '../../shapes.why';
import { shared } from '../../styles/shared';
import { TileChosenEvent, TilePointedEvent } from './events';
import { mapSheetStyles } from './map-sheet.styles';
import { countOf, placeOf, reachOf, type Scale, sheet, tileAt, tilePicture } from './sheet';

/** All greys, from the darkest to the lightest. */
const RAMP_WIDTH = 64;
const RAMP_HEIGHT = 4;
const RAMP = Uint8Array.from({ length: RAMP_WIDTH * RAMP_HEIGHT }, (_, at) => Math.round((255 * (at % RAMP_WIDTH)) / (RAMP_WIDTH - 1)));

export class MapSheet extends LitElement {
  static override styles = [shared, mapSheetStyles];
  static override properties = { maps: { attribute: false }, scale: { type: String }, chosen: { type: Number }, pointed: { attribute: false }, label: { type: String } };

  declare maps: Maps;
  declare scale: Scale;
  /** Counted from 0, as `pointed` is. */
  declare chosen: number;
  /** The one that a pointer is on, here or in a sheet that goes with this one. */
  declare pointed: number | undefined;
  /** What the sheet shows. */
  declare label: string;

  readonly #sheet = memo(sheet);
  readonly #tile = memo(tilePicture);

  constructor() {
    super();
    this.maps = { name: '', shape: [0, 0, 0, 0], values: new Float32Array() };
    this.scale = 'own';
    this.chosen = 0;
    this.pointed = undefined;
    this.label = '';
  }

  #choose(tile: number | undefined): void {
    if (tile !== undefined && tile >= 0 && tile < countOf(this.maps) && tile !== this.chosen) this.dispatchEvent(new TileChosenEvent(tile));
  }

  #key(event: KeyboardEvent, columns: number): void {
    const by = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -columns, ArrowDown: columns }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    this.#choose(this.chosen + by);
  }

  #under(event: PointerEvent | MouseEvent): number | undefined {
    const { left, top, width, height } = (event.currentTarget as HTMLElement).getBoundingClientRect();
    return tileAt(this.maps, (event.clientX - left) / width, (event.clientY - top) / height);
  }

  #point(tile: number | undefined): void {
    if (tile !== this.pointed) this.dispatchEvent(new TilePointedEvent(tile));
  }

  #mark(tile: number | undefined, name: string): SVGTemplateResult | typeof nothing {
    if (tile === undefined || tile >= countOf(this.maps)) return nothing;
    const [, , height, width] = this.maps.shape;
    const { left, top } = placeOf(this.maps, tile);
    return svg`<rect class=${name} x=${left} y=${top} width=${width} height=${height}></rect>`;
  }

  /** What its greys stand for: a bar from the darkest to the lightest, with its values. */
  #legend(): TemplateResult {
    const { maps, chosen, scale } = this;
    const { layers } = t.why;
    const reach = reachOf(maps, scale === 'common' ? undefined : chosen);
    const ends = scale === 'signed' ? [layers.value(-reach), layers.value(0), layers.value(reach)] : [layers.value(0), layers.value(reach)];
    return html`<div class="legend">
      <vitrine-pixel-view class="bar" .grey=${RAMP} .width=${RAMP_WIDTH} .height=${RAMP_HEIGHT}></vitrine-pixel-view>
      <span class="ends number" dir="ltr">${ends.map((end) => html`<span>${end}</span>`)}</span>
      <span class="soft">${layers.reach(reachOf(maps, chosen), reachOf(maps), scale === 'signed')}</span>
    </div>`;
  }

  override render(): TemplateResult {
    const { maps, scale, chosen, label } = this;
    const count = countOf(maps);
    const all = this.#sheet(maps, scale);
    const large = this.#tile(maps, chosen, scale);
    const { layers } = t.why;
    return html`<div
        class="stage"
        @click=${(event: MouseEvent) => {
          this.#choose(this.#under(event));
          this.renderRoot.querySelector('input')?.focus({ preventScroll: true });
        }}
        @pointermove=${(event: PointerEvent) => this.#point(this.#under(event))}
        @pointerleave=${() => this.#point(undefined)}
      >
        <input
          class="sr"
          type="range"
          min="1"
          max=${count}
          .value=${String(chosen + 1)}
          aria-label=${layers.number}
          aria-valuetext=${layers.tile(chosen + 1, count, reachOf(maps, chosen), reachOf(maps))}
          @keydown=${(event: KeyboardEvent) => this.#key(event, all.columns)}
          @input=${(event: Event) => this.#choose((event.target as HTMLInputElement).valueAsNumber - 1)}
        />
        <vitrine-pixel-view .grey=${all.grey} .width=${all.width} .height=${all.height} .label=${label}></vitrine-pixel-view>
        <svg viewBox="0 0 ${all.width} ${all.height}" preserveAspectRatio="none" aria-hidden="true">${this.#mark(this.pointed, 'pointed')}${this.#mark(chosen, 'chosen')}</svg>
      </div>
      <div class="large">
        <vitrine-pixel-view .grey=${large.grey} .width=${large.width} .height=${large.height}></vitrine-pixel-view>
        <div class="said">
          <strong>${layers.one(chosen + 1)}</strong>
          ${this.#legend()}
        </div>
      </div>`;
  }
}
