/** Labels that the images' neighbours contradict, each with its picture. Event: `garment-open`. */
import { css, html, LitElement, type TemplateResult } from 'lit';
import { t } from '../../messages';
import type { Suspect } from '../../shapes.notebook';
import { shared } from '../../styles/shared';
import { table } from '../../styles/table';
import { figuresTable } from '../figures-table';
import { GarmentOpenEvent } from '../events';
import { Gradual } from '../gradual';

/** Rows that are made in one turn. */
const ROWS = 20;

export class SuspectList extends LitElement {
  static override styles = [
    shared,
    table,
    css`
      :host {
        container-type: inline-size;
      }
      .scroll {
        max-height: calc(28 * var(--unit));
        overflow: auto;
      }
      thead th {
        position: sticky;
        top: 0;
        background: var(--surface);
        z-index: 1;
        white-space: normal;
      }
      @container (width < 39em) {
        th,
        td {
          padding-inline: var(--space-2);
        }
        td.text {
          white-space: normal;
        }
      }
      tbody th,
      td {
        vertical-align: middle;
      }
      td.text {
        font-family: var(--font-text);
      }
      vitrine-pixel-view {
        width: calc(3.5 * var(--unit));
        border-radius: var(--radius-s);
        margin-inline-start: auto;
      }
      .look {
        width: calc(3.5 * var(--unit));
        margin-inline-start: auto;
      }
    `,
  ];
  static override properties = { suspects: { attribute: false }, pictures: { attribute: false }, labels: { attribute: false } };

  declare suspects: readonly Suspect[];
  /** The data set's names of its classes, in label order. */
  declare labels: readonly string[];
  /** By their index: 784 bytes, 255 = ink. Others have an empty stage. */
  declare pictures: ReadonlyMap<number, Uint8Array>;
  readonly #parts = new Gradual(this, () => Math.ceil(this.suspects.length / ROWS));

  constructor() {
    super();
    this.suspects = [];
    this.labels = [];
    this.pictures = new Map();
  }

  #picture(index: number, label: string): TemplateResult {
    const grey = this.pictures.get(index);
    const name = t.notebook.oddities.image(index, t.className(label));
    const view = html`<vitrine-pixel-view .grey=${grey} .label=${name}></vitrine-pixel-view>`;
    if (!grey) return view;
    const open = (): boolean => this.dispatchEvent(new GarmentOpenEvent(grey, this.labels.indexOf(label)));
    return html`<button type="button" class="look" aria-label=${t.examples.open(name)} @click=${open}>${view}</button>`;
  }

  #row({ index, label, suggested, confidence, support }: Suspect): TemplateResult {
    const name = t.className(label);
    return html`<tr>
      <th scope="row">${index}</th>
      <td>${this.#picture(index, label)}</td>
      <td class="text">${name}</td>
      <td class="text">${t.className(suggested)}</td>
      <td>${t.percent(confidence)}</td>
      <td>${t.percent(support)}</td>
    </tr>`;
  }

  override render(): TemplateResult {
    const { caption, heads } = t.notebook.oddities;
    return figuresTable(caption, heads, this.suspects.slice(0, this.#parts.count * ROWS).map((suspect) => this.#row(suspect)));
  }
}
