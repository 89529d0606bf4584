/**
 * What a network's first layers see: the filters of the first convolution, and the feature maps of the first two.
 *
 * Event: `model-change`.
 */
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { t } from '../../messages';
import type { ModelId } from '../../shapes';
import type { Layers, Maps } from '../../shapes.why';
import { shared } from '../../styles/shared';
import { ModelChangeEvent } from './events';
import { panelStyles } from './panel.styles';
import { liveliest, sheet } from './sheet';

/** How many of the liveliest maps are named. */
const NAMED = 3;

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
        align-items: start;
      }
      figure {
        display: grid;
        gap: var(--space-2);
        max-width: calc(28 * var(--unit));
      }
      vitrine-pixel-view {
        aspect-ratio: auto;
        border-radius: var(--radius-s);
      }
      figcaption {
        display: grid;
        gap: var(--space-1);
        font-size: var(--text-s);
        line-height: 1.35;
        color: var(--ink-soft);
        order: -1;
      }
    `,
  ];
  static override properties = { models: { attribute: false }, model: { type: String }, layers: { attribute: false } };

  /** Networks that may have convolutions. */
  declare models: readonly ModelId[];
  declare model: ModelId | undefined;
  declare layers: Layers | undefined;

  constructor() {
    super();
    this.models = [];
    this.model = undefined;
    this.layers = undefined;
  }

  #filters(filters: Maps): TemplateResult {
    const [count, , height, width] = filters.shape;
    const picture = sheet(filters, 'signed');
    return html`<figure class="filters">
      <figcaption><h5>${t.why.layers.filters}</h5>${t.why.layers.filtersHint(count, width, height)}</figcaption>
      <vitrine-pixel-view .grey=${picture.grey} .width=${picture.width} .height=${picture.height} .label=${t.why.layers.describeFilters(count, width, height)}></vitrine-pixel-view>
    </figure>`;
  }

  #maps(maps: Maps): TemplateResult {
    const [, count, height, width] = maps.shape;
    const picture = sheet(maps, 'common');
    const lively = liveliest(maps, NAMED);
    return html`<figure class="layer">
      <figcaption>
        <h5>${t.why.layers.maps(maps.name)}</h5>
        ${t.why.layers.mapsHint(count, width, height)} ${t.why.layers.liveliest(lively)}
      </figcaption>
      <vitrine-pixel-view .grey=${picture.grey} .width=${picture.width} .height=${picture.height} .label=${t.why.layers.describeMaps(maps.name, count, lively)}></vitrine-pixel-view>
    </figure>`;
  }

  override render(): TemplateResult {
    const { layers, models } = this;
    return html`<h4>${t.why.layers.title}</h4>
      ${models.length === 0
        ? html`<p class="soft">${t.why.layers.none}</p>`
        : html`<div class="row">
            <label class="field"
              >${t.why.layers.model}
              <select name="network" @change=${(event: Event) => this.dispatchEvent(new ModelChangeEvent((event.target as HTMLSelectElement).value))}>
                ${models.map((model) => html`<option value=${model} ?selected=${model === this.model}>${t.model(model)}</option>`)}
              </select></label
            >
          </div>`}
      ${layers ? html`<div class="sheets">${layers.filters ? this.#filters(layers.filters) : nothing}${layers.maps.map((maps) => this.#maps(maps))}</div>` : nothing}`;
  }
}
