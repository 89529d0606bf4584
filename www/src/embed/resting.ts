/** An engine that can rest: its worker ends, and whoever holds it finds another one when there is something to do. */
import type { Diagram } from '../shapes.notebook';
import { type Artefacts, Engine, type Look } from '../engine/engine';
import type { CallName } from '../engine/protocol';
import type { Asking } from '../lab/controller';
import type { ModelId, ModelStatus } from '../shapes';

export class Resting implements Asking {
  readonly models: readonly ModelId[];
  readonly labels: readonly string[];
  readonly hasTestSet: boolean;
  readonly #artefacts: Artefacts;
  readonly #tell: (model: ModelId, status: ModelStatus) => void;
  #engine: Engine | undefined;
  /** Calls on their way. */
  #working = 0;

  /** `tell`: called whenever a model's status changes; while it rests they stay as they were. */
  constructor(artefacts: Artefacts, tell: (model: ModelId, status: ModelStatus) => void) {
    this.#artefacts = artefacts;
    this.#tell = tell;
    this.models = artefacts.models.map(({ model }) => model);
    this.labels = artefacts.labels;
    this.hasTestSet = artefacts.testSet !== undefined;
  }

  /** Ends the worker. False while a call is on its way, which a look is not: the lab asks for it anew. */
  rest(): boolean {
    if (this.#working > 0) return false;
    this.end();
    return true;
  }

  /** Wakes it, and loads models. */
  start(): void {
    this.#awake().start();
  }

  retry(model: ModelId): void {
    this.#engine?.retry(model);
  }

  forgive(...calls: CallName[]): void {
    this.#engine?.forgive(...calls);
  }

  /** One that is asked for while it rests is asked for again by the lab, as soon as a model is ready. */
  look(look: Look): void {
    const engine = this.#engine;
    engine?.look({
      ...look,
      end: (problem) => {
        if (this.#engine === engine) look.end(problem);
      },
    });
  }

  openTestSet(...given: Parameters<Engine['openTestSet']>): ReturnType<Engine['openTestSet']> {
    return this.#work((engine) => engine.openTestSet(...given));
  }

  testSet(): ReturnType<Engine['testSet']> {
    return this.#work((engine) => engine.testSet());
  }

  read(...given: Parameters<Engine['read']>): ReturnType<Engine['read']> {
    return this.#work((engine) => engine.read(...given));
  }

  sample(...given: Parameters<Engine['sample']>): ReturnType<Engine['sample']> {
    return this.#work((engine) => engine.sample(...given));
  }

  measure(...given: Parameters<Engine['measure']>): ReturnType<Engine['measure']> {
    return this.#work((engine) => engine.measure(...given));
  }

  readonly ask: Engine['ask'] = (call, ask, options) => this.#work((engine) => engine.ask(call, ask, options));

  diagram(model: ModelId): Promise<Diagram> {
    return this.#work((engine) => engine.diagram(model));
  }

  isNetwork(model: ModelId): boolean {
    return this.#artefacts.models.some((file) => file.model === model && file.kind === 'network');
  }

  written(): Promise<void> {
    return this.#engine?.written() ?? Promise.resolve();
  }

  end(): void {
    const engine = this.#engine;
    // What it tells from now on is told nobody.
    this.#engine = undefined;
    engine?.end();
  }

  async #work<Value>(work: (engine: Engine) => Promise<Value>): Promise<Value> {
    this.#working += 1;
    try {
      return await work(this.#awake());
    } finally {
      this.#working -= 1;
    }
  }

  #awake(): Engine {
    if (this.#engine) return this.#engine;
    const engine: Engine = new Engine(this.#artefacts, (model, status) => {
      if (this.#engine === engine) this.#tell(model, status);
    });
    return (this.#engine = engine);
  }
}
