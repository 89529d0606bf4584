/**
 * A chart with its heading, its text alternative and its data as a table. The charting library is fetched when the first
 * figure comes into view; the place of the picture is kept from the start.
 */
import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { Absence, arrivals, later } from '../../later';
import { language, t } from '../../messages';
import { shared } from '../../styles/shared';
import { table } from '../../styles/table';
import { absence } from '../absence';
import { passFocus } from '../focus';
import { schedule } from '../schedule';

/** The charting library: of figures that lack it one asks for it anew, and all get it. */
const PART = 'charts';
/** Narrower places, as while the page is being laid out, get no picture. */
const NARROWEST = 200;

type Charts = typeof import('../../charts');

/** Which chart, of what data. */
export type ChartSpec = { [Name in keyof Charts]: { readonly chart: Name; readonly data: Parameters<Charts[Name]>[0] } }[keyof Charts];

/** The data of a chart in figures; the first column heads its row. */
export interface ChartTable {
  readonly heads: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** `spec` drawn: TypeScript cannot follow the pairing of name and data through the union. */
const drawn = (charts: Charts, { chart, data }: ChartSpec, size: { width: number; height: number }): SVGSVGElement =>
  (charts[chart] as (data: unknown, size: { width: number; height: number }) => SVGSVGElement)(data, size);

export class ChartFigure extends LitElement {
  static override styles = [
    shared,
    table,
    css`
      figure {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: var(--space-2);
      }
      figcaption {
        display: grid;
        gap: var(--space-1);
        align-content: start;
      }
      /* Two lines below the heading, so that the pictures of a row stand level; by the width of what they stand in. */
      @container (width >= 58em) {
        figcaption {
          min-height: calc(4.25 * var(--unit));
        }
      }
      .place {
        display: grid;
        min-width: 0;
        overflow: hidden;
      }
      .place > * {
        grid-area: 1 / 1;
      }
      .message {
        display: flex;
        flex-wrap: wrap;
        gap: var(--space-3);
        place-content: center;
        align-items: center;
        background: var(--sunken);
        border-radius: var(--radius-s);
        padding: var(--space-3);
        text-align: center;
      }
      /* What Plot would put into a style element, which the page's policy refuses. */
      svg {
        display: block;
        max-width: 100%;
        height: auto;
        font: var(--text-s) var(--font-text);
        color: var(--ink-soft);
      }
      svg text {
        white-space: pre;
      }
      details {
        font-size: var(--text-s);
      }
      summary {
        width: fit-content;
        padding: var(--space-1) 0;
        color: var(--ink-soft);
        cursor: pointer;
      }
      .scroll {
        max-height: calc(22 * var(--unit));
        overflow: auto;
      }
      @media (forced-colors: active) {
        svg {
          --ink: CanvasText;
          --ink-soft: CanvasText;
          --line: GrayText;
          --accent: Highlight;
          --bar: GrayText;
          color: CanvasText;
        }
      }
    `,
  ];
  static override properties = {
    heading: { type: String },
    note: { type: String },
    summary: { type: String },
    spec: { attribute: false, hasChanged: (now?: ChartSpec, before?: ChartSpec): boolean => now?.data !== before?.data || now?.chart !== before?.chart },
    data: { attribute: false },
    height: { type: Number },
    absent: { state: true },
    open: { state: true },
  };

  declare heading: string;
  /** A sentence below the heading; may be empty. */
  declare note: string;
  /** What the picture says, for those who do not see it. */
  declare summary: string;
  /** `undefined` keeps the place empty. */
  declare spec: ChartSpec | undefined;
  /** Makes the table, when it is unfolded. */
  declare data: () => ChartTable;
  /** Of the picture, in CSS pixels. */
  declare height: number;
  declare absent: Absence | undefined;
  /** Whether the table is unfolded: only then is it built. */
  declare open: boolean;

