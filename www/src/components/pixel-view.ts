/** Grey bytes as a crisp picture. */
import { css, html, LitElement, type PropertyValues, type TemplateResult } from 'lit';
import { SIDE } from '../image';
import { shared } from '../styles/shared';

export class PixelView extends LitElement {
  static override styles = [
    shared,
    css`
      :host {
        aspect-ratio: 1;
        background: var(--stage);
        overflow: hidden;
        display: grid;
        place-items: center;
      }
      canvas {
        display: block;
        width: 100%;
        height: 100%;
        min-height: 0;
        object-fit: contain;
        image-rendering: pixelated;
      }
    `,
  ];
  static override properties = {
    grey: { attribute: false },
    width: { type: Number },
    height: { type: Number },
    label: { type: String },
  };

  /** `width * height` bytes, 255 = white; `undefined` shows an empty stage. */
  declare grey: Uint8Array | undefined;
  declare width: number;
  declare height: number;
  /** The text alternative; empty when the picture only decorates. */
  declare label: string;

  constructor() {
    super();
    this.grey = undefined;
    this.width = SIDE;
    this.height = SIDE;
    this.label = '';
  }

  override render(): TemplateResult {
    return this.label
      ? html`<canvas width=${this.width} height=${this.height} role="img" aria-label=${this.label}></canvas>`
      : html`<canvas width=${this.width} height=${this.height} aria-hidden="true"></canvas>`;
  }

  override updated(changed: PropertyValues<this>): void {
    if (!changed.has('grey') && !changed.has('width') && !changed.has('height') && !changed.has('label')) return;
    const canvas = this.renderRoot.querySelector('canvas');
    const context = canvas?.getContext('2d');
    if (!context) return;
    const image = context.createImageData(this.width, this.height);
    this.grey?.forEach((white, at) => {
      image.data.fill(white, at * 4, at * 4 + 3);
      image.data[at * 4 + 3] = 255;
    });
    context.putImageData(image, 0, 0);
  }
}
