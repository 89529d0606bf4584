/**
 * The notebook as it is rendered: data set, models, mistakes, trust.
 *
 * Events: `measure-start`, `image-open`, `place-wanted`, `test-files`.
 */
import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { guard } from 'lit/directives/guard.js';
import { button } from '../../components/button';
import { MeasureStartEvent, PlaceWantedEvent } from '../../components/events';
import { passFocus } from '../../components/focus';
import { foreign } from '../../components/foreign';
import { Gradual } from '../../components/gradual';
import { setsOf } from '../../components/notebook/cell-members';
import type { TrustEvent } from '../../components/notebook/events';
import type { Place } from '../../components/notebook/place-list';
import { differences, isSameTruth } from '../../components/notebook/replies';
import { schedule } from '../../components/schedule';
import type { TestSetState } from '../../components/measure-panel';
import { classNames } from '../../lab/classes';
import { memo } from '../../memo';
import { perLanguage, t } from '../../messages';
import type { ModelId, ModelStatus, Trial } from '../../shapes';
import type { MemberGroup, Outcome, Told } from '../../shapes.notebook';
import { shared } from '../../styles/shared';
import { table } from '../../styles/table';
import type { Notebook, NotebookState } from './controller';
import { calibrationOf } from './calibration';
import { committed, labels } from './data';
import { dataSection } from './data-section';
import { dossiers } from './dossiers';
import { groupsOf, mistakesSection, modelCounts, reportOf } from './mistakes-section';
import { comparedSection, modelsSection } from './models-section';
import { notebookStyles } from './notebook.styles';
import { spy } from '../spy';
import { parts } from './parts';

const places = perLanguage(() => Object.entries(parts).map(([id, title]): Place => [id, title(t)]));

/** The place of the explorer among the sections. */
const MISTAKES = 3;

export class VitrineNotebook extends LitElement {
  static override styles = [shared, table, notebookStyles];
  static override properties = {
    notebook: { attribute: false },
    state: { attribute: false },
    trials: { attribute: false },
    statuses: { attribute: false },
    testSet: { attribute: false },
    measuring: { type: Boolean },
    brief: { type: Boolean },
    here: { state: true },
  };

  declare notebook: Notebook;
  /** The notebook's, at this moment. */
  declare state: NotebookState;
  declare trials: readonly Trial[];
  declare statuses: ReadonlyMap<ModelId, ModelStatus>;
  declare testSet: TestSetState;
  declare measuring: boolean;
  /** Whether the explorer of mistakes is all that is wanted. */
  declare brief: boolean;
  /** The section that is in the middle of the view, by the id of its heading; empty while none of the notebook is. */
  declare here: string;

