/**
 * Three panels that explain an answer, closed at first. What stands in them is fetched and computed when one is opened.
 *
 * Event: `announce`. Which panels are open stands in the page's one set of them.
 */
import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { AnnounceEvent } from '../../components/events';
import { absence } from '../../components/absence';
import { passFocus } from '../../components/focus';
import { openPanels } from '../../components/open-panels';
import type { Asking } from '../../lab/controller';
import type { State } from '../../lab/state';
import { hasSubject } from '../../lab/subject';
import { Absence, later } from '../../later';
import { t } from '../../messages';
import { register } from '../../register';
import { shared } from '../../styles/shared';
import type { Views } from '../views';
import type { PanelName, Subject, Why } from './controller';
import type { panel } from './view';

const PANELS: readonly PanelName[] = ['occlusion', 'fit', 'break'];

const key = (panel: PanelName): string => `why.${panel}`;

declare global {
  interface HTMLElementTagNameMap {
    'vitrine-why-section': WhySection;
  }
}

export class WhySection extends LitElement {
  static override styles = [
    shared,
    css`
      :host {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: var(--space-4);
      }
      .lede {
        max-width: calc(46 * var(--unit));
        text-wrap: pretty;
      }
      details {
        border-top: 1px solid var(--line);
      }
      details:last-of-type {
        border-bottom: 1px solid var(--line);
      }
      .panels > details > summary {
        display: flex;
        flex-wrap: wrap;
        align-items: baseline;
        gap: var(--space-1) var(--space-3);
        padding: var(--space-3) 0;
        cursor: pointer;
      }
      .panels > details > summary::before {
        content: '+';
        width: var(--unit);
        color: var(--accent);
        font: 600 var(--text-l) / 1 var(--font-text);
      }
      .panels > details[open] > summary::before {
        content: '−';
      }
      summary h3,
      summary span {
        min-width: 0;
        overflow-wrap: anywhere;
      }
      summary h3 {
        font: 600 var(--text-l) / 1.3 var(--font-display);
      }
      .content {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: var(--space-5);
        min-height: calc(6 * var(--unit));
        padding: var(--space-2) 0 var(--space-6);
        align-content: start;
      }
      .invitation {
        font: italic 400 var(--text-l) / 1.3 var(--font-display);
      }
      .problem {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        justify-content: space-between;
        gap: var(--space-3);
        padding: var(--space-3) var(--space-4);
        border-radius: var(--radius-s);
        background: var(--warn-wash);
        color: var(--warn);
      }
      @media print {
        h2,
        .lede,
        summary > span,
        details:not([open]),
        details:not([data-panel='occlusion']) {
          display: none !important;
        }
        details {
          border: 0 !important;
        }
        .panels > details > summary,
        .content {
          padding-block: var(--space-1);
        }
        .content {
          gap: var(--space-3);
        }
      }
    `,
  ];
  static override properties = { page: { attribute: false }, engine: { attribute: false }, views: { attribute: false }, open: { state: true }, failed: { state: true } };

  declare page: State;
  declare engine: Asking;
  declare views: Views;
  /** The open panels. */
  declare open: ReadonlySet<PanelName>;
  /** Why the panels' code did not come. */
  declare failed: Absence | undefined;
  #loading = false;
  #parts: { readonly why: Why; readonly panel: typeof panel } | undefined;

  constructor() {
    super();
    this.open = new Set();
    this.failed = undefined;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    openPanels.addEventListener('change', this.#adopt);
    this.#adopt();
    if (!this.hasUpdated) return;
    this.views.addEventListener('change', this.#view);
    this.#follow();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    openPanels.removeEventListener('change', this.#adopt);
    this.views.removeEventListener('change', this.#view);
    this.#parts?.why.follow({ ...this.#subject(), open: new Set() });
  }

  readonly #view = (): void => this.#parts?.why.adopt();

  protected override firstUpdated(): void {
    this.views.addEventListener('change', this.#view);
  }

  readonly #adopt = (): void => {
    this.open = new Set(PANELS.filter((panel) => openPanels.names.has(key(panel))));
  };

  override updated(changed: PropertyValues<this>): void {
    if (this.open.size > 0 && !this.#parts && this.failed === undefined) void this.#load();
    if (changed.has('page') || changed.has('open')) this.#follow();
  }

  async #load(): Promise<void> {
    if (this.#loading) return;
    this.#loading = true;
    try {
      const { elements, panel, Why } = await later('why', () => import('.'));
      register(elements);
      this.#parts = { why: new Why(this.engine, () => this.requestUpdate(), (text) => this.#say(text), this.views), panel };
      this.#follow();
      this.requestUpdate();
    } catch (thrown) {
      if (!(thrown instanceof Absence)) throw thrown;
      this.failed = thrown;
    } finally {
      this.#loading = false;
    }
  }

  #follow(): void {
    this.#parts?.why.follow(this.#subject());
  }

  #subject(): Subject {
    const { prepared, lookAsked, lookEnded, classes, models, statuses, novelty } = this.page;
    const loaded = models.filter((model) => statuses.get(model)?.kind === 'ready');
    return {
      pixels: hasSubject(this.page) && prepared && !prepared.blank ? prepared.pixels : undefined,
      settled: lookAsked === lookEnded,
      classes,
      models: loaded,
      networks: loaded.filter((model) => this.engine.isNetwork(model)),
      novelty,
      open: this.open,
    };
  }

  #say(text: string): void {
    this.dispatchEvent(new AnnounceEvent(text));
  }

  #toggle(name: PanelName, event: Event): void {
    const { open } = event.currentTarget as HTMLDetailsElement;
    openPanels.toggle(key(name), open);
  }

  /** Tries again; the focus goes to the panel's summary. */
  #retry({ currentTarget }: Event): void {
    passFocus((currentTarget as Element).closest('details')?.querySelector('summary'));
    this.failed = undefined;
  }

  #content(name: PanelName): TemplateResult {
    if (this.#parts) return this.#parts.panel(name, this.#parts.why, this.page);
    if (this.failed === undefined) return html`<p class="soft patient">${t.why.loading}</p>`;
    return html`<div class="problem">${absence(this.failed, (event) => this.#retry(event))}</div>`;
  }

  override render(): TemplateResult {
    return html`<h2>${t.why.title}</h2>
      <p class="lede soft">${t.why.lede}</p>
      <div class="panels">
        ${PANELS.map((name) => {
          const open = this.open.has(name);
          return html`<details data-panel=${name} ?open=${open} @toggle=${(event: Event) => this.#toggle(name, event)}>
            <summary><h3>${t.why[name].title}</h3><span class="soft">${t.why[name].hint}</span></summary>
            ${open ? html`<div class="content">${this.#content(name)}</div>` : nothing}
          </details>`;
        })}
      </div>`;
  }
}
