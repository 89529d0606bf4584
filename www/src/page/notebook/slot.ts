/** The place of the notebook: kept from the first paint, filled when it comes near the view. */
import { css, html, LitElement, type TemplateResult } from 'lit';
import { absence } from '../../components/absence';
import { passFocus } from '../../components/focus';
import type { TestSetState } from '../../components/measure-panel';
import type { Asking } from '../../lab/controller';
import { Absence, later } from '../../later';
import { t } from '../../messages';
import { register } from '../../register';
import type { ModelId, ModelStatus, Trial } from '../../shapes';
import { shared } from '../../styles/shared';
import type { Views } from '../views';
import type { Notebook } from './controller';

/** How far below the view the notebook is fetched, in CSS pixels. */
const AHEAD = '600px';

declare global {
  interface HTMLElementTagNameMap {
    'vitrine-notebook-slot': NotebookSlot;
  }
}

export class NotebookSlot extends LitElement {
  static override styles = [
    shared,
    // Kept while the notebook takes its place: a page that grew shorter would scroll away under the visitor.
    css`
      :host {
        display: block;
        min-height: 100vh;
      }
      /* In a frame whose height follows what is in it. */
      :host([brief]) {
        min-height: 0;
      }
    `,
  ];
  static override properties = {
    views: { attribute: false },
    engine: { attribute: false },
    trials: { attribute: false },
    statuses: { attribute: false },
    testSet: { attribute: false },
    measuring: { attribute: false },
    brief: { type: Boolean },
    fetched: { state: true },
  };

  declare engine: Asking;
  declare views: Views;
  declare trials: readonly Trial[];
  declare statuses: ReadonlyMap<ModelId, ModelStatus>;
  declare testSet: TestSetState;
  declare measuring: boolean;
  /** As the notebook's. */
  declare brief: boolean;
  declare fetched: 'not yet' | 'there' | Absence;
  #near: IntersectionObserver | undefined;
  #notebook: Notebook | undefined;

  constructor() {
    super();
    this.fetched = 'not yet';
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.#notebook) {
      this.views.addEventListener('change', this.#view);
      return;
    }
    this.#near = new IntersectionObserver((entries) => {
      if (entries.some(({ isIntersecting }) => isIntersecting)) void this.#fetch();
    }, { rootMargin: AHEAD });
    this.#near.observe(this);
  }

  readonly #view = (): void => this.#notebook?.adopt();

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.views.removeEventListener('change', this.#view);
    this.#near?.disconnect();
  }

  async #fetch(): Promise<void> {
    this.#near?.disconnect();
    try {
      const { elements, Notebook: Controller } = await later('notebook', () => import('.'));
      register(elements);
      this.#notebook ??= new Controller(this.engine, () => this.requestUpdate(), this.views);
      this.views.addEventListener('change', this.#view);
      this.fetched = 'there';
    } catch (thrown) {
      if (!(thrown instanceof Absence)) throw thrown;
      this.fetched = thrown;
    }
  }

  override updated(): void {
    const { trials, statuses, testSet } = this;
    this.#notebook?.follow({ trials, statuses, testSet });
  }

  /** Fetches it again; the focus stays at this place. */
  #retry(): void {
    passFocus(this);
    void this.#fetch();
  }

  /** A place in the notebook, by its id, when it has come; `undefined` for one that does not come. */
  async reach(id: string): Promise<HTMLElement | undefined> {
    if (this.fetched !== 'there') await this.#fetch();
    await this.updateComplete;
    return this.renderRoot.querySelector('vitrine-notebook')?.reach(id);
  }

  override render(): TemplateResult {
    const { trials, statuses, testSet, measuring, brief } = this;
    if (this.fetched === 'there') {
      return html`<vitrine-notebook .notebook=${this.#notebook} .state=${this.#notebook?.state} .trials=${trials} .statuses=${statuses} .testSet=${testSet} ?measuring=${measuring} ?brief=${brief}></vitrine-notebook>`;
    }
    return html`<div class="place">
      ${this.fetched === 'not yet' ? html`<p class="soft patient">${t.notebook.waiting}</p>` : absence(this.fetched, () => this.#retry())}
    </div>`;
  }
}
