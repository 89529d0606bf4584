/**
 * The notebook below the lab: data set, models, mistakes, trust. Fetched when it comes near the view.
 *
 * Events: `measure-start`, `image-open`.
 */
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { guard } from 'lit/directives/guard.js';
import { MeasureStartEvent } from '../../components/events';
import { Gradual } from '../../components/gradual';
import type { Measured } from '../../components/notebook/cell-members';
import type { TestSetState } from '../../components/measure-panel';
import type { Engine } from '../../engine/engine';
import { classNames } from '../../lab/classes';
import { describeFailure } from '../../lab/describe-failure';
import { memo } from '../../memo';
import { t } from '../../messages';
import type { ModelId, ModelStatus, Trial } from '../../shapes';
import type { Calibration, MemberGroup, Gallery, Outcome, Selection } from '../../shapes.notebook';
import { shared } from '../../styles/shared';
import { table } from '../../styles/table';
import { committed, dossiers } from './data';
import { dataSection, EACH, suspects } from './data-section';
import { groupsOf, measuredModels, mistakesSection, modelCounts, reportOf } from './mistakes-section';
import { comparedSection, type Drawing, modelsSection } from './models-section';
import { notebookStyles } from './notebook.styles';

export class VitrineNotebook extends LitElement {
  static override styles = [shared, table, notebookStyles];
  static override properties = {
    engine: { attribute: false },
    trials: { attribute: false },
    statuses: { attribute: false },
    testSet: { attribute: false },
    measuring: { type: Boolean },
    gallery: { state: true },
    recalled: { state: true },
    problems: { state: true },
    drawings: { state: true },
    selection: { state: true },
    images: { state: true },
    trusted: { state: true },
    calibrations: { state: true },
  };

  declare engine: Engine;
  declare trials: readonly Trial[];
  declare statuses: ReadonlyMap<ModelId, ModelStatus>;
  declare testSet: TestSetState;
  declare measuring: boolean;
  declare gallery: Gallery | undefined;
  /** Pictures of the doubted training images; none yet while they are on their way. */
  declare recalled: ReadonlyMap<number, Uint8Array> | undefined;
  /** What went wrong, by what was wanted, in the language in use. */
  declare problems: Readonly<Partial<Record<'gallery' | 'recall' | 'images' | 'trust', () => string>>>;
  declare drawings: ReadonlyMap<ModelId, Drawing>;
  declare selection: Selection;
  declare images: ReadonlyMap<number, Uint8Array>;
  /** Whose calibration is shown. */
  declare trusted: ModelId;
  declare calibrations: ReadonlyMap<Outcome, Calibration>;

  readonly #begun = new Set<unknown>();
  /** The trials that have ended. Those that run change several times a second, and what is shown of the ended ones does not. */
  #done: readonly Trial[] = [];
  #measured: readonly Measured[] = [];
  readonly #counts = memo(modelCounts);
  readonly #report = memo(reportOf);
  #groups: readonly MemberGroup[] | undefined;

  constructor() {
    super();
    const first = dossiers.find(({ measured }) => measured)?.model ?? '';
    this.trials = [];
    this.statuses = new Map();
    this.testSet = 'wanted';
    this.measuring = false;
    this.gallery = undefined;
    this.recalled = undefined;
    this.problems = {};
    this.drawings = new Map();
    this.selection = { first, second: '', share: 'row', cell: undefined };
    this.images = new Map();
    this.trusted = first;
    this.calibrations = new Map();
  }

  override willUpdate(changed: PropertyValues<this>): void {
    const done = this.trials.filter(({ state }) => state === 'done');
    const other = done.length !== this.#done.length || done.some((trial, at) => trial !== this.#done[at]);
    if (other) {
      this.#done = done;
      this.#measured = measuredModels(done);
    }
    // Kept while nothing changes, so that the list of images stays where the visitor left it.
    if (other || changed.has('selection')) this.#groups = groupsOf(this.selection, this.#measured);
  }

  override updated(): void {
    this.#showGallery();
    this.#recall(false);
    this.#calibrate();
  }

