/** The state of the notebook: what it fetches and computes for what is shown, and what the visitor has chosen. */
import type { TrustEvent } from '../../components/notebook/events';
import type { TestSetState } from '../../components/measure-panel';
import { isSameTruth, repliesOf } from '../../components/notebook/replies';
import { Controller } from '../../controller';
import type { Engine } from '../../engine/engine';
import { describeFailure } from '../../lab/describe-failure';
import type { ModelId, ModelStatus, Trial } from '../../shapes';
import type { Calibration, Gallery, Outcome, Replies, Selection, Told } from '../../shapes.notebook';
import { answersFile, labels, sums } from './data';
import { EACH, suspects } from './data-section';
import { dossiers } from './dossiers';
import { type Measured, measuredModels } from './mistakes-section';
import type { Views } from '../views';
import { cellOf, cellText, THRESHOLD, trustOf, trustText } from './link';
import type { Drawing } from './models-section';
import { testAnswers } from './test-answers';

/** What the notebook follows. */
export interface Followed {
  readonly trials: readonly Trial[];
  readonly statuses: ReadonlyMap<ModelId, ModelStatus>;
  readonly testSet: TestSetState;
}

/** How far a model can be trusted, by a measurement. */
interface Trusted {
  readonly outcome: Outcome;
  readonly calibration: Calibration;
}

export interface NotebookState {
  readonly gallery: Gallery | undefined;
  /** Pictures of the doubted training images, none yet while they are on their way; `undefined` until they are wanted. */
  readonly recalled: ReadonlyMap<number, Uint8Array> | undefined;
  /** What went wrong, by what was wanted, in the language in use. */
  readonly problems: Readonly<Partial<Record<'gallery' | 'recall' | 'images' | 'trust' | 'answers', () => string>>>;
  readonly drawings: ReadonlyMap<ModelId, Drawing>;
  readonly selection: Selection;
  /** Test images by number, as far as they were wanted. */
  readonly images: ReadonlyMap<number, Uint8Array>;
  /** The trials that have ended. Those that run change several times a second, and what is shown of the ended ones does not. */
  readonly done: readonly Trial[];
  readonly measured: readonly Measured[];
  /** What is committed of every answer, by model; `undefined` until it has come. */
  readonly committed: ReadonlyMap<ModelId, Replies> | undefined;
  /** The replies of every model that has any, in the order shown: measured where they are, committed otherwise. */
  readonly told: readonly Told[];
  /** Whose calibration is shown. */
  readonly trusted: ModelId;
  /** Which class's curves are brought forward; `undefined` for the one that is told apart worst. */
  readonly label: number | undefined;
  /** The least confidence that is answered, in per cent. */
  readonly threshold: number;
  /** Of the measurements in `measured`, as far as they were wanted. */
  readonly calibrations: ReadonlyMap<ModelId, Trusted>;
}

/** Models that have figures, and the one that is shown first. */
const models = dossiers.filter(({ measured }) => measured).map(({ model }) => model);
const usual = models[0] ?? '';

/** What a link says, and an entry of the history. */
function viewed(views: Views): Pick<NotebookState, 'selection' | 'trusted' | 'label' | 'threshold'> {
  return {
    selection: cellOf(views.get('cell'), models, labels.length, usual),
    ...trustOf(views.get('trust'), models, labels.length, usual),
    threshold: Number(views.get('threshold') ?? THRESHOLD),
  };
}

function initial(views: Views): NotebookState {
  return {
    ...viewed(views),
    gallery: undefined,
    recalled: undefined,
    problems: {},
    drawings: new Map(),
    images: new Map(),
    done: [],
    measured: [],
    committed: undefined,
    told: [],
    calibrations: new Map(),
  };
}

export class Notebook extends Controller<NotebookState> {
  readonly #engine: Pick<Engine, 'ask' | 'diagram' | 'forgive' | 'testSet'>;
  #around: Followed = { trials: [], statuses: new Map(), testSet: 'wanted' };
  /** What was begun and is not to be begun again: pieces of work by name, images by number, measurements. */
  readonly #begun = new Set<unknown>();
  readonly #views: Views;

  /** `changed`: called after every change of `state`; `views`: what a link says of it. */
  constructor(engine: Pick<Engine, 'ask' | 'diagram' | 'forgive' | 'testSet'>, changed: () => void, views: Views) {
    super(initial(views), changed);
    this.#views = views;
    this.#engine = engine;
  }

