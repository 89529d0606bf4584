/** Measures the models in this browser, on the test set that the build packs or the visitor brings. */
import type { TestSetState } from '../components/measure-panel';
import { Controller } from '../controller';
import type { Lab } from '../lab/controller';
import { describeFailure } from '../lab/describe-failure';
import { t } from '../messages';
import { Newest } from '../newest';
import type { ModelId, Trial } from '../shapes';

/** What it needs of the lab. */
type LabPart = Pick<Lab, 'state' | 'set' | 'say' | 'complain' | 'haveTestSet' | 'lackTestSet'> & { readonly engine: Pick<Lab['engine'], 'testSet' | 'openTestSet' | 'measure'> };

export interface MeasuringState {
  readonly running: boolean;
  readonly trials: readonly Trial[];
}

export class Measuring extends Controller<MeasuringState> {
  readonly #lab: LabPart;
  readonly #files = new Newest();
  /** How the test set stood before files were handed in. */
  #before: TestSetState = 'wanted';
  #run: AbortController | undefined;
  /** Those that are still to be measured, in order. */
  #queue: ModelId[] = [];

  /** `changed`: called after every change of `state`. */
  constructor(lab: LabPart, changed: () => void) {
    super({ running: false, trials: [] }, changed);
    this.#lab = lab;
  }

  /** Takes the visitor's own copy of the test set; of two that are being read, the one handed in last. */
  takeTestFiles(files: readonly File[]): void {
    const [images, labels] = files.toSorted((a, b) => b.size - a.size);
    if (files.length !== 2 || !images || !labels) {
      this.#lab.complain(() => t.errors.testFiles);
      return;
    }
    const { testSet } = this.#lab.state;
    if (testSet !== 'opening') this.#before = testSet;
    this.#lab.set({ testSet: 'opening', problem: undefined });
    void this.#files.run(
      () => this.#lab.engine.openTestSet({ images, labels }),
      (length) => {
        this.#lab.set({ testSet: 'opened', status: t.measure.opened(length) });
        // What was measured was another set.
        if (!this.state.running) this.set({ trials: [] });
      },
      (thrown) => {
        this.#lab.set({ testSet: this.#before });
        this.#lab.complain(() => describeFailure(thrown));
      },
    );
  }

  /**
   * Measures every loaded model that is not measured yet, or every one again, one after the other; `wanted` before all others.
   * While a measurement runs these are put next.
   */
  async start(wanted: readonly ModelId[] = []): Promise<void> {
    const isWanted = (model: ModelId): boolean => wanted.includes(model);
    if (this.state.running) {
      this.#queue.sort((a, b) => Number(isWanted(b)) - Number(isWanted(a)));
      this.set({});
      return;
    }
    const { models, statuses } = this.#lab.state;
    const loaded = models.filter((model) => statuses.get(model)?.kind === 'ready');
    const before = new Map(this.state.trials.filter(({ state }) => state === 'done').map((trial) => [trial.model, trial]));
    if (loaded.every((model) => before.has(model))) before.clear();
    this.#queue = loaded.filter((model) => !before.has(model)).sort((a, b) => Number(isWanted(b)) - Number(isWanted(a)));
    const run = new AbortController();
    this.#run = run;
    this.#lab.set({ problem: undefined });
    this.set({ running: true, trials: loaded.map((model) => before.get(model) ?? { model, state: 'waiting', measurement: undefined }) });
    try {
      // A test set that is still on its way holds up nobody who has cancelled.
      await Promise.race([this.#lab.engine.testSet(), aborted(run.signal)]);
    } catch (thrown) {
      this.set({ running: false, trials: [...before.values()] });
      this.#lab.lackTestSet();
      this.#lab.complain(() => t.errors.measuring(describeFailure(thrown)));
      return;
    }
    this.#lab.haveTestSet();
    for (let model = this.#queue.shift(); model !== undefined; model = this.#queue.shift()) {
      if (run.signal.aborted) this.#trial({ model, state: 'cancelled', measurement: undefined });
      else await this.#measure(model, run.signal);
    }
    this.set({ running: false });
    this.#lab.say(run.signal.aborted ? t.measure.announceCancelled : t.measure.finished);
  }

  cancel(): void {
    this.#run?.abort();
  }

  async #measure(model: ModelId, signal: AbortSignal): Promise<void> {
    this.#trial({ model, state: 'running', measurement: undefined });
    try {
      const measurement = await this.#lab.engine.measure(model, (soFar) => this.#trial({ model, state: 'running', measurement: soFar }), signal);
      this.#trial({ model, state: measurement.done < measurement.total ? 'cancelled' : 'done', measurement });
      if (measurement.done === measurement.total) this.#lab.say(t.measure.announceDone(model, measurement.accuracy));
    } catch (thrown) {
      const before = this.state.trials.find((trial) => trial.model === model)?.measurement;
      this.#trial({ model, state: signal.aborted ? 'cancelled' : 'failed', measurement: before });
      if (!signal.aborted) this.#lab.complain(() => t.errors.measuring(describeFailure(thrown)));
    }
  }

  #trial(trial: Trial): void {
    this.set({ trials: this.state.trials.map((old) => (old.model === trial.model ? trial : old)) });
  }
}

const aborted = (signal: AbortSignal): Promise<void> => new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
