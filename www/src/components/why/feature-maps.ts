/**
 * What a network's first convolutions see: the filters of the first one, and the feature maps of the first two. A filter and
 * its map are marked together.
 *
 * Events: `model-change`, `maps-change`.
 */
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { memo } from '../../memo';
import { t } from '../../messages';
import type { ModelId } from '../../shapes';
import type { Layers, Maps, MapsSeen } from '../../shapes.why';
import { shared } from '../../styles/shared';
import { MapsChangeEvent, ModelChangeEvent, type TileChosenEvent, type TilePointedEvent } from './events';
import { panelStyles } from './panel.styles';
import { countOf, liveliest, type Scale } from './sheet';

/** The first convolution's filters go with its maps. */
type Place = 'first' | 'second';
const PLACES: readonly Place[] = ['first', 'second'];

const isScale = (text: string): text is MapsSeen['scale'] => text === 'own' || text === 'common';

export class FeatureMaps extends LitElement {
  static override styles = [
    shared,
    panelStyles,
    css`
      @media print {
        :host {
          display: none;
        }
      }
      .sheets {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(min(100%, calc(17 * var(--unit))), 1fr));
        gap: var(--space-5) var(--space-4);
      }
      /* Sheets side by side begin at one height. */
      figure {
        display: grid;
        grid-row: span 2;
        grid-template-rows: subgrid;
        gap: var(--space-2);
        max-width: calc(28 * var(--unit));
      }
      figcaption {
        display: grid;
        gap: var(--space-1);
        align-content: start;
        font-size: var(--text-s);
        line-height: 1.35;
        color: var(--ink-soft);
      }
    `,
  ];
  static override properties = { models: { attribute: false }, model: { type: String }, layers: { attribute: false }, seen: { attribute: false }, pointed: { state: true } };

  /** Networks that may have convolutions. */
  declare models: readonly ModelId[];
  declare model: ModelId | undefined;
  declare layers: Layers | undefined;
  declare seen: MapsSeen;
  /** The one that the pointer is on. */
  declare pointed: { readonly place: Place; readonly tile: number } | undefined;

  readonly #liveliest = { first: memo(liveliest), second: memo(liveliest) };

  constructor() {
    super();
    this.models = [];
    this.model = undefined;
    this.layers = undefined;
    this.seen = { scale: 'own', first: undefined, second: undefined };
    this.pointed = undefined;
  }

  /** Which of a layer's maps is shown large: the liveliest unless the visitor has chosen one that there is. */
  #chosen(place: Place, maps: Maps): number {
    const chosen = this.seen[place];
    return chosen !== undefined && chosen < countOf(maps) ? chosen : this.#liveliest[place](maps);
  }

  #sheet(maps: Maps, place: Place, scale: Scale, chosen: number, label: string): TemplateResult {
    return html`<vitrine-map-sheet
      .maps=${maps}
      .scale=${scale}
      .chosen=${chosen}
      .pointed=${this.pointed?.place === place ? this.pointed.tile : undefined}
      .label=${label}
      @tile-chosen=${({ tile }: TileChosenEvent) => this.dispatchEvent(new MapsChangeEvent({ [place]: tile }))}
      @tile-pointed=${({ tile }: TilePointedEvent) => (this.pointed = tile === undefined ? undefined : { place, tile })}
    ></vitrine-map-sheet>`;
  }

  #filters(filters: Maps, maps: Maps): TemplateResult {
    const [, , height, width] = filters.shape;
    const count = countOf(filters);
    // Where a filter has several channels, as of a picture in colours, its map has another number.
    const chosen = Math.min(this.#chosen('first', maps), count - 1);
    return html`<figure class="filters">
      <figcaption><h5>${t.why.layers.filters}</h5>${t.why.layers.filtersHint(count, width, height)}</figcaption>
      ${this.#sheet(filters, 'first', 'signed', chosen, t.why.layers.describeFilters(count, width, height))}
    </figure>`;
  }

  #maps(maps: Maps, rank: number): TemplateResult | typeof nothing {
    const place = PLACES[rank];
    if (!place) return nothing;
    const [, count, height, width] = maps.shape;
    return html`<figure class="layer">
      <figcaption>
        <h5>${t.why.layers.maps(rank)} <span class="number soft">${maps.name}</span></h5>
        ${t.why.layers.mapsHint(count, width, height)}
      </figcaption>
      ${this.#sheet(maps, place, this.seen.scale, this.#chosen(place, maps), t.why.layers.describeMaps(maps.name, count))}
    </figure>`;
  }

  #choices(): TemplateResult {
    const { layers } = t.why;
    return html`<div class="row">
      <label class="field"
        >${layers.model}
        <select name="network" @change=${(event: Event) => this.dispatchEvent(new ModelChangeEvent((event.target as HTMLSelectElement).value))}>
          ${this.models.map((model) => html`<option value=${model} ?selected=${model === this.model}>${t.model(model)}</option>`)}
        </select></label
      >
      <label class="field"
        >${layers.scale}
        <select
          name="scale"
          @change=${(event: Event) => {
            const { value } = event.target as HTMLSelectElement;
            if (isScale(value)) this.dispatchEvent(new MapsChangeEvent({ scale: value }));
          }}
        >
          ${Object.entries(layers.scales).map(([scale, name]) => html`<option value=${scale} ?selected=${scale === this.seen.scale}>${name}</option>`)}
        </select></label
      >
    </div>`;
  }

  override render(): TemplateResult {
    const { layers, models } = this;
    const [first] = layers?.maps ?? [];
    return html`<h4>${t.why.layers.title}</h4>
      ${models.length === 0 ? html`<p class="soft">${t.why.layers.none}</p>` : this.#choices()}
      ${layers ? html`<div class="sheets">${layers.filters && first ? this.#filters(layers.filters, first) : nothing}${layers.maps.map((maps, rank) => this.#maps(maps, rank))}</div>` : nothing}`;
  }
}