  /** Takes what there is now, and fetches what it makes possible. */
  follow(around: Followed): void {
    this.#around = around;
    const done = around.trials.filter(({ state }) => state === 'done');
    if (done.length !== this.state.done.length || done.some((trial, at) => trial !== this.state.done[at])) this.#take(done);
    if (around.testSet === 'missing') this.#begun.delete('gallery packed');
    if (!this.#hasIndex()) for (const work of ['gallery index', 'recall']) this.#begun.delete(work);
    this.#showGallery();
    this.#recall();
    this.#calibrate();
    this.#fetchAnswers();
  }

  /** Fetches the committed answers again, after a failure. */
  retryAnswers(): void {
    this.#begun.delete('answers');
    this.#engine.forgive('file');
    this.#fetchAnswers();
  }

  /** Takes what a link says, or an entry of the history. */
  adopt(): void {
    const told = viewed(this.#views);
    const { selection, trusted, label, threshold } = this.state;
    if (cellText(told.selection, usual) !== cellText(selection, usual)) this.set({ selection: told.selection });
    if (told.trusted !== trusted) this.#trust(told.trusted);
    if (told.label !== label || told.threshold !== threshold) this.set({ label: told.label, threshold: told.threshold });
  }

  /** Changes what is shown of the trusted model. */
  show({ label = this.state.label, threshold = this.state.threshold }: TrustEvent['part']): void {
    this.set({ label, threshold });
    this.#views.set('trust', trustText(this.state, usual));
    this.#views.set('threshold', threshold === THRESHOLD ? undefined : String(threshold));
  }

  /** Changes what the explorer of confusions shows: a cell takes the place of a set, and the other way round. */
  explore(part: Partial<Selection>): void {
    const closed = part.cell ? { set: undefined } : part.set ? { cell: undefined } : {};
    this.set({ selection: { ...this.state.selection, ...closed, ...part } });
    this.#views.set('cell', cellText(this.state.selection, usual));
  }

  /** Chooses whose calibration is shown; computed again where that failed. */
  trust(model: ModelId): void {
    this.#trust(model);
    this.#views.set('trust', trustText(this.state, usual));
  }

  #trust(model: ModelId): void {
    const outcome = this.state.measured.find((candidate) => candidate.model === model)?.outcome;
    if (this.state.problems.trust) this.#begun.delete(outcome);
    this.#engine.forgive('calibrate');
    this.set({ trusted: model });
    this.#problem('trust', undefined);
    this.#calibrate();
  }

  /** Wants the pictures of the doubted training images; again where that failed. */
  showSuspects(): void {
    if (this.state.problems.recall) this.#begun.delete('recall');
    this.#engine.forgive('recall');
    if (!this.state.recalled) this.set({ recalled: new Map() });
    this.#recall();
  }

  /** Draws a model as its file holds it. */
  async draw(model: ModelId): Promise<void> {
    const drawn = this.state.drawings.get(model);
    if (drawn && 'diagram' in drawn) return;
    let drawing: Drawing;
    try {
      drawing = { diagram: await this.#engine.diagram(model) };
    } catch (thrown) {
      drawing = { problem: () => describeFailure(thrown) };
    }
    this.set({ drawings: new Map(this.state.drawings).set(model, drawing) });
  }

  /** Fetches test images that are not there yet. */
  async fetchImages(indices: readonly number[]): Promise<void> {
    const missing = indices.filter((index) => !this.state.images.has(index) && !this.#begun.has(index));
    if (missing.length === 0) return;
    for (const index of missing) this.#begun.add(index);
    this.#engine.forgive('images');
    try {
      await this.#engine.testSet();
      const pixels = await this.#engine.ask('images', { indices: missing });
      const images = new Map(this.state.images);
      missing.forEach((index, at) => {
        const arrived = pixels[at];
        if (arrived) images.set(index, arrived);
      });
      this.set({ images });
      this.#testSetCame();
      this.#problem('images', undefined);
    } catch (thrown) {
      this.#problem('images', () => describeFailure(thrown));
    } finally {
      for (const index of missing) this.#begun.delete(index);
    }
  }

  /** The test set is there: what it failed to bring is asked for again. */
  #testSetCame(): void {
    if (this.state.gallery?.source !== 'test') this.#begun.delete('gallery packed');
  }

  /** Takes the measurements that have ended; what belongs to earlier ones is let go. */
  #take(done: readonly Trial[]): void {
    if (done.length > 0) this.#testSetCame();
    const measured = measuredModels(done);
    const isCurrent = (outcome: Outcome): boolean => measured.some((each) => each.outcome === outcome);
    for (const { outcome } of this.state.measured) if (!isCurrent(outcome)) this.#begun.delete(outcome);
    this.set({ done, measured, told: toldBy(measured, this.state.committed), calibrations: new Map([...this.state.calibrations].filter(([, { outcome }]) => isCurrent(outcome))) });
  }

  #fetchAnswers(): void {
    const file = answersFile;
    if (!file || this.state.committed) return;
    this.#once('answers', 'answers', async () => {
      const committed = testAnswers(await this.#engine.ask('file', file), sums);
      this.set({ committed, told: toldBy(this.state.measured, committed) });
    });
  }

  #problem(of: keyof NotebookState['problems'], problem: (() => string) | undefined): void {
    if (this.state.problems[of] !== problem) this.set({ problems: { ...this.state.problems, [of]: problem } });
  }

  /** Runs `work` unless it was begun before. */
  #once(key: unknown, of: keyof NotebookState['problems'], work: () => Promise<void>): void {
    if (this.#begun.has(key)) return;
    this.#begun.add(key);
    work().then(
      () => this.#problem(of, undefined),
      (thrown: unknown) => this.#problem(of, () => describeFailure(thrown)),
    );
  }

  /** Of the test set where there is one; of the index, once it is there, otherwise. */
  #showGallery(): void {
    const { testSet } = this.#around;
    if (this.state.gallery?.source === 'test') return;
    if (testSet === 'packed' || testSet === 'opened') {
      this.#once(`gallery ${testSet}`, 'gallery', async () => {
        await this.#engine.testSet();
        this.set({ gallery: await this.#engine.ask('gallery', { source: 'test', each: EACH }) });
      });
    }
    const settled = testSet === 'wanted' || this.state.problems.gallery !== undefined;
    if (settled && !this.state.gallery && this.#hasIndex()) {
      this.#once('gallery index', 'gallery', async () => {
        const gallery = await this.#engine.ask('gallery', { source: 'index', each: EACH });
        if (this.state.gallery?.source !== 'test') this.set({ gallery });
      });
    }
  }

  #recall(): void {
    if (!this.state.recalled || !this.#hasIndex()) return;
    this.#once('recall', 'recall', async () => {
      const shown = suspects.flatMap(({ index, reference }) => (reference === undefined ? [] : [{ index, reference }]));
      const pixels = await this.#engine.ask('recall', { references: shown.map(({ reference }) => reference) });
      this.set({ recalled: new Map(shown.flatMap(({ index }, at) => (pixels[at] ? [[index, pixels[at]] as const] : []))) });
    });
  }

  #hasIndex(): boolean {
    return dossiers.some(({ model, history }) => history === undefined && this.#around.statuses.get(model)?.kind === 'ready');
  }

  #calibrate(): void {
    const { trusted: model, measured, calibrations } = this.state;
    const outcome = measured.find((candidate) => candidate.model === model)?.outcome;
    if (!outcome || calibrations.get(model)?.outcome === outcome) return;
    this.#once(outcome, 'trust', async () => {
      const calibration = await this.#engine.ask('calibrate', outcome);
      const isCurrent = this.state.measured.some((each) => each.outcome === outcome);
      if (isCurrent) this.set({ calibrations: new Map(this.state.calibrations).set(model, { outcome, calibration }) });
    });
  }
}

/** Of a measurement on other images than those of the committed answers nothing committed stands beside it. */
function toldBy(measured: readonly Measured[], committed: ReadonlyMap<ModelId, Replies> | undefined): Told[] {
  const own = new Map(measured.map(({ model, outcome }) => [model, repliesOf(outcome)]));
  const isOther = (replies: Replies): boolean => [...own.values()].some((measuredHere) => !isSameTruth(measuredHere, replies));
  return dossiers.flatMap(({ model }): Told[] => {
    const here = own.get(model);
    if (here) return [{ model, replies: here, measured: true }];
    const there = committed?.get(model);
    return there && !isOther(there) ? [{ model, replies: there, measured: false }] : [];
  });
}
