/** The engine as the page sees it: models that load by themselves, a look at the newest picture, measurements. */
import type { Frame, Measurement, ModelId, ModelStatus, Neighbour, Picture, Place, Recipe } from '../shapes';
import type { Diagram } from '../shapes.notebook';
import { Client, type CallOptions, type Fault, type Port } from './client';
import { CodedError, codeOf, ended, failure } from './failure';
import { Faults } from './faults';
import { Helpers } from './helpers';
import { Latest } from './latest';
import { type Limits, LIMITS } from './limits';
import type { Calls, CallName, ModelFile, PictureRead, Sight, TestFiles, WasmFiles } from './protocol';
import { Shelf } from './shelf';
import { unlessAborted } from './unless-aborted';

/** How many neighbours a look brings. */
export const NEIGHBOURS = 8;

/** What an engine is made of: the site, a package, one file and tests give other values. */
export interface Artefacts {
  /** The wasm package, compiled or not. */
  readonly wasm: WebAssembly.Module | WasmFiles;
  /** In the order in which they load. */
  readonly models: readonly ModelFile[];
  /** The classes of the data set, in label order. */
  readonly labels: readonly string[];
  /** `undefined` where the visitor has to bring it. */
  readonly testSet: TestFiles | undefined;
  /**
   * Starts a worker that runs worker.ts: the one that answers, or one that helps it to measure. `mute`: how many before it never
   * said a word; what the browser keeps of the addresses of their script may be damaged, or hang. May throw.
   */
  readonly spawn: (role: 'first' | 'helper', mute: number) => Port;
  /** Threads that a measurement may use; one unless it is given. */
  readonly threads?: number;
  readonly limits?: Limits;
  /** The name of the browser's cache into which goes what is fetched; without one it is not kept. */
  readonly cache?: string | undefined;
}

/** One look: what to look at, and whom to tell. */
export interface Look {
  /** Comes back with every sight. */
  readonly number: number;
  readonly picture: Picture;
  readonly recipe: Recipe;
  /** Steps that are not as the recipe has them. */
  readonly switched: readonly string[];
  /** A place of the ground, on the whole picture. */
  readonly ground?: Place | undefined;
  /** The part of the picture that counts. */
  readonly frame?: Frame | undefined;
  /** Whom to ask, of those that are loaded; all unless it is given. */
  readonly models?: readonly ModelId[] | undefined;
  readonly see: (sight: Sight) => void;
  /** Called once, at the end of a look that no newer one replaced; `problem` when it failed. */
  readonly end: (problem?: CodedError) => void;
}

export class Engine {
  /** In the order in which they load. */
  readonly models: readonly ModelId[];
  /** The classes of the data set, in label order. */
  readonly labels: readonly string[];
  /** Whether there is a test set without the visitor's. */
  readonly hasTestSet: boolean;
  readonly #limits: Limits;
  readonly #cache: string | undefined;
  readonly #fetched: () => void;
  readonly #client: Client;
  readonly #helpers: Helpers;
  readonly #shelf: Shelf;
  readonly #faults = new Faults();
  readonly #looks = new Latest<Look>((look, signal) => this.#look(look, signal));
  /** Those that were asked for. */
  readonly #wanted = new Set<ModelId>();
  #wasm: Artefacts['wasm'];
  #started: Promise<WebAssembly.Module> | undefined;
  #testFiles: TestFiles | undefined;
  /** The build's own. */
  readonly #packed: TestFiles | undefined;
  #opened: Promise<number> | undefined;
  #openings = 0;
  /** Whether the wasm package, and the test set, are fetched past the browser's caches: what came before was wrong. */
  #anew = { start: false, open: false };
  /** Counts workers: what was begun with an earlier one has ended with it. */
  #generation = 0;
  #measurements = 0;
  /** Workers that never said a word. */
  #mute = 0;
  #ended = false;

