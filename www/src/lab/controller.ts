/** Turns the visitor's intents into calls to the engine, and what comes back into state. */
import type { SketchChangeEvent } from '../components/events';
import { heard } from '../components/heard';
import { toBase64url } from '../base64url';
import { Controller } from '../controller';
import type { Engine } from '../engine/engine';
import { CodedError, codeOf } from '../engine/failure';
import type { Calls, CallName } from '../engine/protocol';
import { SIDE } from '../image';
import { t } from '../messages';
import { Newest } from '../newest';
import type { ModelId, ModelStatus, Picture, Recipe } from '../shapes';
import { classNames } from './classes';
import { PUZZLES } from './examples';
import { describeFailure } from './describe-failure';
import { inOrder } from './order';
import { pictureFrom } from './picture/picture';
import { Refusal } from './picture/refusal';
import { Sights } from './sights';
import { initial, type Recalled, type State, verdict } from './state';
import { type Guest, hasSubject, type Origin, USUAL, type Wish } from './subject';

/** Milliseconds of quiet before a verdict is spoken: strokes come faster. */
const SPEAK_AFTER = 700;

/** What the lab needs of an engine: its own, or one that it shares. */
export type Looking = Pick<Engine, 'models' | 'labels' | 'hasTestSet' | 'start' | 'retry' | 'look' | 'read' | 'sample' | 'end'> & { readonly ask?: Engine['ask'] };

/** What an engine can do, whichever it is. */
export type Asking = Pick<Engine, keyof Engine>;

export class Lab<Own extends Looking = Asking> extends Controller<State> {
  readonly #engine: Own;
  /** Pictures on their way: a file that is decoded, a test image that is fetched. */
  readonly #pictures = new Newest();
  #sketch: (() => Picture) | undefined;
  #speech: ReturnType<typeof setTimeout> | undefined;
  /** When the live region was last given something to say; milliseconds since the page's start. */
  #saidAt = -Infinity;

  /** Does something with the texts of the language in which this lab is shown. */
  speaking: <Value>(work: () => Value) => Value = (work) => work();
  /** Told of everything that is complained of; `code`: what is to blame. */
  failed: (code: string, message: string) => void = () => undefined;
  /** How a new picture is prepared unless someone says otherwise. */
  usual: Recipe = 'auto';

  readonly #sights = new Sights((seen) => this.set(seen));
  /** Why models did not load, while that is what is shown. */
  #modelProblem: (() => string) | undefined;
  /** Why the last picture was not looked at, while that is what is shown. */
  #lookProblem: (() => string) | undefined;
  /** Whether the picture ended the worker: it is not looked at again before it, or what is done to it, has changed. */
  #isFatal = false;

