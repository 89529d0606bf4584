/** The visitor's picture as it came, in place of the sketch pad. */
import { css, html, LitElement, type TemplateResult } from 'lit';
import { t } from '../messages';
import type { Picture } from '../shapes';
import { shared } from '../styles/shared';

/** Pictures below this many pixels across show their pixels. */
const SMALL = 64;

export class PictureView extends LitElement {
  static override styles = [
    shared,
    css`
      :host {
        aspect-ratio: 1;
        padding: var(--space-2);
        border-radius: var(--radius-m);
        background: var(--sunken);
        box-shadow: 0 0 0 1px var(--line);
      }
      canvas {
        display: block;
        width: 100%;
        height: 100%;
        object-fit: contain;
      }
      .small {
        image-rendering: pixelated;
      }
    `,
  ];
  static override properties = { picture: { attribute: false } };

  declare picture: Picture | undefined;

  constructor() {
    super();
    this.picture = undefined;
  }

  override render(): TemplateResult {
    const { width, height } = this.picture ?? { width: 1, height: 1 };
    return html`<canvas width=${width} height=${height} class=${width < SMALL ? 'small' : ''} role="img" aria-label=${t.drop.shown}></canvas>`;
  }

  override updated(): void {
    const context = this.renderRoot.querySelector('canvas')?.getContext('2d');
    if (context && this.picture) context.putImageData(new ImageData(this.picture.rgba, this.picture.width, this.picture.height), 0, 0);
  }
}
