/** The nearest training garments: thumbnail, label, distance. Event: `garment-open`. */
import { css, html, LitElement, type TemplateResult } from 'lit';
import { t } from '../messages';
import type { Neighbour } from '../shapes';
import { shared } from '../styles/shared';
import { breakable } from './breakable';
import { GarmentOpenEvent } from './events';

export class NearestNeighbours extends LitElement {
  static override styles = [
    shared,
    css`
      :host {
        container-type: inline-size;
      }
      ol {
        display: grid;
        grid-template-columns: repeat(8, minmax(0, calc(7 * var(--unit))));
        gap: var(--space-2);
      }
      @container (width < 39em) {
        ol {
          grid-template-columns: repeat(4, minmax(0, calc(7 * var(--unit))));
        }
      }
      vitrine-pixel-view {
        border-radius: var(--radius-s);
      }
      .place vitrine-pixel-view {
        background: var(--sunken);
      }
      figcaption {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        min-height: calc(2.75 * var(--unit));
        padding-top: var(--space-1);
        font-size: var(--text-s);
        line-height: 1.25;
        overflow-wrap: anywhere;
        hyphens: auto;
      }
      .number {
        color: var(--ink-soft);
      }
    `,
  ];
  static override properties = { neighbours: { attribute: false }, classes: { attribute: false }, places: { type: Number }, opens: { type: Boolean } };

  declare neighbours: readonly Neighbour[];
  declare classes: readonly string[];
  /** Whether a click asks for one to be looked at. */
  declare opens: boolean;
  /** How many places are kept while there are no neighbours. */
  declare places: number;

  constructor() {
    super();
    this.neighbours = [];
    this.classes = [];
    this.places = 8;
    this.opens = false;
  }

  override render(): TemplateResult {
    if (this.neighbours.length === 0) {
      return html`<ol aria-hidden="true">
        ${Array.from({ length: this.places }, () => html`<li class="place"><figure><vitrine-pixel-view></vitrine-pixel-view><figcaption></figcaption></figure></li>`)}
      </ol>`;
    }
    return html`<ol>
      ${this.neighbours.map(({ label, distance, thumbnail }, rank) => {
        const name = this.classes[label] ?? String(label);
        return html`<li>
          <figure>
            ${thumbnail && this.opens
              ? html`<button type="button" class="look" aria-label=${t.examples.open(t.neighbours.describe(rank + 1, name, distance))} @click=${() => this.dispatchEvent(new GarmentOpenEvent(thumbnail, label))}>
                  <vitrine-pixel-view .grey=${thumbnail} .label=${t.neighbours.describe(rank + 1, name, distance)}></vitrine-pixel-view>
                </button>`
              : html`<vitrine-pixel-view .grey=${thumbnail} .label=${t.neighbours.describe(rank + 1, name, distance)}></vitrine-pixel-view>`}
            <figcaption aria-hidden="true">${breakable(name)}<span class="number">${t.neighbours.distance(distance)}</span></figcaption>
          </figure>
        </li>`;
      })}
    </ol>`;
  }
}