  /** `engine`: makes the one that answers, which tells how its models stand, and that the build's test set has come; `changed`: called after every change of `state`. */
  constructor(engine: (tell: (model: ModelId, status: ModelStatus) => void, fetched: () => void) => Own, changed: () => void) {
    super(initial([], [], false), changed);
    this.#engine = engine((model, status) => this.#status(model, status), () => this.set({ isFetched: true }));
    this.state = initial(inOrder(this.#engine.models, (model) => model), this.#engine.labels, this.#engine.hasTestSet);
  }

  /** The engine, for panels with a state of their own. */
  get engine(): Own {
    return this.#engine;
  }

  /** Loads the models. */
  start(): void {
    this.#engine.start();
  }

  /** Sets part of the state. A status that is set is said, even if it is the one before. */
  override set(part: Partial<State>): void {
    if (part.status !== undefined) this.#saidAt = performance.now();
    super.set(part.status === undefined ? part : { ...part, status: heard(this.state.status, part.status) });
  }

  /** Has the live region say something. */
  say(status: string): void {
    this.set({ status });
  }

  /** Shows and says what went wrong; `isStuck`: only a reload helps; `code`: what is to blame, for programs. */
  complain(problem: () => string, { isStuck = false, code = 'picture' }: { readonly isStuck?: boolean; readonly code?: string | undefined } = {}): void {
    const text = this.speaking(problem);
    this.set({ problem, isStuck, status: text });
    this.failed(code, text);
  }

  /** Tries again what a model failed of, and all that failed of the same; the test set too, when it is next wanted. */
  retry(model: ModelId): void {
    if (this.state.testSet === 'missing') this.set({ testSet: 'packed' });
    this.#isFatal = false;
    this.#engine.retry(model);
  }

  /** Ends the engine. */
  end(): void {
    clearTimeout(this.#speech);
    this.#pictures.end();
    this.#engine.end();
  }

  sketch({ blank, picture }: Pick<SketchChangeEvent, 'blank' | 'picture'>): void {
    this.#sketch = picture;
    this.set({ sketched: !blank });
    this.#look();
  }

  /** Prepares the subject by another recipe, with all steps as it has them unless `switched` says otherwise. */
  choose(recipe: Recipe, switched: readonly string[] = []): void {
    this.set({ recipe, switched });
    this.#look();
  }

  /** Takes what the visitor says of the picture: where its ground is, and which part of it counts. */
  region({ ground, frame }: Pick<Wish, 'ground' | 'frame'>): void {
    this.set({ ground, frame });
    this.#look();
  }

  /** Switches one step of the preparation. */
  switchStep(name: string): void {
    const { switched, prepared } = this.state;
    const isOn = prepared?.steps.find((step) => step.name === name)?.on ?? false;
    this.set({ status: this.speaking(() => t.input.switched(name, !isOn)), switched: switched.includes(name) ? switched.filter((other) => other !== name) : [...switched, name] });
    this.#look();
  }

  /** Shows a picture in place of the pad; one on its way is not waited for. */
  show(guest: Guest, { recipe, switched, ground, frame }: Wish = this.#usual): void {
    this.#pictures.end();
    const { origin } = guest;
    const walk = origin.kind === 'sample' && this.state.walk?.indices.includes(origin.index) ? this.state.walk : undefined;
    this.set({ guest, walk, recipe, switched, ground, frame, problem: undefined, status: this.speaking(() => t.drop.taken(guest.name())) });
    this.#look();
  }

  /** Takes a picture file. False when something newer took its place. */
  take(file: Blob, name: () => string): Promise<boolean> {
    return this.#pictures.run(
      (signal) => pictureFrom(file, name, signal, (source, until) => this.#engine.read(source, until)),
      ({ picture, isTrue }) => {
        this.show({ picture, name, origin: { kind: 'file' } });
        if (!isTrue) this.complain(() => t.errors.changedPixels, { code: 'picture' });
      },
      (thrown) => this.complain(() => describeFailure(thrown), { code: codeOf(thrown) }),
    );
  }

  /** Takes an image of the test set, a random one unless `wanted` names its number, one of `walk`. False when something newer took its place. */
  sample(wanted?: number, walk = this.state.walk): Promise<boolean> {
    const choose = (length: number): number => {
      if (wanted !== undefined && wanted >= length) throw new Refusal(() => t.errors.sampleNumber(wanted, length));
      return wanted ?? Math.floor(Math.random() * length);
    };
    return this.#pictures.run(
      () => this.#engine.sample(choose),
      ({ picture, label, index }) => {
        this.haveTestSet();
        const origin: Origin = { kind: 'sample', index };
        // A link tells how to prepare it before the picture is there.
        this.set({ walk });
        this.show({ picture, name: () => t.drop.sampleName(index, classNames(this.state.classes)[label] ?? String(label)), origin, label }, wanted === undefined ? USUAL : this.state);
      },
      (thrown) => {
        if (!(thrown instanceof Refusal)) this.lackTestSet();
        this.complain(() => t.errors.noSample(describeFailure(thrown)), { code: codeOf(thrown) });
      },
    );
  }

  /** Shows a garment of 784 bytes, 255 = ink, which is said to be of the class `label`. */
  open(grey: Uint8Array, label: number): void {
    const rgba = new Uint8ClampedArray(grey.length * 4);
    grey.forEach((ink, at) => rgba.set([ink, ink, ink, 255], at * 4));
    const name = (): string => t.examples.recalled(classNames(this.state.classes)[label] ?? String(label));
    this.show({ picture: { rgba, width: SIDE, height: SIDE }, name, origin: { kind: 'link', pixels: toBase64url(grey) }, label });
  }

  /** Shows one of the index's examples. False when something newer took its place. */
  recall(kind: 'garment' | 'puzzle', rank: number): Promise<boolean> {
    return this.#pictures.run(
      () => this.#recalled(),
      (recalled) => {
        this.set({ recalled });
        const [grey, label] = kind === 'garment' ? [recalled.garments[rank], rank] : [recalled.puzzles[rank], PUZZLES[rank]?.label];
        if (grey && label !== undefined) this.open(grey, label);
      },
      (thrown) => this.complain(() => t.errors.looking(describeFailure(thrown))),
    );
  }

  /** The examples of the index; asked for once. */
  async #recalled(): Promise<Recalled> {
    if (this.state.recalled) return this.state.recalled;
    const [{ garments }, puzzles] = await Promise.all([
      this.#ask('gallery', { source: 'index', each: 1 }),
      this.#ask('recall', { references: PUZZLES.map(({ reference }) => reference) }),
    ]);
    return { garments: garments.map(({ pixels }) => pixels), puzzles };
  }