  #problem(of: keyof VitrineNotebook['problems'], problem: (() => string) | undefined): void {
    this.problems = { ...this.problems, [of]: problem };
  }

  /** Runs `work` unless it was begun before. */
  #once(key: unknown, of: keyof VitrineNotebook['problems'], work: () => Promise<void>): void {
    if (this.#begun.has(key)) return;
    this.#begun.add(key);
    work().then(
      () => this.#problem(of, undefined),
      (thrown: unknown) => this.#problem(of, () => describeFailure(thrown)),
    );
  }

  /** Of the test set where there is one; of the index, once it is there, otherwise. */
  #showGallery(): void {
    if (this.gallery?.source === 'test') return;
    if (this.testSet === 'packed' || this.testSet === 'opened') {
      this.#once(`gallery ${this.testSet}`, 'gallery', async () => {
        await this.engine.testSet();
        this.gallery = await this.engine.ask('gallery', { source: 'test', each: EACH });
      });
    }
    const settled = this.testSet === 'wanted' || this.problems.gallery !== undefined;
    if (settled && this.#hasIndex()) {
      this.#once('gallery index', 'gallery', async () => {
        this.gallery = await this.engine.ask('gallery', { source: 'index', each: EACH });
      });
    }
  }

  /** Fetches the pictures of the doubted images, once they are wanted and the index is there; again after a failure. */
  #recall(wanted: boolean): void {
    if (wanted) this.recalled ??= new Map();
    if (wanted && this.problems.recall) this.#begun.delete('recall');
    if (!this.recalled || !this.#hasIndex()) return;
    this.#once('recall', 'recall', async () => {
      const shown = suspects.flatMap(({ index, reference }) => (reference === undefined ? [] : [{ index, reference }]));
      const pixels = await this.engine.ask('recall', { references: shown.map(({ reference }) => reference) });
      this.recalled = new Map(shown.flatMap(({ index }, at) => (pixels[at] ? [[index, pixels[at]] as const] : [])));
    });
  }

  #hasIndex(): boolean {
    return dossiers.some(({ model, history }) => history === undefined && this.statuses.get(model)?.kind === 'ready');
  }

  async #draw(model: ModelId): Promise<void> {
    const drawn = this.drawings.get(model);
    if (drawn && 'architecture' in drawn) return;
    let drawing: Drawing;
    try {
      drawing = { architecture: await this.engine.architecture(model) };
    } catch (thrown) {
      drawing = { problem: () => describeFailure(thrown) };
    }
    this.drawings = new Map(this.drawings).set(model, drawing);
  }

  async #fetchImages(indices: readonly number[]): Promise<void> {
    const missing = indices.filter((index) => !this.images.has(index) && !this.#begun.has(index));
    if (missing.length === 0) return;
    for (const index of missing) this.#begun.add(index);
    try {
      await this.engine.testSet();
      const pixels = await this.engine.ask('images', { indices: missing });
      const images = new Map(this.images);
      missing.forEach((index, at) => {
        const arrived = pixels[at];
        if (arrived) images.set(index, arrived);
      });
      this.images = images;
      this.#problem('images', undefined);
    } catch (thrown) {
      for (const index of missing) this.#begun.delete(index);
      this.#problem('images', () => describeFailure(thrown));
    }
  }

  #outcome(): Outcome | undefined {
    return this.#measured.find(({ model }) => model === this.trusted)?.outcome;
  }

  #calibrate(): void {
    const outcome = this.#outcome();
    if (!outcome || this.calibrations.has(outcome)) return;
    this.#once(outcome, 'trust', async () => {
      this.calibrations = new Map(this.calibrations).set(outcome, await this.engine.ask('calibrate', outcome));
    });
  }

  /** A button that measures, or how the measurement of `models` stands. */
  #measurement(models: readonly ModelId[]): TemplateResult {
    const { explorer } = t.notebook;
    if (this.testSet === 'wanted' || this.testSet === 'opening') return html`<p class="soft">${explorer.needsFiles}</p>`;
    const trial = this.trials.find(({ model, state }) => models.includes(model) && (state === 'running' || state === 'waiting'));
    if (this.measuring && trial) {
      const { done = 0, total = 1 } = trial.measurement ?? {};
      return html`<p class="ask">
        <progress max=${total} .value=${done} aria-label=${t.measure.progress(trial.model)}></progress>
        <span class="soft">${explorer.measuring(t.model(trial.model), done, trial.measurement ? total : 0)}</span>
      </p>`;
    }
    const ready = !this.measuring && [...this.statuses.values()].some(({ kind }) => kind === 'ready');
    return html`<p class="ask">
      <button type="button" class="primary" ?disabled=${!ready} @click=${() => this.dispatchEvent(new MeasureStartEvent())}>
        ${t.measure.start}
      </button>
    </p>`;
  }

  #trust(): TemplateResult {
    const { trust } = t.notebook;
    const outcome = this.#outcome();
    const calibration = outcome && this.calibrations.get(outcome);
    const dossier = dossiers.find(({ model }) => model === this.trusted);
    return html`<section class="wide" aria-labelledby="trust">
      <h2 id="trust">${trust.title}</h2>
      <p class="lede soft">${trust.lede}</p>
      <div class="choice">
        <label for="trusted">${trust.model}</label>
        <select id="trusted" @change=${(event: Event) => (this.trusted = (event.target as HTMLSelectElement).value)}>
          ${dossiers.filter(({ measured }) => measured).map(({ model }) => html`<option value=${model} ?selected=${model === this.trusted}>${t.model(model)}</option>`)}
        </select>
        <span class="soft small">${calibration ? trust.on(calibration.images) : trust.committed}</span>
      </div>
      ${this.problems.trust ? html`<p class="problem">${trust.failed(this.problems.trust())}</p>` : nothing}
      <vitrine-calibration-panel .calibration=${calibration} .committed=${dossier && committed(dossier)} .classes=${classNames()}></vitrine-calibration-panel>
      ${outcome ? nothing : html`<p>${trust.measureFirst(t.model(this.trusted))}</p>${this.#measurement([this.trusted])}`}
    </section>`;
  }

  /** Each with what it is made of: it is rendered again when some of that is another. */
  readonly #sections: readonly (() => unknown)[] = [
    () =>
      guard([t, this.gallery, this.problems.gallery, this.recalled, this.problems.recall], () =>
        dataSection(this.gallery, this.gallery ? undefined : this.problems.gallery?.(), {
          pictures: this.recalled,
          problem: this.problems.recall?.(),
          want: () => this.#recall(true),
        }),
      ),
    () => guard([t, this.drawings], () => modelsSection(this.drawings, (model) => void this.#draw(model))),
    () => guard([t], comparedSection),
    () => guard([t, this.selection, this.#done, this.#groups, this.images, this.problems.images, ...(this.#groups ? [] : this.#progress())], () => this.#mistakes()),
    () => guard([t, this.trusted, this.#done, this.calibrations, this.problems.trust, ...(this.#outcome() ? [] : this.#progress())], () => this.#trust()),
  ];
  readonly #shown = new Gradual(this, () => this.#sections.length);

  /** What {@link #measurement} is made of. */
  #progress(): unknown[] {
    return [this.testSet, this.measuring, this.trials, this.statuses];
  }

  #mistakes(): TemplateResult {
    return mistakesSection({
      classes: classNames(),
      selection: this.selection,
      counts: this.#counts(this.#done),
      report: this.#report(this.selection.first, this.#done),
      measured: this.#measured,
      groups: this.#groups,
      images: this.images,
      problem: this.problems.images?.(),
      measuring: (models) => this.#measurement(models),
      explore: (part) => (this.selection = { ...this.selection, ...part }),
      want: (indices) => void this.#fetchImages(indices),
    });
  }

  override render(): TemplateResult {
    return html`${this.#sections.slice(0, this.#shown.count).map((section) => section())}`;
  }
}
