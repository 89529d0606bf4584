/**
 * The list of a long part's sections, which stays in view while one is in it, with the one where the visitor is.
 *
 * Event: `place-wanted`.
 */
import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { shared } from '../../styles/shared';
import { PlaceWantedEvent } from '../events';

/** A place of the page: its name, and its title. */
export type Place = readonly [string, string];

export class PlaceList extends LitElement {
  static override styles = [
    shared,
    css`
      nav {
        overflow-x: auto;
        scrollbar-width: none;
        border-block-end: 1px solid var(--line);
        background: var(--paper);
      }
      ul {
        display: flex;
        gap: var(--space-5);
        min-width: max-content;
      }
      a {
        display: grid;
        align-items: center;
        min-height: var(--tap);
        color: var(--ink-soft);
        font-size: var(--text-s);
        font-weight: 500;
        text-decoration: none;
      }
      a[aria-current] {
        color: var(--ink);
        box-shadow: inset 0 -3px var(--accent);
      }
      a:hover {
        text-decoration: underline 2px var(--accent);
        text-underline-offset: 0.35em;
      }
      a:focus-visible {
        outline-offset: -3px;
      }
      @media (forced-colors: active) {
        a[aria-current] {
          border-block-end: 3px solid Highlight;
        }
      }
      @media print {
        nav {
          display: none;
        }
      }
    `,
  ];
  static override properties = { places: { attribute: false }, here: { type: String }, label: { type: String } };

  declare places: readonly Place[];
  /** The place where the visitor is; empty before the first one. */
  declare here: string;
  /** What the places are parts of. */
  declare label: string;

  constructor() {
    super();
    this.places = [];
    this.here = '';
    this.label = '';
  }

  #go(event: MouseEvent, place: string): void {
    // Into another tab or window, or to be kept: the browser's to do.
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    this.dispatchEvent(new PlaceWantedEvent(place));
  }

  /** Where the list is wider than the view, the place where one is stays in its middle. Only the list moves, at once. */
  override updated(changed: PropertyValues<this>): void {
    if (!changed.has('here')) return;
    const [list, current] = [this.renderRoot.querySelector('nav'), this.renderRoot.querySelector('[aria-current]')];
    if (!list || !current) return;
    const middle = (element: Element): number => {
      const { left, width } = element.getBoundingClientRect();
      return left + width / 2;
    };
    list.scrollLeft += middle(current) - middle(list);
  }

  override render(): TemplateResult {
    return html`<nav aria-label=${this.label}>
      <ul>
        ${this.places.map(
          ([place, title]) => html`<li><a href=${new URL(`#at=${place}`, location.href).href} aria-current=${place === this.here ? 'location' : nothing} @click=${(event: MouseEvent) => this.#go(event, place)}>${title}</a></li>`,
        )}
      </ul>
    </nav>`;
  }
}