  /** `tell`: called whenever a model's status changes. `fetched`: called when the build's test set has come. */
  constructor(
    { wasm, models, labels, testSet, spawn, threads = 1, limits = LIMITS, cache }: Artefacts,
    tell: (model: ModelId, status: ModelStatus) => void,
    fetched = (): void => undefined,
  ) {
    this.#limits = limits;
    this.#cache = cache;
    this.#packed = testSet;
    this.#fetched = fetched;
    this.#wasm = wasm;
    this.#testFiles = testSet;
    this.labels = labels;
    this.hasTestSet = testSet !== undefined;
    this.#client = new Client(() => spawn('first', this.#mute), (fault) => this.#lost(fault), limits);
    this.#helpers = new Helpers({ spawn: () => spawn('helper', this.#mute), threads, limits });
    this.#shelf = new Shelf(models, tell);
    this.models = this.#shelf.models;
  }

  /** Starts the worker and loads models, every one unless some are named: the first one ahead, the others side by side. Failures become statuses. */
  start(models: readonly ModelId[] = this.models): void {
    for (const model of models) this.#wanted.add(model);
    const [first, ...others] = this.#shelf.all('waiting').filter((model) => this.#wanted.has(model));
    if (first === undefined) return;
    const loaded = this.#load(first);
    const ahead = this.#ready().then(() => this.#withinHead(loaded), () => undefined);
    for (const model of others) void this.#load(model, { ahead });
  }

  /** Tries again what `model` failed of: it, and all that failed of the same. */
  retry(model: ModelId): void {
    const same = this.#shelf.all('failed').filter((other) => other === model || this.#isSame(model, other));
    this.#faults.forgive();
    this.#anew.start = true;
    for (const failed of same) void this.#load(failed, { anew: true });
  }

  /** Lets be asked again what ended a worker. */
  forgive(...calls: CallName[]): void {
    this.#faults.forgive(calls);
  }