  /** A call that an engine which is shared does not take. */
  #ask<Name extends CallName>(name: Name, ask: Calls[Name]['ask']): Promise<Calls[Name]['value']> {
    return this.#engine.ask?.(name, ask) ?? Promise.reject(new CodedError('parameter', 'this engine recalls nothing'));
  }

  /** A picture on its way is not waited for any more: who draws wants the drawing. */
  expectNothing(): void {
    this.#pictures.end();
  }

  /** Goes back to the sketch pad; a picture on its way is not waited for. */
  dismissGuest(): void {
    this.#pictures.end();
    this.set({ guest: undefined, walk: undefined, ...this.#usual, problem: undefined });
    this.#look();
  }

  /** The packed test set did not come: it may come another time, and the visitor may bring a copy. */
  lackTestSet(): void {
    if (this.state.testSet === 'packed') this.set({ testSet: 'missing' });
  }

  /** The test set was opened. */
  haveTestSet(): void {
    if (this.state.testSet === 'missing') this.set({ testSet: 'packed' });
  }

  get #usual(): Wish {
    return { ...USUAL, recipe: this.usual };
  }

  #status(model: ModelId, status: ModelStatus): void {
    const statuses = new Map(this.state.statuses).set(model, status);
    this.set({ statuses });
    if (status.kind === 'ready' && !this.#isFatal) this.#look();
    if (status.kind === 'failed' && this.state.problem === undefined) {
      const { failure } = status;
      this.#modelProblem = () => (failure.model === undefined ? t.errors.failure(failure) : `${t.model(failure.model)}: ${t.errors.failure(failure)}`);
      this.complain(this.#modelProblem, { code: failure.code });
    }
    const isAnyFailed = [...statuses.values()].some(({ kind }) => kind === 'failed');
    if (!isAnyFailed && this.#modelProblem !== undefined && this.state.problem === this.#modelProblem) this.set({ problem: undefined });
  }

  #look(): void {
    clearTimeout(this.#speech);
    this.#isFatal = false;
    const lookAsked = this.state.lookAsked + 1;
    if (!hasSubject(this.state)) {
      this.set({ lookAsked, lookEnded: lookAsked });
      this.#sights.clear(lookAsked);
      return;
    }
    const { guest, recipe, switched, ground, frame } = this.state;
    const picture = guest?.picture ?? this.#sketch?.();
    if (!picture) return;
    this.set({ lookAsked });
    this.#engine.look({
      number: lookAsked,
      picture,
      recipe: guest || recipe !== 'auto' ? recipe : 'sketch',
      switched,
      ground,
      frame,
      see: (sight) => this.#sights.see(sight),
      end: (problem) => this.#end(lookAsked, problem),
    });
  }

  #end(number: number, problem: CodedError | undefined): void {
    this.#sights.end(number);
    this.set({ lookEnded: Math.max(this.state.lookEnded, number) });
    // The pictures of references are here: the examples' cost nothing.
    if (this.#engine.ask && !this.state.recalled && this.state.neighbours.some(({ thumbnail }) => thumbnail)) void this.#recalled().then((recalled) => this.set({ recalled }), () => undefined);
    if (problem) {
      if (number === this.state.lookAsked) this.#isFatal = problem.code === 'stopped' || problem.code === 'timeout';
      this.#lookProblem = () => t.errors.looking(describeFailure(problem));
      this.complain(this.#lookProblem, { code: problem.code });
      return;
    }
    if (this.#lookProblem !== undefined && this.state.problem === this.#lookProblem) this.set({ problem: undefined });
    if (number !== this.state.lookAsked || this.state.answers.size === 0) return;
    this.#speech = setTimeout(() => this.#speak(), SPEAK_AFTER);
  }

  /** Says the verdict, once what was said before it has had its time. */
  #speak(): void {
    const rest = this.#saidAt + SPEAK_AFTER - performance.now();
    if (rest > 0) this.#speech = setTimeout(() => this.#speak(), rest);
    else this.say(this.speaking(() => verdict(this.state)));
  }
}
