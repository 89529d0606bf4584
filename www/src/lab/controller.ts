/** Turns the visitor's intents into calls to the engine, and what comes back into state. */
import type { SketchChangeEvent } from '../components/events';
import { Controller } from '../controller';
import { Engine } from '../engine/engine';
import type { Sight } from '../engine/protocol';
import { t } from '../messages';
import { Newest } from '../newest';
import type { ModelId, ModelStatus, Picture, Recipe } from '../shapes';
import { classNames } from './classes';
import { describeFailure } from './describe-failure';
import { inOrder } from './order';
import { pictureFrom } from './picture/picture';
import { Refusal } from './picture/refusal';
import { initial, type State, verdict } from './state';
import { type Guest, hasSubject, type Origin } from './subject';

/** Milliseconds of quiet before a verdict is spoken: strokes come faster. */
const SPEAK_AFTER = 700;

export class Lab extends Controller<State> {
  readonly #engine: Engine;
  /** Pictures on their way: a file that is decoded, a test image that is fetched. */
  readonly #pictures = new Newest();
  #sketch: (() => Picture) | undefined;
  #speech: ReturnType<typeof setTimeout> | undefined;

  /** `changed`: called after every change of `state`. */
  constructor(changed: () => void) {
    super(initial([], false), changed);
    this.#engine = new Engine((model, status) => this.#status(model, status));
    this.state = initial(inOrder(this.#engine.models, (model) => model), this.#engine.hasTestSet);
  }

  /** The engine, for panels with a state of their own. */
  get engine(): Engine {
    return this.#engine;
  }

  /** Loads the models. */
  start(): void {
    void this.#engine.start();
  }

  /** Has the live region say something. */
  say(status: string): void {
    this.set({ status });
  }

  /** Shows and says what went wrong. */
  complain(problem: () => string): void {
    this.set({ problem, status: problem() });
  }

  retry(model: ModelId): void {
    void this.#engine.retry(model);
  }

  sketch({ blank, byHand, picture }: Pick<SketchChangeEvent, 'blank' | 'byHand' | 'picture'>): void {
    // Who draws wants the drawing, not a picture that was asked for before.
    if (byHand) this.#pictures.end();
    this.#sketch = picture;
    this.set({ sketched: !blank });
    this.#look();
  }

  /** Prepares the subject by another recipe, with all steps as it has them unless `switched` says otherwise. */
  choose(recipe: Recipe, switched: readonly string[] = []): void {
    this.set({ recipe, switched });
    this.#look();
  }

  /** Switches one step of the preparation. */
  switchStep(name: string): void {
    const { switched, prepared } = this.state;
    const isOn = prepared?.steps.find((step) => step.name === name)?.on ?? false;
    this.set({ status: t.input.switched(name, !isOn), switched: switched.includes(name) ? switched.filter((other) => other !== name) : [...switched, name] });
    this.#look();
  }

  /** Shows a picture in place of the pad; one on its way is not waited for. */
  show(guest: Guest, recipe: Recipe = 'auto', switched: readonly string[] = []): void {
    this.#pictures.end();
    this.set({ guest, recipe, switched, problem: undefined, status: t.drop.taken(guest.name()) });
    this.#look();
  }

  /** Takes a picture file. False when something newer took its place. */
  take(file: Blob, name: () => string): Promise<boolean> {
    return this.#pictures.run(
      (signal) => pictureFrom(file, name, signal),
      (picture) => this.show({ picture, name, origin: { kind: 'file' } }),
      (thrown) => this.complain(() => describeFailure(thrown)),
    );
  }

  /** Takes an image of the test set, a random one unless `wanted` names its number. False when something newer took its place. */
  sample(wanted?: number): Promise<boolean> {
    const choose = (length: number): number => {
      if (wanted !== undefined && wanted >= length) throw new Refusal(() => t.errors.sampleNumber(wanted, length));
      return wanted ?? Math.floor(Math.random() * length);
    };
    return this.#pictures.run(
      () => this.#engine.sample(choose),
      ({ picture, label, index }) => {
        const origin: Origin = { kind: 'sample', index };
        // A link tells how to prepare it before the picture is there.
        const { recipe, switched } = wanted === undefined ? initial([], false) : this.state;
        this.show({ picture, name: () => t.drop.sampleName(index, classNames()[label] ?? String(label)), origin }, recipe, switched);
      },
      (thrown) => {
        if (!(thrown instanceof Refusal)) this.lackTestSet();
        this.complain(() => t.errors.noSample(describeFailure(thrown)));
      },
    );
  }

  /** A picture on its way is not waited for any more. */
  expectNothing(): void {
    this.#pictures.end();
  }

  /** Goes back to the sketch pad; a picture on its way is not waited for. */
  dismissGuest(): void {
    this.#pictures.end();
    this.set({ guest: undefined, recipe: 'auto', switched: [], problem: undefined });
    this.#look();
  }

  /** The packed test set did not come: the visitor may bring a copy. */
  lackTestSet(): void {
    if (this.state.testSet === 'packed') this.set({ testSet: 'wanted' });
  }

  #status(model: ModelId, status: ModelStatus): void {
    this.set({ statuses: new Map(this.state.statuses).set(model, status) });
    if (status.kind === 'ready') this.#look();
    if (status.kind === 'failed' && this.state.problem === undefined) this.complain(() => `${t.model(model)}: ${t.errors.failure(status.failure)}`);
  }

  #look(): void {
    clearTimeout(this.#speech);
    const asked = this.state.asked + 1;
    if (!hasSubject(this.state)) {
      this.set({ asked, seen: asked, prepared: undefined, answers: new Map(), neighbours: [], novelty: undefined });
      return;
    }
    const { guest, recipe, switched } = this.state;
    const picture = guest?.picture ?? this.#sketch?.();
    if (!picture) return;
    this.set({ asked });
    this.#engine.look({
      picture,
      recipe: guest || recipe !== 'auto' ? recipe : 'sketch',
      switched,
      see: (sight) => {
        if (hasSubject(this.state)) this.#see(sight);
      },
      end: (problem) => this.#end(asked, problem),
    });
  }

  #see(sight: Sight): void {
    switch (sight.part) {
      case 'prepared':
        this.set(sight.prepared.blank ? { prepared: sight.prepared, answers: new Map(), neighbours: [], novelty: undefined } : { prepared: sight.prepared });
        break;
      case 'answer':
        this.set({ answers: new Map(this.state.answers).set(sight.answer.model, sight.answer.probabilities) });
        break;
      case 'novelty':
        this.set({ novelty: sight.novelty });
        break;
      case 'neighbours':
        this.set({ neighbours: sight.neighbours });
        break;
    }
  }

  #end(number: number, problem: Error | undefined): void {
    this.set({ seen: Math.max(this.state.seen, number) });
    if (problem) {
      this.set({ answers: new Map(), neighbours: [], novelty: undefined });
      this.complain(() => t.errors.looking(describeFailure(problem)));
      return;
    }
    if (number !== this.state.asked || this.state.answers.size === 0) return;
    this.#speech = setTimeout(() => this.say(verdict(this.state, classNames())), SPEAK_AFTER);
  }
}