  #charts: Charts | undefined;
  #visible: IntersectionObserver | undefined;
  #resized: ResizeObserver | undefined;
  #width = 0;
  /** In which language the picture names its axes. */
  #language = language;

  constructor() {
    super();
    this.heading = '';
    this.note = '';
    this.summary = '';
    this.spec = undefined;
    this.data = () => ({ heads: [], rows: [] });
    this.height = 280;
    this.absent = undefined;
    this.open = false;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#visible = new IntersectionObserver((entries) => {
      if (entries.some(({ isIntersecting }) => isIntersecting)) void this.#load();
    }, { rootMargin: '300px' });
    this.#visible.observe(this);
    this.#resized = new ResizeObserver(() => this.#draw());
    this.#resized.observe(this);
    arrivals.addEventListener(PART, this.#arrived);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#visible?.disconnect();
    this.#resized?.disconnect();
    arrivals.removeEventListener(PART, this.#arrived);
  }

  readonly #arrived = (): void => {
    if (this.absent) void this.#load();
  };

  async #load(): Promise<void> {
    this.#visible?.disconnect();
    this.absent = undefined;
    try {
      const [charts, { prepare }] = await later(PART, () => Promise.all([import('../../charts'), import('../../charts/plot')]));
      schedule(prepare);
      this.#charts = charts;
      this.#draw();
    } catch (thrown) {
      if (!(thrown instanceof Absence)) throw thrown;
      this.absent = thrown;
    }
  }

  override updated(changed: PropertyValues<this>): void {
    if (changed.has('spec') || changed.has('height') || changed.has('summary') || this.#language !== language) this.#draw(true);
  }

  /** Draws what changed, or `anew`: in a turn of its own, since a page has many charts. */
  #draw(anew = false): void {
    schedule(() => this.#drawNow(anew));
  }

  #drawNow(anew: boolean): void {
    if (!this.#charts || !this.spec) return;
    const place = this.renderRoot.querySelector('.picture');
    const width = Math.round(this.clientWidth);
    if (!place || width < NARROWEST || (width === this.#width && !anew && place.childElementCount > 0)) return;
    this.#width = width;
    this.#language = language;
    const picture = drawn(this.#charts, this.spec, { width, height: this.height });
    picture.setAttribute('role', 'img');
    picture.setAttribute('aria-label', `${this.heading}. ${this.summary}`);
    place.replaceChildren(picture);
    this.dataset.drawn = this.spec.chart;
  }

  /** Tries again; the focus goes to the heading. */
  #retry(): void {
    passFocus(this.renderRoot.querySelector('h3'));
    void this.#load();
  }

  #table(): TemplateResult {
    const { heads, rows } = this.data();
    return html`<div class="scroll" tabindex="0" role="region" aria-label=${t.notebook.chart.tableOf(this.heading)}>
      <table>
        <caption class="sr">
          ${this.heading}
        </caption>
        <thead>
          <tr>
            ${heads.map((head) => html`<th scope="col">${head}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${rows.map(([head, ...cells]) => html`<tr><th scope="row">${head}</th>${cells.map((cell) => html`<td>${cell}</td>`)}</tr>`)}
        </tbody>
      </table>
    </div>`;
  }

  override render(): TemplateResult {
    return html`<figure>
      <figcaption>
        <h3>${this.heading}</h3>
        ${this.note ? html`<p class="soft small">${this.note}</p>` : nothing}
      </figcaption>
      <div class="place" .style=${`min-height:${this.height}px`}>
        <div class="picture"></div>
        ${this.absent
          ? html`<div class="message">${absence(this.absent, () => this.#retry())}</div>`
          : nothing}
      </div>
      <details
        @toggle=${(event: Event) => (this.open = (event.target as HTMLDetailsElement).open)}
      >
        <summary>${t.notebook.chart.table}<span class="sr">: ${this.heading}</span></summary>
        ${this.open ? this.#table() : nothing}
      </details>
    </figure>`;
  }
}
