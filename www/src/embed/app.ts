/** The lab alone, for a frame in another page: its state in its hash, its height told, its worker there while it is seen. */
import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { keepPage } from '../components/editable';
import { foreign } from '../components/foreign';
import type { CardWantedEvent, GarmentOpenEvent, PlaceWantedEvent } from '../components/events';
import type { ImageOpenEvent } from '../components/notebook/events';
import { openPanels } from '../components/open-panels';
import type { SketchPad } from '../components/sketch/sketch-pad';
import type { Artefacts } from '../engine/engine';
import { isFramed } from '../framed';
import { Lab } from '../lab/controller';
import { labStyles } from '../lab/styles';
import { subjectPixels } from '../lab/subject';
import { LAB_PARTS, labView } from '../lab/view';
import { t } from '../messages';
import { browserEntries } from '../page/entries';
import { facets, pixelsForLink } from '../page/facets';
import { Measuring } from '../page/measurement';
import { notices } from '../page/notices';
import { noticeStyles } from '../page/notices.styles';
import { sections } from '../page/sections';
import type { Page } from '../page/sections/section';
import { type Facet, Share } from '../page/share';
import { viewFacets, Views } from '../page/views';
import { shared } from '../styles/shared';
import { tokens } from '../styles/tokens';
import { explorer } from './explorer';
import { Height } from './height';
import { Host } from './host';
import { limits } from './limits';
import { Resting } from './resting';
import { Sight } from './sight';
import { embedStyles } from './styles';

/** What `?view=` says; the lab alone unless it is given. */
export const VIEWS = ['lab', 'why', 'explorer'] as const;
export type View = (typeof VIEWS)[number];

/** Below so many CSS pixels a frame is low: what stands beneath the pad is scrolled to. */
const LOW = 400;

export class VitrineEmbed extends LitElement {
  // Tokens of its own: a low frame has another unit.
  static override styles = [tokens, shared, labStyles, noticeStyles, embedStyles];
  static override properties = { view: { state: true }, hasOpened: { state: true } };

  /** What the engine is made of. Whoever defines the element says it. */
  static artefacts: Artefacts;

  declare view: View;
  /** Whether a test image was opened out of the explorer. */
  declare hasOpened: boolean;
  readonly #lab = new Lab((tell) => new Resting(VitrineEmbed.artefacts, tell), () => this.requestUpdate());
  readonly #page: Page = { lab: this.#lab, measuring: new Measuring(this.#lab, () => this.requestUpdate()), views: new Views() };
  readonly #pad = (): SketchPad | null => this.renderRoot.querySelector('vitrine-sketch-pad');
  /** A link of the page's says where on it one is, and how it looks, which means nothing here. */
  readonly #strange: readonly Facet[] = ['at', 'look'].map((key) => ({ key, read: () => undefined, write: () => true }));
  readonly #share = new Share(
    [...facets(this.#lab, this.#pad), ...viewFacets(this.#page.views), ...this.#strange],
    (keys) => this.#lab.complain(() => t.share.refused(keys)),
    browserEntries(window),
  );
  #ends: readonly (() => void)[] = [];

  constructor() {
    super();
    const asked = new URLSearchParams(location.search).get('view');
    this.view = VIEWS.find((view) => view === asked) ?? 'lab';
    this.hasOpened = false;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#share.end();
    for (const end of this.#ends) end();
    this.#ends = [];
    this.#lab.end();
  }

  protected override firstUpdated(): void {
    // What the HTML holds for a page that does not start makes way.
    this.replaceChildren();
    this.#share.start();
    const over = new AbortController();
    const { signal } = over;
    for (const type of ['dragover', 'drop'] as const) window.addEventListener(type, keepPage, { signal });
    window.addEventListener('resize', this.#fit, { signal });
    for (const chosen of [openPanels, this.#page.views]) chosen.addEventListener('change', () => this.#share.changed(), { signal });
    this.#fit();
    const height = isFramed() ? new Height(this, (pixels) => host.tell(pixels)) : undefined;
    const host = new Host(window, () => height?.repeat());
    const sight = new Sight(this, () => this.#lab.start(), () => this.#lab.engine.rest());
    this.#ends = [() => over.abort(), () => height?.end(), () => host.end(), () => sight.end()];
  }

  readonly #fit = (): void => void this.toggleAttribute('compact', window.innerHeight < LOW);

  override updated(): void {
    const { lookAsked, lookEnded } = this.#lab.state;
    this.dataset.asked = String(lookAsked);
    this.dataset.seen = String(lookEnded);
    this.#share.changed();
  }

  /** The whole page with what is shown here; read when it is followed. */
  readonly #link = ({ currentTarget }: Event): void => {
    const address = new URL('.', location.href);
    address.hash = this.#share.hash(pixelsForLink(this.#lab, this.#pad));
    (currentTarget as HTMLAnchorElement).href = address.href;
  };

  async #open(index: number): Promise<void> {
    this.hasOpened = true;
    await this.#lab.sample(index);
  }

  override render(): TemplateResult {
    const { view } = this;
    const hasLab = view !== 'explorer' || this.hasOpened;
    return html`<p class="sr" role="status">${foreign(this.#lab.state.status)}</p>
      <main
        @place-wanted=${({ panel }: PlaceWantedEvent) => panel && openPanels.toggle(panel, true)}
        @image-open=${({ index }: ImageOpenEvent) => void this.#open(index)}
        @garment-open=${({ grey, label }: GarmentOpenEvent) => this.#lab.open(grey, label)}
        @card-wanted=${({ model }: CardWantedEvent) => void this.renderRoot.querySelector('vitrine-card-slot')?.open(model)}
      >
        <h1 class="sr">${t.header.title}</h1>
        ${notices(this.#lab, undefined, undefined)}
        ${view === 'explorer' ? html`<div class="wide">${explorer(this.#page)}</div>` : nothing} ${hasLab ? labView(this.#lab, LAB_PARTS, true, view === 'why') : nothing}
        <vitrine-card-slot .engine=${this.#lab.engine} .pixels=${subjectPixels(this.#lab.state)}></vitrine-card-slot>
        ${sections.filter(({ id }) => id === view).map(({ render }) => html`<div class="wide">${render(this.#page)}</div>`)}
      </main>
      <footer>
        <a href="./" target="_blank" rel="noopener" @pointerdown=${this.#link} @click=${this.#link}>${t.embed.open}</a>
        ${limits()}
      </footer>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'vitrine-embed': VitrineEmbed;
  }
}