  /** Looks at a picture as soon as the worker is free; a newer look replaces it. */
  look(look: Look): void {
    if (this.#ended) look.end(ended());
    else this.#looks.push(look);
  }

  /** Reads a picture at the size that is worked on; rejects with the reason of `signal` when that fires. */
  read(source: Blob | Picture, signal?: AbortSignal): Promise<PictureRead> {
    this.#faults.forgive(['read']);
    return this.ask('read', { source }, signal ? { signal } : {});
  }

  /** Takes the visitor's test set; resolves to its length. */
  async openTestSet(files: TestFiles): Promise<number> {
    const before = this.#testFiles;
    this.#testFiles = files;
    this.#opened = undefined;
    this.#faults.forgive(['open']);
    try {
      return await this.testSet();
    } catch (thrown) {
      // What cannot be read takes nobody's place.
      if (this.#testFiles === files) this.#testFiles = before;
      throw thrown;
    }
  }

  /** Opens the test set unless it is open; resolves to its length. */
  testSet(): Promise<number> {
    if (this.#ended) return Promise.reject(ended());
    const opened = (this.#opened ??= this.#open());
    opened.catch(() => {
      if (this.#opened === opened) this.#opened = undefined;
    });
    return opened;
  }

  /** A test image and its label; `index` from 0, below the length of the set. */
  async sample(choose: (length: number) => number): Promise<{ picture: Picture; label: number; index: number }> {
    this.#faults.forgive(['open', 'sample']);
    const index = choose(await this.testSet());
    return { ...(await this.ask('sample', { index })), index };
  }

  /** Measures a model on the test set; when `signal` fires, resolves to the partial result. */
  async measure(model: ModelId, progress: (measurement: Measurement) => void, signal: AbortSignal): Promise<Measurement> {
    this.#faults.forgive(['open', 'measure']);
    const measurement = ++this.#measurements;
    return this.ask('measure', { model, measurement }, { progress, signal, sharing: (module) => this.#share(module, model, measurement) });
  }

  /**
   * Any call, once all that it needs is there; asked again when something else ended the worker meanwhile. What ended a worker
   * is not asked again before {@link forgive}. `sharing`: called when it was asked; what it returns, when that is over.
   */
  async ask<Name extends CallName>(
    call: Name,
    ask: Calls[Name]['ask'],
    { sharing, ...options }: CallOptions<Name> & { readonly sharing?: (module: WebAssembly.Module) => () => void } = {},
  ): Promise<Calls[Name]['value']> {
    const { model } = (ask ?? {}) as { model?: ModelId };
    for (;;) {
      this.#faults.check(call, model);
      const generation = this.#generation;
      const module = await unlessAborted(
        this.#ready().then(async (ready) => {
          await this.#have(call, ask, model);
          return ready;
        }),
        options.signal,
      );
      if (generation !== this.#generation) continue;
      const answer = this.#client.call(call, ask, options);
      const over = sharing?.(module);
      try {
        const value = await answer;
        this.#faults.succeeded();
        return value;
      } catch (thrown) {
        // Where a model ended the worker, the others are asked anew.
        const others = (call === 'look' || call === 'distort') && thrown instanceof CodedError && thrown.model !== undefined;
        if ((codeOf(thrown) !== 'restarted' && !others) || options.signal?.aborted) throw thrown;
      } finally {
        over?.();
      }
    }
  }

  /** The layers of a model's file. */
  diagram(model: ModelId): Promise<Diagram> {
    this.#faults.forgive(['diagram']);
    return this.ask('diagram', this.#shelf.file(model));
  }

  /** Whether a model is a network: these have layers to look into. */
  isNetwork(model: ModelId): boolean {
    return this.#shelf.file(model).kind === 'network';
  }

  /** Resolves when what was fetched so far is in the cache, or will not be. */
  async written(): Promise<void> {
    await this.ask('written', null).catch(() => undefined);
  }

  /** Ends all workers. What was asked for, and what is asked for from now on, is rejected with the code `ended`. */
  end(): void {
    this.#ended = true;
    this.#helpers.end();
    this.#client.end();
    this.#shelf.end();
  }

  #isSame(one: ModelId, other: ModelId): boolean {
    const [cause, failed] = [this.#shelf.failure(one), this.#shelf.failure(other)];
    if (cause?.model === undefined) return failed?.model === undefined;
    // What ended a worker at one model need not do so at another.
    return failed?.code === cause.code && cause.code !== 'stopped' && cause.code !== 'timeout';
  }

  #ready(): Promise<WebAssembly.Module> {
    const { last } = this.#faults;
    if (last) return Promise.reject(new CodedError(last.code, last.message));
    const { stall } = this.#limits;
    const started = (this.#started ??= this.#client.call('start', { wasm: this.#wasm, stall, anew: this.#anew.start, cache: this.#cache }).then(({ module }) => {
      this.#wasm = module;
      return module;
    }));
    started.catch(() => {
      if (this.#started === started) this.#started = undefined;
    });
    return started;
  }

  /** Waits for what a call needs in the worker beside its ask. */
  async #have(call: CallName, ask: unknown, model: ModelId | undefined): Promise<void> {
    const { source } = (ask ?? {}) as { source?: unknown };
    if (model !== undefined && call !== 'diagram') await this.#loaded(model);
    if (call === 'measure' || call === 'sample' || call === 'images' || (call === 'gallery' && source === 'test')) await this.testSet();
    if (call === 'recall' || (call === 'gallery' && source === 'index')) {
      const index = this.models.find((name) => !this.isNetwork(name));
      if (index !== undefined) await this.#loaded(index);
    }
  }

  async #loaded(model: ModelId): Promise<void> {
    if (this.#shelf.status(model).kind === 'waiting') void this.#load(model);
    return this.#shelf.ready(model);
  }

  /** Waits for what has the connection to itself, but not for long. */
  async #withinHead(loaded: Promise<void>): Promise<void> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    await Promise.race([loaded, new Promise((resolve) => (timer = setTimeout(resolve, this.#limits.head)))]);
    clearTimeout(timer);
  }

  /** `anew`: past the browser's caches. `ahead`: what is fetched before it. */
  async #load(model: ModelId, { anew = false, ahead }: { anew?: boolean; ahead?: Promise<void> } = {}): Promise<void> {
    const generation = this.#generation;
    const current = (): boolean => !this.#ended && generation === this.#generation;
    const file = this.#shelf.file(model);
    this.#shelf.put(model, { kind: 'loading', fraction: 0 });
    const fail = (thrown: unknown, about?: ModelId): void => {
      // Of what a lost worker loaded, `#lost` says how it stands.
      if (current()) this.#shelf.put(model, { kind: 'failed', failure: { ...failure(thrown), model: about } });
    };
    try {
      await this.#ready();
      await ahead;
    } catch (thrown) {
      fail(thrown);
      return;
    }
    if (!current()) return;
    try {
      const progress = (fraction: number): void => {
        if (current()) this.#shelf.put(model, { kind: 'loading', fraction });
      };
      const { labels, bytes } = await this.#client.call('load', { file, anew }, { progress });
      this.#shelf.keep(model, bytes);
      if (current()) this.#shelf.put(model, { kind: 'ready', labels });
    } catch (thrown) {
      fail(thrown, model);
    }
  }

  async #look({ number, picture, recipe, switched, ground, frame, models, see, end }: Look, signal: AbortSignal): Promise<void> {
    let pictureless: readonly Neighbour[] | undefined;
    const progress = (sight: Sight): void => {
      if (signal.aborted) return;
      if (sight.part === 'neighbours' && sight.pictures === 'coming') pictureless = sight.neighbours;
      see(sight);
    };
    try {
      await this.ask('look', { look: number, picture, recipe, switched, ground, frame, models, neighbours: NEIGHBOURS }, { progress, signal });
      if (signal.aborted) return;
      end();
      if (pictureless) void this.#recall(number, pictureless, see);
    } catch (thrown) {
      if (signal.aborted) return;
      const { code, message } = failure(thrown);
      end(new CodedError(code, message));
    }
  }

  /** Brings the pictures of neighbours after a look that had none. */
  async #recall(look: number, neighbours: readonly Neighbour[], see: Look['see']): Promise<void> {
    try {
      const pictures = await this.ask('recall', { references: neighbours.map(({ reference }) => reference) });
      see({ look, part: 'neighbours', neighbours: neighbours.map((one, at) => ({ ...one, thumbnail: pictures[at] })), pictures: 'there' });
    } catch {
      see({ look, part: 'neighbours', neighbours, pictures: 'missing' });
    }
  }