  readonly #spy = spy((place, isThere) => {
    if (place !== this && isThere) this.here = place.getAttribute('aria-labelledby') ?? '';
    if (place === this && !isThere) this.here = '';
  });

  readonly #counts = memo(modelCounts);
  readonly #report = memo(reportOf);
  // Kept while nothing changes, so that the list of images stays where the visitor left it.
  readonly #groups = memo(groupsOf);
  readonly #sets = memo(setsOf);
  readonly #rough = memo((told: Told | undefined) => told && calibrationOf(told.replies));
  readonly #differing = memo((first: ModelId, told: readonly Told[], committedOnes: NotebookState['committed']): number | undefined => {
    const own = told.find(({ model }) => model === first);
    const there = committedOnes?.get(first);
    return own?.measured && there && isSameTruth(own.replies, there) ? differences(own.replies, there) : undefined;
  });

  /** The button makes way for the progress: the focus goes to the section's heading. */
  #measure({ currentTarget }: Event, models: readonly ModelId[]): void {
    passFocus((currentTarget as Element).closest('section')?.querySelector('h2'));
    this.dispatchEvent(new MeasureStartEvent(models));
  }

  /** A button that measures, or how the measurement of `models` stands. */
  #measurement(models: readonly ModelId[]): TemplateResult {
    const { explorer } = t.notebook;
    if (this.#isWithoutImages()) return this.#handIn();
    const waiting = this.trials.filter(({ model, state }) => models.includes(model) && state === 'waiting').map(({ model }) => t.model(model));
    const running = this.trials.find(({ state }) => state === 'running');
    if (this.measuring && (waiting.length > 0 || (running && models.includes(running.model)))) {
      const { done = 0, total = 1 } = running?.measurement ?? {};
      const isOwn = !running || models.includes(running.model);
      const name = running ? t.model(running.model) : (waiting[0] ?? '');
      return html`<p class="ask">
        <progress max=${total} .value=${done} aria-label=${t.measure.progress(running?.model ?? '')}></progress>
        <span class="soft">${isOwn ? explorer.measuring(name, done, running?.measurement ? total : 0) : explorer.waitsFor(waiting, name, done, total)}</span>
        ${isOwn ? nothing : html`<button type="button" @click=${(event: Event) => this.#measure(event, models)}>${explorer.next}</button>`}
      </p>`;
    }
    const ready = !this.measuring && [...this.statuses.values()].some(({ kind }) => kind === 'ready');
    return html`<p class="ask">
      ${button(t.measure.start, ready, (event) => this.#measure(event, models), 'primary')}
    </p>`;
  }

  #isWithoutImages(): boolean {
    return this.testSet === 'wanted' || this.testSet === 'opening';
  }

  #handIn(): TemplateResult {
    const { explorer } = t.notebook;
    if (this.brief) return this.#files();
    return html`<p class="soft">${explorer.needsFiles} <a href="#at=measure" @click=${(event: Event) => this.#goTo(event, 'measure')}>${explorer.handIn}</a></p>`;
  }

  /** Where the notebook's part is alone, the files are handed in at it: there is no other place. The focus goes to its heading. */
  #files(): TemplateResult {
    const pass = ({ currentTarget }: Event): void => passFocus((currentTarget as Element).closest('section')?.querySelector('h2'));
    return html`<vitrine-test-files ?missing=${this.testSet === 'missing'} @test-files=${pass}></vitrine-test-files>${this.testSet === 'opening' ? html`<p class="soft patient">${t.measure.opening}</p>` : nothing}`;
  }

  /** A link's way to a section: what the page shows goes with it. */
  #goTo(event: Event, place: string): void {
    event.preventDefault();
    this.dispatchEvent(new PlaceWantedEvent(place));
  }

  #outcome(): Outcome | undefined {
    return this.state.measured.find(({ model }) => model === this.state.trusted)?.outcome;
  }

  #trust(): TemplateResult {
    const { trust } = t.notebook;
    const { trusted, label, threshold, calibrations, problems } = this.state;
    const outcome = this.#outcome();
    const calibration = calibrations.get(trusted)?.calibration ?? this.#rough(this.state.told.find(({ model, measured }) => model === trusted && !measured));
    const dossier = dossiers.find(({ model }) => model === trusted);
    return html`<section class="wide" aria-labelledby="trust">
      <h2 id="trust">${trust.title}</h2>
      <p class="lede soft">${trust.lede}</p>
      <div class="choice">
        <label for="trusted">${trust.model}</label>
        <select id="trusted" @change=${(event: Event) => this.notebook.trust((event.target as HTMLSelectElement).value)}>
          ${dossiers.filter(({ measured }) => measured).map(({ model }) => html`<option value=${model} ?selected=${model === trusted}>${t.model(model)}</option>`)}
        </select>
        <span class="soft small">${calibration ? (outcome ? trust.on : trust.told)(calibration.images) : trust.committed}</span>
      </div>
      ${problems.trust ? html`<p class="problem">${foreign(trust.failed(problems.trust()))}</p>` : nothing}
      <vitrine-calibration-panel .label=${label} .threshold=${threshold} @trust-change=${({ part }: TrustEvent) => this.notebook.show(part)} .calibration=${calibration} .committed=${dossier && committed(dossier)} .classes=${classNames(labels)}></vitrine-calibration-panel>
      ${outcome ? nothing : html`<p>${(calibration ? trust.measureMore : trust.measureFirst)(t.model(trusted))}</p>${this.#measurement([trusted])}`}
    </section>`;
  }

  /** Each with what it is made of: it is rendered again when some of that is another. */
  readonly #sections: readonly (() => unknown)[] = [
    () => {
      const { gallery, recalled, problems } = this.state;
      return guard([t, gallery, problems.gallery, recalled, problems.recall], () =>
        dataSection(gallery, gallery ? undefined : problems.gallery?.(), {
          pictures: recalled,
          problem: problems.recall?.(),
          want: () => this.notebook.showSuspects(),
        }),
      );
    },
    () => guard([t, this.state.drawings], () => modelsSection(this.state.drawings, (model) => void this.notebook.draw(model))),
    () => guard([t], comparedSection),
    () => {
      const { selection, told, done, images, problems } = this.state;
      const groups = this.#groups(selection, told, this.#sets(told));
      return guard([t, selection, done, told, groups, images, problems.images, problems.answers, this.testSet, ...(groups ? [] : this.#progress())], () => this.#mistakes(groups));
    },
    () => {
      const { trusted, label, threshold, done, told, calibrations, problems } = this.state;
      return guard([t, trusted, label, threshold, done, told, calibrations, problems.trust, ...(this.#outcome() ? [] : this.#progress())], () => this.#trust());
    },
  ];
  readonly #shown = new Gradual(this, () => (this.brief ? MISTAKES + 1 : this.#sections.length));

  /** What {@link #measurement} is made of. */
  #progress(): unknown[] {
    return [this.testSet, this.measuring, this.trials, this.statuses];
  }

  #mistakes(groups: readonly MemberGroup[] | undefined): TemplateResult {
    const { selection, done, measured, told, committed: there, images, problems } = this.state;
    return mistakesSection({
      classes: classNames(labels),
      selection,
      told,
      sets: this.#sets(told),
      differing: this.#differing(selection.first, told, there),
      untold: problems.answers?.(),
      retry: () => this.notebook.retryAnswers(),
      imageless: this.#isWithoutImages() ? this.#handIn() : this.brief && this.testSet === 'missing' ? this.#files() : nothing,
      counts: this.#counts(done),
      report: this.#report(selection.first, done),
      measured,
      groups,
      images,
      problem: problems.images?.(),
      measuring: (models) => this.#measurement(models),
      explore: (part) => this.notebook.explore(part),
      want: (indices) => {
        if (!this.#isWithoutImages()) void this.notebook.fetchImages(indices);
      },
    });
  }

  constructor() {
    super();
    this.here = '';
  }

  /** A place in it, by its id, once that is rendered. */
  async reach(id: string): Promise<HTMLElement | undefined> {
    for (;;) {
      await this.updateComplete;
      const place = this.renderRoot.querySelector<HTMLElement>(`#${id}`);
      if (place || this.#shown.count >= this.#sections.length) return place ?? undefined;
      await new Promise<void>((done) => schedule(done));
    }
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.hasUpdated) this.requestUpdate();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#spy.disconnect();
  }

  override updated(): void {
    if (this.brief) return;
    this.#spy.observe(this);
    for (const section of this.renderRoot.querySelectorAll('section')) this.#spy.observe(section);
  }

  override render(): TemplateResult {
    return html`${this.brief ? nothing : html`<vitrine-place-list .label=${t.notebook.title} .here=${this.here} .places=${places()}></vitrine-place-list>`}
    ${this.#sections.slice(this.brief ? MISTAKES : 0, this.#shown.count).map((section) => section())}`;
  }
}
