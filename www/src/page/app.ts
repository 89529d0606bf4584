/** The page: head, list of sections, the lab, the sections; it ties state, address and language together. */
import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { keepPage } from '../components/editable';
import type { CardWantedEvent, GarmentOpenEvent, PlaceWantedEvent } from '../components/events';
import { passFocus } from '../components/focus';
import { foreign } from '../components/foreign';
import { Gradual } from '../components/gradual';
import type { ImageOpenEvent } from '../components/notebook/events';
import { openPanels } from '../components/open-panels';
import type { SketchPad } from '../components/sketch/sketch-pad';
import { type Artefacts, Engine } from '../engine/engine';
import { ended } from '../engine/failure';
import { isFramed } from '../framed';
import { Lab } from '../lab/controller';
import { describeFailure } from '../lab/describe-failure';
import { labStyles } from '../lab/styles';
import { subjectPixels } from '../lab/subject';
import { LAB_PARTS, labView } from '../lab/view';
import { language, languages, t } from '../messages';
import { nameOf } from '../messages/tags';
import { Newest } from '../newest';
import { shared } from '../styles/shared';
import { appStyles } from './app.styles';
import { browserEntries } from './entries';
import { facets, pixelsForLink } from './facets';
import { Installation } from './installation';
import { snippet } from './snippet';
import { lacking } from './lacking';
import { apply, isLook, type Look, lookFacet, LOOKS } from './look';
import { change, type Missing, whenMissing } from './language';
import { Measuring } from './measurement';
import { parts } from './notebook/parts';
import { notices } from './notices';
import { noticeStyles } from './notices.styles';
import { type Listed, sections } from './sections';
import type { Walk } from '../shapes.notebook';
import type { Page } from './sections/section';
import { type Facet, Share } from './share';
import { spy } from './spy';
import { viewFacets, Views } from './views';
import { surroundings, Updates, type UpdateState } from './update';

const LAB = 'lab';
/** Lines to write on, on a sheet; as many show as there is room for. */
const LINES = 20;
/** What a link may lead to. */
const isPlace = (id: string): boolean => id === LAB || sections.some((section) => section.id === id) || Object.hasOwn(parts, id);
/** Parts of the lab, the sections, the foot. */
const PARTS = LAB_PARTS + sections.length + 1;

export class VitrineApp extends LitElement {
  static override styles = [shared, labStyles, noticeStyles, appStyles];
  static override properties = { version: { state: true }, offline: { state: true }, here: { state: true }, look: { state: true } };

  /** What is kept of this version, and whether there is a newer one. */
  declare version: UpdateState;
  declare offline: boolean;
  /** The section that is in the middle of the view. */
  declare here: string;
  declare look: Look;

  /** What the engine is made of. Whoever defines the element says it. */
  static artefacts: Artefacts;

