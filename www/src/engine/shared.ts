/**
 * One engine for many who look. Each has a seat with a queue of one, they take turns, and the engine ends some time after the
 * last one left.
 */
import type { ModelId, ModelStatus } from '../shapes';
import { type Artefacts, Engine, type Look } from './engine';
import { ended } from './failure';

/** Told how a model stands. */
type Tell = (model: ModelId, status: ModelStatus) => void;

export class SharedEngine {
  readonly artefacts: Artefacts;
  readonly #linger: () => number;
  readonly #seats = new Set<Seat>();
  /** In the order in which they get their turn. */
  readonly #waiting = new Map<Seat, Look>();
  readonly #statuses = new Map<ModelId, ModelStatus>();
  #engine: Engine | undefined;
  #running: { readonly seat: Seat; readonly look: Look } | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** `linger`: milliseconds for which it stays after the last one left. */
  constructor(artefacts: Artefacts, linger: () => number) {
    this.artefacts = artefacts;
    this.#linger = linger;
  }

  /** The engine, which is made for the first one that enters. */
  enter(seat: Seat): Engine {
    clearTimeout(this.#timer);
    this.#seats.add(seat);
    return (this.#engine ??= new Engine(this.artefacts, (model, status) => {
      this.#statuses.set(model, status);
      for (const one of this.#seats) one.tell(model, status);
    }));
  }

  leave(seat: Seat): void {
    if (!this.#seats.delete(seat)) return;
    this.#waiting.delete(seat);
    if (this.#seats.size === 0) this.#timer = setTimeout(() => this.#end(), this.#linger());
  }

  status(model: ModelId): ModelStatus {
    return this.#statuses.get(model) ?? { kind: 'waiting' };
  }

  look(seat: Seat, look: Look): void {
    // A newer one of whoever is looking takes its place, unless others wait for their turn.
    if (this.#running?.seat === seat && this.#waiting.size === 0) {
      this.#run(seat, look);
      return;
    }
    // Whoever waits keeps its place.
    this.#waiting.set(seat, look);
    if (!this.#running) this.#next();
  }

  #run(seat: Seat, look: Look): void {
    const running = (this.#running = { seat, look });
    const end: Look['end'] = (problem) => {
      if (this.#running === running) {
        this.#running = undefined;
        this.#next();
      }
      look.end(problem);
    };
    this.#engine?.look({ ...look, end });
  }

  #next(): void {
    const [next] = this.#waiting;
    if (!next) return;
    const [seat, look] = next;
    this.#waiting.delete(seat);
    this.#run(seat, look);
  }

  #end(): void {
    this.#running = undefined;
    this.#statuses.clear();
    this.#engine?.end();
    this.#engine = undefined;
  }
}

/** One who looks: has the part of an engine that this needs, whether it has come or left. */
export class Seat {
  readonly #shared: SharedEngine;
  readonly #tell: Tell;
  readonly #wanted = new Set<ModelId>();
  /** What has not ended: it is asked again by whoever comes back. */
  #look: Look | undefined;
  #engine: Engine | undefined;

  /** `tell`: called whenever the status of a model changes that is wanted. */
  constructor(shared: SharedEngine, tell: Tell) {
    this.#shared = shared;
    this.#tell = tell;
  }

  get models(): readonly ModelId[] {
    return this.#shared.artefacts.models.map(({ model }) => model);
  }

  get labels(): readonly string[] {
    return this.#shared.artefacts.labels;
  }

  get hasTestSet(): boolean {
    return this.#shared.artefacts.testSet !== undefined;
  }

  /** Those that find neighbours. */
  get indices(): readonly ModelId[] {
    return this.#shared.artefacts.models.flatMap(({ model, kind }) => (kind === 'index' ? [model] : []));
  }

  /** Comes, or comes back. */
  start(): void {
    if (this.#engine) return;
    this.#engine = this.#shared.enter(this);
    for (const model of this.#wanted) this.#tell(model, this.#shared.status(model));
    this.#engine.start([...this.#wanted]);
    if (this.#look) this.#shared.look(this, this.#look);
  }

  /** Leaves; it may come back. */
  end(): void {
    this.#engine = undefined;
    this.#shared.leave(this);
  }

  /** Loads these models besides those that are wanted already. */
  want(models: readonly ModelId[]): void {
    const more = models.filter((model) => !this.#wanted.has(model));
    for (const model of more) {
      this.#wanted.add(model);
      if (this.#engine) this.#tell(model, this.#shared.status(model));
    }
    if (more.length > 0) this.#engine?.start(more);
  }

  /** Hears of a model. */
  tell(model: ModelId, status: ModelStatus): void {
    if (this.#wanted.has(model)) this.#tell(model, status);
  }

  retry(model: ModelId): void {
    this.#engine?.retry(model);
  }

  look(look: Look): void {
    const own: Look = {
      ...look,
      models: [...this.#wanted],
      end: (problem) => {
        // Of what was asked before it left, and of what came to nothing since, it hears when it is back.
        if (this.#look !== own || (problem !== undefined && !this.#engine)) return;
        this.#look = undefined;
        look.end(problem);
      },
    };
    this.#look = own;
    if (this.#engine) this.#shared.look(this, own);
  }

  async read(...ask: Parameters<Engine['read']>): ReturnType<Engine['read']> {
    if (!this.#engine) throw ended();
    return this.#engine.read(...ask);
  }

  async sample(choose: (length: number) => number): ReturnType<Engine['sample']> {
    if (!this.#engine) throw ended();
    return this.#engine.sample(choose);
  }
}
