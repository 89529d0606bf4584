/** The engine as the page sees it: models that load by themselves, a look at the newest picture, measurements. */
import type { Measurement, ModelId, ModelStatus, Picture, Recipe } from '../shapes';
import type { Architecture } from '../shapes.notebook';
import { modelFiles, testSetUrls } from './artefacts';
import { Client, type CallOptions } from './client';
import { CodedError, failure } from './failure';
import { Latest } from './latest';
import type { Calls, CallName, ModelFile, Sight, TestFiles } from './protocol';

/** How many neighbours a look brings. */
export const NEIGHBOURS = 8;
/** Panics in a row after which the worker is not started again. */
const MOST_RESTARTS = 3;

/** One look: what to look at, and whom to tell. */
export interface Look {
  readonly picture: Picture;
  readonly recipe: Recipe;
  /** Steps that are not as the recipe has them. */
  readonly switched: readonly string[];
  readonly see: (sight: Sight) => void;
  /** Called once, at the end of a look that no newer one replaced; `problem` when it failed. */
  readonly end: (problem?: CodedError) => void;
}

export class Engine {
  /** The models of this build, in the order in which they load. */
  readonly models: readonly ModelId[] = modelFiles.map(({ model }) => model);
  /** Whether this build packs the test set. */
  readonly hasTestSet = testSetUrls !== undefined;
  readonly #tell: (model: ModelId, status: ModelStatus) => void;
  readonly #client = new Client(
    () => new Worker(new URL('./worker.ts', import.meta.url), { type: 'module', name: 'vitrine' }),
    () => this.#restart(),
  );
  readonly #looks = new Latest<Look>((look, signal) => this.#look(look, signal));
  #module: WebAssembly.Module | undefined;
  #started: Promise<void> | undefined;
  #testFiles: TestFiles | undefined = testSetUrls;
  #opened: Promise<number> | undefined;
  #restarts = 0;
  /** Counts starts: the loads of an earlier one end when a restart begins anew. */
  #generation = 0;

  /** `tell`: called whenever a model's status changes. */
  constructor(tell: (model: ModelId, status: ModelStatus) => void) {
    this.#tell = tell;
  }

  /** Starts the worker and loads every model, one after the other. Failures become statuses. */
  async start(): Promise<void> {
    const generation = ++this.#generation;
    for (const file of modelFiles) {
      await this.load(file);
      if (generation !== this.#generation) return;
    }
  }

  /** Loads a model, again after a failure. */
  async retry(model: ModelId): Promise<void> {
    const file = modelFiles.find((candidate) => candidate.model === model);
    if (file) await this.load(file);
  }

  /** Looks at a picture as soon as the worker is free; a newer look replaces it. */
  look(look: Look): void {
    this.#looks.push(look);
  }

  /** Takes the visitor's test set; resolves to its length. */
  async openTestSet(files: TestFiles): Promise<number> {
    this.#testFiles = files;
    this.#opened = undefined;
    return this.testSet();
  }

  /** A test image and its label; `index` from 0, below the length of the set. */
  async sample(choose: (length: number) => number): Promise<{ picture: Picture; label: number; index: number }> {
    const index = choose(await this.testSet());
    return { ...(await this.#client.call('sample', { index })), index };
  }

  /** Measures a model on the test set; when `signal` fires, resolves to the partial result. */
  async measure(model: ModelId, progress: (measurement: Measurement) => void, signal: AbortSignal): Promise<Measurement> {
    await this.testSet();
    return this.#client.call('measure', { model }, { progress, signal });
  }

  /** Any other call, once the worker is there: panels that load later bring their own. */
  async ask<Name extends CallName>(call: Name, ask: Calls[Name]['ask'], options: CallOptions<Name> = {}): Promise<Calls[Name]['value']> {
    await this.#ready();
    return this.#client.call(call, ask, options);
  }

  /** The layers of a model's file. */
  architecture(model: ModelId): Promise<Architecture> {
    const file = modelFiles.find((candidate) => candidate.model === model);
    if (!file) throw new CodedError('parameter', `this build has no model ${model}`);
    return this.ask('architecture', file);
  }

  /** Fetches and reads one file; the outcome becomes the model's status. */
  async load(file: ModelFile): Promise<void> {
    const { model } = file;
    this.#tell(model, { kind: 'loading', fraction: 0 });
    try {
      await this.#ready();
      await this.#client.call('load', file, { progress: (fraction) => this.#tell(model, { kind: 'loading', fraction }) });
      this.#tell(model, { kind: 'ready' });
    } catch (thrown) {
      this.#tell(model, { kind: 'failed', failure: failure(thrown) });
    }
  }

  async #look({ picture, recipe, switched, see, end }: Look, signal: AbortSignal): Promise<void> {
    try {
      await this.#ready();
      const progress = (sight: Sight): void => {
        if (!signal.aborted) see(sight);
      };
      await this.#client.call('look', { picture, recipe, switched, neighbours: NEIGHBOURS }, { progress, signal });
      if (!signal.aborted) end();
    } catch (thrown) {
      if (!signal.aborted) {
        const { code, message } = failure(thrown);
        end(new CodedError(code, message));
      }
    }
  }

  #ready(): Promise<void> {
    this.#started ??= this.#client.call('start', { module: this.#module }).then(
      ({ module }) => {
        this.#module = module;
      },
      (problem: unknown) => {
        this.#started = undefined;
        throw problem;
      },
    );
    return this.#started;
  }

  /** Opens the test set unless it is open; resolves to its length. */
  async testSet(): Promise<number> {
    const files = this.#testFiles;
    if (!files) throw new CodedError('parameter', 'this build has no test set; drop the two t10k files');
    this.#opened ??= this.#ready()
      .then(() => this.#client.call('open', files))
      .then(
        ({ length }) => length,
        (problem: unknown) => {
          this.#opened = undefined;
          throw problem;
        },
      );
    return this.#opened;
  }

  /** After a panic: a fresh instance from the kept module, and the models again. */
  #restart(): void {
    this.#started = undefined;
    this.#opened = undefined;
    this.#restarts += 1;
    if (this.#restarts <= MOST_RESTARTS) void this.start();
  }
}