  readonly #lab = new Lab((tell, fetched) => new Engine(VitrineApp.artefacts, tell, fetched), () => this.requestUpdate());
  readonly #views = new Views();
  /** Where the visitor is being brought. */
  readonly #ways = new Newest();
  readonly #page: Page = { lab: this.#lab, measuring: new Measuring(this.#lab, () => this.requestUpdate()), views: this.#views };
  readonly #pad = (): SketchPad | null => this.renderRoot.querySelector('vitrine-sketch-pad');
  #at: string | undefined;
  readonly #place: Facet = {
    key: 'at',
    read: () => this.#at,
    write: (id) => {
      if (id !== undefined && !isPlace(id)) return false;
      if (id !== this.#at && id !== undefined) this.#show(id, isFramed());
      this.#at = id;
      return true;
    },
  };
  readonly #share = new Share(
    [...facets(this.#lab, this.#pad), ...viewFacets(this.#views), this.#place, lookFacet(() => this.look, (look) => this.#lookSo(look))],
    (keys) => this.#lab.complain(() => t.share.refused(keys)),
    browserEntries(window),
  );
  /** What stands below the header comes part by part, from top to bottom: nothing moves what is there. */
  readonly #parts = new Gradual(this, () => PARTS);
  #begun = false;
  #isEnded = false;
  #isRegistered = false;
  #isFetched = false;
  /** How many files did not come. */
  #lacks = 0;
  #missing: (() => string) | undefined;
  readonly #installation = new Installation(window, () => this.requestUpdate());
  readonly #updates = new Updates(surroundings(), (version) => {
    if (version.isNewer && !this.version.isNewer) this.#lab.say(t.update.ready);
    this.version = version;
  });
  readonly #link = (task: string): string => {
    const address = new URL(location.href);
    address.hash = this.#share.hash({ ...pixelsForLink(this.#lab, this.#pad), task: task || this.#lab.state.task || undefined });
    return address.href;
  };

  constructor() {
    super();
    this.version = { kept: undefined, isNewer: false };
    this.offline = !navigator.onLine;
    this.here = LAB;
    this.look = '';
  }

  override connectedCallback(): void {
    super.connectedCallback();
    for (const type of ['dragover', 'drop'] as const) window.addEventListener(type, keepPage);
    for (const type of ['online', 'offline']) window.addEventListener(type, this.#line);
    openPanels.addEventListener('change', this.#panels);
    this.#views.addEventListener('change', this.#panels);
    window.addEventListener('vite:preloadError', this.#lacking);
    if (this.#begun) this.#share.start();
    if (this.#isEnded) this.#lab.complain(() => describeFailure(ended()), { isStuck: true });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    for (const type of ['dragover', 'drop'] as const) window.removeEventListener(type, keepPage);
    for (const type of ['online', 'offline']) window.removeEventListener(type, this.#line);
    window.removeEventListener('vite:preloadError', this.#lacking);
    openPanels.removeEventListener('change', this.#panels);
    this.#views.removeEventListener('change', this.#panels);
    this.#share.end();
    // Who moves it takes it out and puts it back in one task.
    setTimeout(() => {
      if (!this.isConnected) this.#end();
    });
  }

  /** Lets go of all that it holds: workers, timers, what is on its way. Put back, it says that it has ended. */
  #end(): void {
    this.#isEnded = true;
    this.#spy.disconnect();
    this.#page.measuring.cancel();
    this.#lab.end();
    this.#updates.end();
    this.#installation.end();
  }

  readonly #line = (): void => {
    this.offline = !navigator.onLine;
    void this.#updates.ask();
  };
  /** A file of this version that did not come may be one that the host has no more. */
  readonly #lacking = (): void => void this.#updates.check();
  readonly #panels = (): void => this.#share.changed();

  /** What the page's HTML holds for the first paint makes way. */
  protected override createRenderRoot(): HTMLElement | DocumentFragment {
    this.shadowRoot?.replaceChildren();
    return super.createRenderRoot();
  }

  readonly #spy = spy((section, isThere) => {
    if (isThere) this.here = section.id;
  });

  #begin(): void {
    for (const id of [LAB, ...sections.map((section) => section.id)]) {
      const place = this.renderRoot.querySelector(`#${id}`);
      if (place) this.#spy.observe(place);
    }
    this.#share.start();
    whenMissing((missing) => this.#missLanguage(missing));
    // Two frames: the first paint and a usable pad come before any model.
    requestAnimationFrame(() =>
      requestAnimationFrame(() => {
        this.#lab.start();
      }),
    );
  }

  /** Says that a language did not come, for as long as that is so. */
  #missLanguage(missing: Missing | undefined): void {
    if (missing === undefined) {
      if (this.#missing && this.#lab.state.problem === this.#missing) this.#lab.set({ problem: undefined });
      return;
    }
    const { tag, isStuck } = missing;
    this.#missing = () => (isStuck ? t.errors.languageDamaged : t.errors.language)(nameOf(tag), nameOf(language));
    this.#lab.complain(this.#missing, { isStuck });
  }

  /** What the HTML holds for a page that does not start has no place to show any more. It stays for a saved copy, which has nothing else. */
  protected override firstUpdated(): void {
    this.removeAttribute('data-unstarted');
  }

  override updated(): void {
    if (!this.#begun && this.#parts.count === PARTS) {
      this.#begun = true;
      this.#begin();
    }
    const { lookAsked, lookEnded } = this.#lab.state;
    this.dataset.asked = String(lookAsked);
    this.dataset.seen = String(lookEnded);
    this.#share.changed();
    this.#keepUp();
  }

  /** Follows what the engine has fetched: the service worker comes after it, and finds in the cache what is there. */
  #keepUp(): void {
    const { statuses, testSet, isFetched } = this.#lab.state;
    const kinds = Array.from(statuses.values(), ({ kind }) => kind);
    if (!this.#isRegistered && kinds.every((kind) => kind === 'ready' || kind === 'failed')) {
      this.#isRegistered = true;
      void this.#lab.engine.written().then(() => this.#updates.start());
    }
    if (isFetched && !this.#isFetched) void this.#lab.engine.written().then(() => this.#updates.ask());
    this.#isFetched = isFetched;
    const lacks = kinds.filter((kind) => kind === 'failed').length + Number(testSet === 'missing');
    if (lacks > this.#lacks) void this.#updates.check();
    this.#lacks = lacks;
  }

  /** What it means that there is no connection; `undefined` while there is one. */
  get #away(): string | undefined {
    if (!this.offline) return undefined;
    const { kept } = this.version;
    if (!kept) return t.update.awayUnkept;
    const { files, testSet } = lacking(kept, VitrineApp.artefacts);
    return files === '' ? t.update.away(testSet) : t.update.awayBut(files);
  }

  #lookSo(look: Look): void {
    this.look = look;
    apply(look, document.documentElement);
  }

  /** What is written by hand on a sheet that is printed. */
  #sheet(): TemplateResult {
    return html`<p class="named" aria-hidden="true">${t.print.name}</p>
      <section class="sheet" aria-hidden="true">
      <p>${t.print.title}</p>
      ${Array.from({ length: LINES }, () => html`<i></i>`)}
    </section>`;
  }

  #foot(): TemplateResult {
    const { kept } = this.version;
    const lacks = kept && lacking(kept, VitrineApp.artefacts);
    return html`<footer>
      <p class="soft small">${t.footer.text}</p>
      <p class="display">
        <label
          >${t.display.label}
          <select
            @change=${(event: Event) => {
              const { value } = event.target as HTMLSelectElement;
              if (isLook(value)) this.#lookSo(value);
            }}
          >
            ${LOOKS.map((look) => html`<option value=${look} .selected=${live(look === this.look)}>${t.display.of(look)}</option>`)}
          </select></label
        >
        <button type="button" @click=${() => window.print()}>${t.print.open}</button>
        ${this.#installation.isOffered ? html`<button type="button" class="install" @click=${() => void this.#installation.install()}>${t.install}</button>` : nothing}
      </p>
      ${lacks === undefined ? nothing : html`<p class="soft small kept">${lacks.files === '' ? t.update.kept(lacks.testSet) : t.update.keptBut(lacks.files)}</p>`}
    </footer>`;
  }

  /** Takes a test image and brings the visitor to it. */
  async #open(index: number, walk: Walk | undefined): Promise<void> {
    this.#share.settle();
    if (!(await this.#lab.sample(index, walk))) return;
    // A step of its own, made while the images are still in view: Back returns to them.
    this.#share.settle();
    this.#show(LAB);
  }

  /** Takes a garment that is shown somewhere, and brings the visitor to it. */
  #openGarment(grey: Uint8Array, label: number): void {
    this.#share.settle();
    this.#lab.open(grey, label);
    this.#share.settle();
    this.#show(LAB);
  }

  /** Goes to a section: sighted visitors see it, others are told its heading. `quietly`: leaves focus, and the page around a frame, where they are. */
  #show(id: string, quietly = false): void {
    const show = (place: HTMLElement | null | undefined): void => {
      if (quietly) {
        if (place) window.scrollBy({ top: place.getBoundingClientRect().top });
        return;
      }
      passFocus(place?.querySelector('h2') ?? place, { preventScroll: true });
      place?.scrollIntoView();
    };
    void this.#ways.run(() => this.#reach(id), show, () => undefined);
  }

  /** A place of the page; of the notebook's, which may not come, at least where it would be. */
  async #reach(id: string): Promise<HTMLElement | null | undefined> {
    await this.updateComplete;
    const own = this.renderRoot.querySelector<HTMLElement>(`#${id}`);
    if (own) return own;
    const slot = this.renderRoot.querySelector('vitrine-notebook-slot');
    return (await slot?.reach(id)) ?? slot;
  }

  /** Brings the visitor to a section, and to a panel in it, which opens. */
  #goTo(id: string, panel?: string): void {
    if (panel !== undefined) openPanels.toggle(panel, true);
    if (isPlace(id)) this.#at = id;
    this.#show(id);
    this.#share.changed();
  }

  #head(): TemplateResult {
    return html`<header>
      <h1>${t.header.title}</h1>
      <p>${t.header.lede}</p>
      <div class="tools">
        <label
          ><span class="sr">${t.nav.language}</span>
          <select class="language" @change=${(event: Event) => change((event.target as HTMLSelectElement).value)}>
            ${languages.map(([tag, name]) => html`<option value=${tag} lang=${tag} .selected=${live(tag === language)}>${name}</option>`)}
          </select></label
        >
        <vitrine-share-panel
          .link=${this.#link}
          .snippet=${snippet}
          .reduced=${this.#lab.state.guest?.origin.kind === 'file'}
        ></vitrine-share-panel>
      </div>
    </header>`;
  }

  #list(): TemplateResult {
    const link = (id: string, text: string): TemplateResult =>
      html`<li>
        <a
          href=${`#at=${id}`}
          aria-current=${id === this.here ? 'location' : nothing}
          @click=${(event: MouseEvent) => {
            // Into another tab or window, or to be kept: the browser's to do.
            if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
            event.preventDefault();
            this.#goTo(id);
          }}
          >${text}</a
        >
      </li>`;
    return html`<nav aria-label=${t.nav.label}>
      <ul>
        ${link(LAB, t.nav.lab)} ${sections.map(({ id, title }) => link(id, title()))}
      </ul>
    </nav>`;
  }

  #section({ id, title, lede, headed, render }: Listed): TemplateResult {
    if (headed) return html`<div class="wide" id=${id} tabindex="-1">${render(this.#page)}</div>`;
    return html`<section class="wide" id=${id} aria-labelledby=${`${id}-title`}>
      <h2 id=${`${id}-title`} tabindex="-1">${title()}</h2>
      ${lede ? html`<p class="lede soft">${lede()}</p>` : ''} ${render(this.#page)}
    </section>`;
  }

  override render(): TemplateResult {
    const { count } = this.#parts;
    return html`
      ${this.#head()} ${this.#list()}
      <p class="sr" role="status">${foreign(this.#lab.state.status)}</p>
      <main @card-wanted=${({ model }: CardWantedEvent) => void this.renderRoot.querySelector('vitrine-card-slot')?.open(model)} @place-wanted=${({ place, panel }: PlaceWantedEvent) => this.#goTo(place, panel)} @image-open=${({ index, walk }: ImageOpenEvent) => void this.#open(index, walk)} @garment-open=${({ grey, label }: GarmentOpenEvent) => this.#openGarment(grey, label)}>
        <vitrine-card-slot notebook .engine=${this.#lab.engine} .pixels=${subjectPixels(this.#lab.state)}></vitrine-card-slot>
        ${notices(this.#lab, this.version.isNewer ? () => void this.#updates.change() : undefined, this.#away)} ${labView(this.#lab, count, true)} ${sections.slice(0, Math.max(0, count - LAB_PARTS)).map((section) => this.#section(section))}
      </main>
      ${count < PARTS ? nothing : html`${this.#sheet()} ${this.#foot()}`}
    `;
  }
}
