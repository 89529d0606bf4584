/**
 * Where the image that is looked at stands among those of a cell or a set, and the way to the next.
 *
 * Events: `image-open`, `place-wanted`.
 */
import { css, html, LitElement, type TemplateResult } from 'lit';
import { t } from '../../messages';
import type { Walk } from '../../shapes.notebook';
import { shared } from '../../styles/shared';
import { button } from '../button';
import { PlaceWantedEvent } from '../events';
import { ImageOpenEvent } from './events';

export class ImageWalk extends LitElement {
  static override styles = [
    shared,
    css`
      :host {
        display: grid;
        gap: var(--space-2);
        padding: var(--space-3);
        border-radius: var(--radius-s);
        background: var(--sunken);
      }
      .row {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: var(--space-2);
      }
      .number {
        min-width: 7ch;
        text-align: center;
      }
    `,
  ];
  static override properties = { walk: { attribute: false }, index: { type: Number } };

  declare walk: Walk;
  /** The number of the image that is looked at. */
  declare index: number;

  constructor() {
    super();
    this.walk = { title: () => '', indices: [] };
    this.index = 0;
  }

  #go(at: number): void {
    const index = this.walk.indices[at];
    if (index !== undefined) this.dispatchEvent(new ImageOpenEvent(index, this.walk));
  }

  override render(): TemplateResult {
    const { walk: texts } = t.notebook;
    const { title, indices } = this.walk;
    const at = indices.indexOf(this.index);
    return html`<p class="small">${title()}</p>
      <div class="row">
        ${button(texts.previous, at > 0, () => this.#go(at - 1), 'previous')}
        <span class="number small" role="status">${texts.place(at + 1, indices.length)}</span>
        ${button(texts.next, at < indices.length - 1, () => this.#go(at + 1), 'next')}
        <button type="button" class="back" @click=${() => this.dispatchEvent(new PlaceWantedEvent('images'))}>${texts.back}</button>
      </div>`;
  }
}
