/** A row of garments for each class. Event: `garment-open`. */
import { css, html, LitElement, type TemplateResult } from 'lit';
import { t } from '../../messages';
import { shared } from '../../styles/shared';
import type { Gallery } from '../../shapes.notebook';
import { GarmentOpenEvent } from '../events';
import { Gradual } from '../gradual';

export class SampleGrid extends LitElement {
  static override styles = [
    shared,
    css`
      dl {
        display: grid;
        gap: var(--space-1);
      }
      dl > div {
        display: grid;
        grid-template-columns: calc(5.75 * var(--unit)) minmax(0, 1fr);
        align-items: center;
        gap: var(--space-2);
      }
      dt {
        font-size: var(--text-s);
        color: var(--ink-soft);
        text-align: end;
      }
      dd {
        display: grid;
        grid-template-columns: repeat(var(--each, 10), minmax(0, 1fr));
        gap: 2px;
      }
      .place {
        aspect-ratio: 1;
        background: var(--sunken);
      }
    `,
  ];
  static override properties = { gallery: { attribute: false }, classes: { attribute: false }, each: { type: Number } };

  /** `undefined` while it is on its way. */
  declare gallery: Gallery | undefined;
  declare classes: readonly string[];
  /** How many places each class has. */
  declare each: number;
  /** Classes that have their garments. */
  readonly #rows = new Gradual(this, () => (this.gallery ? this.classes.length : 0));

  constructor() {
    super();
    this.gallery = undefined;
    this.classes = [];
    this.each = 10;
  }

  override render(): TemplateResult {
    const garments = this.gallery?.garments;
    return html`<dl .style=${`--each:${this.each}`}>
      ${this.classes.map((name, label) => {
        const own = label < this.#rows.count ? garments?.filter((garment) => garment.label === label) : undefined;
        return html`<div>
          <dt>${name}</dt>
          <dd>
            ${own
              ? own.map(({ pixels }, rank) => html`<button type="button" class="look" aria-label=${t.examples.open(t.notebook.samples.image(name, rank + 1))} @click=${() => this.dispatchEvent(new GarmentOpenEvent(pixels, label))}><vitrine-pixel-view .grey=${pixels} .label=${t.notebook.samples.image(name, rank + 1)}></vitrine-pixel-view></button>`)
              : Array.from({ length: this.each }, () => html`<span class="place"></span>`)}
          </dd>
        </div>`;
      })}
    </dl>`;
  }
}
