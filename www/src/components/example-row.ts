/**
 * A row of things to try: a garment of each class, some on which the models disagree, drawings, a photograph. A silhouette
 * stands for each until its picture is there.
 *
 * Event: `example-chosen`.
 */
import { css, html, LitElement, nothing, svg, type TemplateResult } from 'lit';
import { t } from '../messages';
import { shared } from '../styles/shared';
import { ExampleChosenEvent } from './events';
import { CELLS } from './sketch/marks';
import { GHOSTS } from './sketch/ghosts';

/** What a place of the row stands for; `garments` and `puzzles` are the index's. */
export type Kind = 'garment' | 'puzzle' | 'drawing' | 'photograph';

/** A place of the row: `rank` among its kind, `label` is the class that it shows, `grey` its 784 bytes. */
export interface Place {
  readonly kind: Kind;
  readonly rank: number;
  readonly label: number;
  readonly grey: Uint8Array | undefined;
}

export class ExampleRow extends LitElement {
  static override styles = [
    shared,
    css`
      :host {
        margin-top: var(--space-3);
      }
      .row {
        display: grid;
        gap: var(--space-1);
      }
      ul {
        display: grid;
        grid-template-columns: repeat(auto-fill, minmax(var(--tap), 1fr));
        gap: var(--space-1);
      }
      button {
        display: block;
        position: relative;
        width: 100%;
        min-width: 0;
        height: auto;
        min-height: 0;
        aspect-ratio: 1;
        padding: 0;
        overflow: hidden;
        background: var(--stage);
      }
      button:hover:not(:disabled) {
        border-color: var(--accent);
        background: var(--stage);
      }
      svg {
        display: block;
        width: 100%;
        height: 100%;
        fill: var(--stage-ink);
        fill-rule: evenodd;
      }
      .puzzle::after,
      .drawing::after,
      .photograph::after {
        position: absolute;
        inset-block-end: 0;
        inset-inline-end: 0;
        min-width: 1.3em;
        border-start-start-radius: var(--radius-s);
        background: var(--accent);
        color: var(--accent-ink);
        font: 700 calc(0.6875 * var(--unit)) / 1.3 var(--font-text);
        content: '?';
      }
      .drawing::after {
        content: '✎' / '';
      }
      .photograph::after {
        content: '◉' / '';
      }
      @media (forced-colors: active) {
        svg {
          forced-color-adjust: none;
        }
      }
    `,
  ];
  static override properties = { places: { attribute: false }, classes: { attribute: false } };

  declare places: readonly Place[];
  /** The class names in label order. */
  declare classes: readonly string[];

  constructor() {
    super();
    this.places = [];
    this.classes = [];
  }

  override render(): TemplateResult | typeof nothing {
    if (this.places.length === 0) return nothing;
    return html`<div class="row"><p class="soft small" id="title">${t.examples.title}</p>
      <ul role="list" aria-labelledby="title">
        ${this.places.map(({ kind, rank, label, grey }) => {
          const name = t.examples.name(kind, this.classes[label] ?? String(label));
          return html`<li>
            <button type="button" class=${kind} aria-label=${name} title=${name} @click=${() => this.dispatchEvent(new ExampleChosenEvent(kind, rank))}>
              ${grey ? html`<vitrine-pixel-view .grey=${grey}></vitrine-pixel-view>` : svg`<svg viewBox="0 0 ${CELLS} ${CELLS}" aria-hidden="true"><path d=${GHOSTS[label] ?? ''} /></svg>`}
            </button>
          </li>`;
        })}
      </ul></div>`;
  }
}
