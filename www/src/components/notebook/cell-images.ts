/**
 * The test images of a cell, in groups, the surest first.
 *
 * Events: `images-wanted`, `image-open`, `explore`.
 */
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { t } from '../../messages';
import type { CellMember, MemberGroup, Walk } from '../../shapes.notebook';
import { shared } from '../../styles/shared';
import { passFocus } from '../focus';
import { schedule } from '../schedule';
import { ExploreEvent, ImageOpenEvent, ImagesWantedEvent } from './events';

/** Images that a group shows at first, and how many more at a time. */
const PAGE = 48;
/** Images that one turn adds: all of a page at once would be a long task. */
const STEP = 12;

export class CellImages extends LitElement {
  static override styles = [
    shared,
    css`
      :host {
        display: grid;
        gap: var(--space-4);
      }
      .head {
        display: flex;
        flex-wrap: wrap;
        align-items: baseline;
        justify-content: space-between;
        gap: var(--space-2) var(--space-4);
      }
      label {
        display: flex;
        align-items: center;
        gap: var(--space-2);
        color: var(--ink-soft);
      }
      ul {
        display: grid;
        grid-template-columns: repeat(auto-fill, minmax(calc(4.5 * var(--unit)), 1fr));
        gap: var(--space-2);
      }
      li button {
        position: relative;
        display: grid;
        width: 100%;
        padding: 0;
        gap: 0;
        overflow: hidden;
        place-content: start stretch;
        align-items: stretch;
      }
      vitrine-pixel-view {
        width: 100%;
      }
      .number {
        padding: var(--space-1);
        font-size: var(--text-s);
      }
      .badge {
        display: block;
        padding: 0 var(--space-1) var(--space-1);
        color: var(--warn);
        font-size: calc(0.6875 * var(--unit));
        line-height: 1.2;
      }
      dl {
        display: grid;
        grid-template-columns: auto 1fr;
        align-items: baseline;
        gap: var(--space-1) var(--space-2);
        margin: 0;
      }
      dd {
        margin: 0;
      }
      dt.badge {
        padding: 0;
      }
      section {
        display: grid;
        gap: var(--space-2);
      }
      h4 {
        margin: 0;
        font: 600 var(--text-s) / 1.3 var(--font-text);
      }
      .more {
        justify-self: start;
      }
    `,
  ];
  static override properties = {
    heading: { attribute: false },
    groups: { attribute: false },
    images: { attribute: false },
    rising: { type: Boolean },
    limit: { state: true },
    reached: { state: true },
  };

  /** In the language in use. */
  declare heading: () => string;
  declare groups: readonly MemberGroup[];
  /** What has arrived: number → 784 bytes. */
  declare images: ReadonlyMap<number, Uint8Array>;
  /** Whether the least sure come first. */
  declare rising: boolean;
  declare limit: number;
  /** How many of them are rendered so far. */
  declare reached: number;

  constructor() {
    super();
    this.heading = () => '';
    this.groups = [];
    this.images = new Map();
    this.rising = false;
    this.limit = PAGE;
    this.reached = STEP;
  }

  override willUpdate(changed: Map<string, unknown>): void {
    if (!changed.has('groups')) return;
    this.limit = PAGE;
    this.reached = STEP;
  }

  override updated(): void {
    const reached = this.reached;
    if (reached < this.limit && this.groups.some(({ members }) => members.length > reached)) {
      schedule(() => {
        if (this.reached === reached) this.reached += STEP;
      });
    }
    const wanted = this.groups.flatMap((group) => this.#shown(group)).filter(({ index }) => !this.images.has(index));
    if (wanted.length > 0) this.dispatchEvent(new ImagesWantedEvent(wanted.map(({ index }) => index)));
  }

  #sorted({ members }: MemberGroup): CellMember[] {
    const sign = this.rising ? 1 : -1;
    return members.toSorted((a, b) => sign * (a.confidence - b.confidence) || a.index - b.index);
  }

  #shown(group: MemberGroup): CellMember[] {
    return this.#sorted(group).slice(0, Math.min(this.limit, this.reached));
  }

  /** The way through a group, in the order shown. */
  #walk(group: MemberGroup): Walk {
    const { heading, groups } = this;
    const title = groups.length > 1 ? (): string => `${heading()}: ${group.title()}` : heading;
    return { title, indices: this.#sorted(group).map(({ index }) => index) };
  }

  /** Shows more of a group; with the last of them the button goes, and the focus passes to the image before them. */
  #more({ currentTarget }: Event, left: number): void {
    if (left <= PAGE) passFocus((currentTarget as Element).previousElementSibling?.querySelector<HTMLElement>('li:last-child button'));
    this.limit += PAGE;
  }

  #image({ index, confidence, badges }: CellMember, group: MemberGroup): TemplateResult {
    const { cell } = t.notebook;
    return html`<li>
      <button
        type="button"
        data-image=${index}
        aria-describedby=${badges.length === 0 ? nothing : badges.map((badge) => `why-${badge}`).join(' ')}
        @click=${() => this.dispatchEvent(new ImageOpenEvent(index, this.#walk(group)))}
      >
        <vitrine-pixel-view .grey=${this.images.get(index)}></vitrine-pixel-view>
        <span class="sr">${cell.image(index)}</span>
        <span class="number">${t.percent(confidence)}</span>
        ${badges.map((badge) => html`<span class="badge">${cell.badges[badge]}</span>`)}
      </button>
    </li>`;
  }

  /** What the badges in this cell mean. */
  #legend(): TemplateResult | typeof nothing {
    const { cell } = t.notebook;
    const badges = [...new Set(this.groups.flatMap(({ members }) => members.flatMap(({ badges }) => badges)))];
    if (badges.length === 0) return nothing;
    return html`<dl class="soft small">${badges.map((badge) => html`<dt class="badge">${cell.badges[badge]}</dt><dd id=${`why-${badge}`}>${cell.why[badge]}</dd>`)}</dl>`;
  }

  #group(group: MemberGroup): TemplateResult {
    const shown = this.#shown(group);
    const left = group.members.length - this.limit;
    return html`<section>
      <h4>${group.title()} (${t.count(group.members.length)})</h4>
      ${shown.length === 0 ? html`<p class="soft small">${t.notebook.cell.none}</p>` : html`<ul>${shown.map((member) => this.#image(member, group))}</ul>`}
      ${left > 0 ? html`<button type="button" class="more" @click=${(event: Event) => this.#more(event, left)}>${t.notebook.cell.more(Math.min(PAGE, left))}</button>` : nothing}
    </section>`;
  }

  override render(): TemplateResult {
    const { cell } = t.notebook;
    return html`<div class="head">
        <h3>${this.heading()}</h3>
        <label
          >${cell.order}
          <select @change=${(event: Event) => this.dispatchEvent(new ExploreEvent({ rising: (event.target as HTMLSelectElement).value === 'rising' }))}>
            <option value="falling">${cell.falling}</option>
            <option value="rising" ?selected=${this.rising}>${cell.rising}</option>
          </select></label
        >
      </div>
      ${this.#legend()} ${this.groups.map((group) => this.#group(group))}`;
  }
}
