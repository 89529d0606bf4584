/** What a model is: its kind in a sentence and a picture, its figures, how it was made. */
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { SIDE } from '../../image';
import { t } from '../../messages';
import type { ModelId } from '../../shapes';
import type { Diagram } from '../../shapes.notebook';
import { shared } from '../../styles/shared';
import { foreign } from '../foreign';
import { drawingHeight, networkDrawing, searchDrawing } from './drawing';
import { counted, type Search, searchOf, type Stage, stages } from './scheme';

/** A term and what it is. */
export type Fact = readonly [string, string | TemplateResult];

export class ModelCard extends LitElement {
  static override styles = [
    shared,
    css`
      :host {
        container-type: inline-size;
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: var(--space-4);
      }
      .sentence {
        text-wrap: pretty;
      }
      figure {
        display: grid;
        gap: var(--space-2);
        min-height: calc(9 * var(--unit));
        align-content: start;
      }
      svg {
        width: 100%;
        height: calc(6.5 * var(--unit));
        padding: var(--space-2) var(--space-3);
        border-radius: var(--radius-s);
        background: var(--sunken);
      }
      .leaf {
        fill: var(--surface);
        stroke: var(--ink);
      }
      .dot,
      .near,
      .own {
        fill: var(--ink);
      }
      .way {
        stroke: var(--ink);
        stroke-width: 0.35;
        opacity: 0.45;
      }
      .arrow {
        fill: none;
        stroke: var(--ink-soft);
      }
      .far {
        fill: var(--bar);
      }
      .near,
      .own {
        fill: var(--accent);
      }
      .own {
        stroke: var(--surface);
        stroke-width: 1.5;
      }
      .vote {
        stroke: var(--accent);
      }
      .reach {
        fill: var(--accent-wash);
        stroke: var(--accent);
        stroke-dasharray: 3 3;
      }
      figcaption {
        font-size: var(--text-s);
        line-height: 1.4;
        color: var(--ink-soft);
      }
      dl {
        display: grid;
        grid-template-columns: fit-content(40%) minmax(0, 1fr);
        gap: var(--space-1) var(--space-4);
        overflow-wrap: anywhere;
      }
      dt {
        color: var(--ink-soft);
      }
      @container (width < 24em) {
        dl {
          grid-template-columns: minmax(0, 1fr);
          gap: 0;
        }
        dd + dt {
          margin-top: var(--space-2);
        }
        dt {
          font-size: var(--text-s);
        }
      }
      @media (forced-colors: active) {
        svg {
          border: 1px solid CanvasText;
          background: Canvas;
        }
        .leaf,
        .reach {
          fill: Canvas;
          stroke: CanvasText;
        }
        .dot,
        .far {
          fill: CanvasText;
        }
        .way,
        .arrow {
          stroke: CanvasText;
        }
        .near,
        .own {
          fill: Highlight;
        }
        .vote {
          stroke: Highlight;
        }
      }
    `,
  ];
  static override properties = { model: { type: String }, diagram: { attribute: false }, problem: { attribute: false }, time: { attribute: false }, facts: { attribute: false }, made: { attribute: false } };

  declare model: ModelId;
  /** The layers as the file holds them; `undefined` while it is read. */
  declare diagram: Diagram | undefined;
  /** Why there is no diagram. */
  declare problem: string | undefined;
  /** Milliseconds an image; `undefined` while it is measured, not a number where it cannot be. */
  declare time: number | undefined;
  /** What is known without its file. */
  declare facts: readonly Fact[];
  /** How it was made. */
  declare made: readonly Fact[];

  constructor() {
    super();
    this.model = '';
    this.diagram = undefined;
    this.problem = undefined;
    this.time = undefined;
    this.facts = [];
    this.made = [];
  }

  #picture(diagram: Diagram): TemplateResult {
    const search = searchOf(diagram);
    const all = search ? [] : stages(diagram, SIDE);
    const { width, picture } = search ? searchDrawing(search) : networkDrawing(all);
    return html`<svg viewBox="0 0 ${width} ${drawingHeight}" aria-hidden="true">${picture}</svg>
      <figcaption>${search ? said(search) : way(all)}</figcaption>`;
  }

  #figure(): TemplateResult {
    if (this.diagram) return html`<figure>${this.#picture(this.diagram)}</figure>`;
    return html`<figure>${this.problem === undefined ? html`<p class="soft patient">${t.notebook.models.reading}</p>` : html`<p>${foreign(this.problem)}</p>`}</figure>`;
  }

  #parameters(): string {
    if (!this.diagram) return '–';
    const { parameters, stored } = counted(this.diagram);
    return [t.count(parameters), ...(stored > 0 ? [t.notebook.models.stored(stored)] : [])].join(' · ');
  }

  #time(): string {
    if (this.time === undefined) return t.cards.measuring;
    return Number.isNaN(this.time) ? '–' : t.cards.measured(this.time);
  }

  override render(): TemplateResult {
    const { cards } = t;
    const rows: readonly Fact[] = [...this.facts, [cards.parameters, this.#parameters()], [cards.time, this.#time()], ...this.made];
    const sentence = cards.kinds[this.model];
    return html`${sentence === undefined ? nothing : html`<p class="sentence">${sentence}</p>`}
      ${this.#figure()}
      <dl>${rows.map(([term, value]) => html`<dt>${term}</dt><dd>${value}</dd>`)}</dl>`;
  }
}

function said({ features, code, references, neighbours }: Search): string {
  return t.cards.search(features, code, neighbours, references);
}

/** The sizes of what goes through, in order. */
function way(all: readonly Stage[]): string {
  return t.cards.way(all.map((stage) => (stage.kind === 'row' ? t.count(stage.count) : stage.count === 1 ? `${stage.side}×${stage.side}` : t.cards.maps(stage.count, stage.side))));
}