  /** Has helpers share a measurement until the returned function is called. */
  #share(module: WebAssembly.Module, model: ModelId, measurement: number): () => void {
    const over = new AbortController();
    const join = (port: MessagePort): Promise<boolean> => this.#client.call('join', { measurement, model, port }, { transfer: [port] });
    this.#helpers.share({ module, file: this.#shelf.file(model), join }, over.signal);
    return () => over.abort();
  }

  async #open(): Promise<number> {
    const files = this.#testFiles;
    if (!files) throw new CodedError('parameter', 'this build has no test set; drop the two t10k files');
    this.#openings += 1;
    try {
      const opened = await this.ask('open', { files, anew: this.#anew.open });
      // Bytes that are here need not be fetched again.
      if (files === this.#testFiles) this.#testFiles = opened.files;
      if (files === this.#packed) this.#fetched();
      return opened.length;
    } catch (thrown) {
      // The visitor's files are not undone by others that came, or failed, later.
      if (files !== this.#testFiles) return await this.testSet();
      this.#anew.open = true;
      throw thrown;
    } finally {
      this.#openings -= 1;
    }
  }

  /** After a fault: a fresh instance from the kept module, and the models again, but for what was at fault. */
  #lost(fault: Fault): void {
    if (this.#ended) return;
    this.#generation += 1;
    if (!fault.began) this.#mute += 1;
    this.#started = undefined;
    if (this.#openings === 0) this.#opened = undefined;
    const culprit = this.#faults.note(fault);
    const all = !fault.began ? fault.failure : this.#faults.last;
    for (const model of this.models) {
      const { kind } = this.#shelf.status(model);
      if (kind === 'failed') continue;
      if (all ?? model === culprit) this.#shelf.put(model, { kind: 'failed', failure: all ?? { ...fault.failure, model } });
      else this.#shelf.put(model, { kind: 'waiting' });
    }
    if (!all) this.start([]);
  }
}
