/** The state of the panels that explain an answer: what is computed for the newest picture, once its panel is open. */
import { argmax } from '../../argmax';
import { isNone, NONE } from '../../components/why/distortions';
import type { Measure } from '../../components/why/evidence';
import { summary } from '../../components/why/summary';
import { Controller } from '../../controller';
import { Latest } from '../../engine/latest';
import { Gathering } from '../../gathering';
import { Absence, later } from '../../later';
import { classNames } from '../../lab/classes';
import type { Asking } from '../../lab/controller';
import { describeFailure } from '../../lab/describe-failure';
import { t } from '../../messages';
import { isUnlike } from '../../novelty';
import type { ModelId } from '../../shapes';
import type { Views } from '../views';
import { distortOf, distortText, type Evidence, evidenceOf, evidenceText, mapsOf, mapsText, NO_MAPS } from './link';
import type { Densities, Distorted, Distortion, Layers, MapsSeen, Occlusion } from '../../shapes.why';

/** The panels, in order. */
export type PanelName = 'occlusion' | 'fit' | 'break';

/** What the panels follow. */
export interface Subject {
  /** What the models see; `undefined` when there is nothing to see. */
  readonly pixels: Float32Array | undefined;
  /** Whether the look at these pixels has ended. */
  readonly settled: boolean;
  /** The classes of the data set, in label order. */
  readonly classes: readonly string[];
  /** The models that have loaded, in the order shown. */
  readonly models: readonly ModelId[];
  /** Those of them that are networks. */
  readonly networks: readonly ModelId[];
  /** How unlike the training garments these pixels are; `undefined` while no index has said so. */
  readonly novelty: number | undefined;
  readonly open: ReadonlySet<PanelName>;
}

export interface WhyState {
  readonly pixels: Float32Array | undefined;
  /** `pixels` as bytes, 255 = ink. */
  readonly grey: Uint8Array | undefined;
  readonly target: number | undefined;
  readonly measure: Measure;
  readonly occlusions: ReadonlyMap<ModelId, Occlusion>;
  readonly running: boolean;
  /** Whether the visitor stopped it. */
  readonly stopped: boolean;
  readonly layers: ReadonlyMap<ModelId, Layers | undefined>;
  readonly network: ModelId | undefined;
  readonly maps: MapsSeen;
  readonly distortion: Distortion;
  readonly changed: Uint8Array | undefined;
  readonly answers: ReadonlyMap<ModelId, readonly number[]>;
  /** Of the changed picture, as {@link Subject.novelty}. */
  readonly novelty: number | undefined;
  readonly densities: Densities | undefined;
  /** Why these are not there. */
  readonly absent: Absence | undefined;
  /** In the language in use. */
  readonly problem: (() => string) | undefined;
}

/** Milliseconds of quiet before a new picture is explained: strokes come faster. */
const QUIET = 200;

const bytes = (pixels: Float32Array): Uint8Array => Uint8Array.from(pixels, (ink) => Math.round(ink * 255));
const equal = (a: Float32Array, b: Float32Array): boolean => a.length === b.length && a.every((value, at) => value === b[at]);

const initial: WhyState = {
  pixels: undefined,
  grey: undefined,
  target: undefined,
  measure: 'probability',
  occlusions: new Map(),
  running: false,
  stopped: false,
  layers: new Map(),
  network: undefined,
  maps: NO_MAPS,
  distortion: NONE,
  changed: undefined,
  answers: new Map(),
  novelty: undefined,
  densities: undefined,
  absent: undefined,
  problem: undefined,
};

export class Why extends Controller<WhyState> {
  readonly #engine: Asking;
  readonly #say: (text: string) => void;
  readonly #views: Views;
  readonly #distortions = new Latest<{ pixels: Float32Array; distortion: Distortion }>((input, signal) => this.#distort(input, signal));
  #subject: Subject = { pixels: undefined, settled: false, classes: [], models: [], networks: [], novelty: undefined, open: new Set() };
  #run: AbortController | undefined;
  #quiet: ReturnType<typeof setTimeout> | undefined;
  /** What the live region last said that the models make of the changed picture. */
  #said = new Map<ModelId, number>();
  /** Whether it last called the picture unlike the training garments; `undefined` while that stands as it was without changes. */
  #unlike: boolean | undefined;

  /** `changed`: called after every change of `state`; `say`: what the live region is to say; `views`: what a link says of it. */
  constructor(engine: Asking, changed: () => void, say: (text: string) => void, views: Views) {
    super({ ...initial, distortion: distortOf(views.get('distort')) }, changed);
    this.#views = views;
    this.#engine = engine;
    this.#say = say;
  }

  /** Takes the newest picture and the open panels; what was computed for another picture is dropped. */
  follow(subject: Subject): void {
    const before = this.#subject;
    this.#subject = subject;
    this.adopt();
    const { pixels, open } = subject;
    const same = pixels === this.state.pixels || (pixels !== undefined && this.state.pixels !== undefined && equal(pixels, this.state.pixels));
    if (!same) this.#take(pixels);
    if (open.has('fit') && !before.open.has('fit')) void this.explore();
    if (open.has('occlusion')) this.#schedule();
    else this.#cancel();
    if (open.has('break') && (!same || !before.open.has('break') || subject.models.length > before.models.length)) this.#apply();
  }

  /** Takes what a link says, or an entry of the history. */
  adopt(): void {
    const distort = this.#views.get('distort');
    if (distort !== distortText(this.state.distortion)) this.#distortTo(distortOf(distort));
    const maps = this.#views.get('maps');
    if (maps !== mapsText(this.state.maps)) this.set({ maps: mapsOf(maps) });
    const { classes } = this.#subject;
    // How many classes there are is known with the first subject.
    if (classes.length > 0 && this.#views.get('evidence') !== this.#evidenceTold) this.#choose(evidenceOf(this.#views.get('evidence'), classes.length), false);
  }

  /** Changes how the feature maps are shown. */
  show(part: Partial<MapsSeen>): void {
    // A number means something in a network alone: the one that is shown is chosen with it.
    if ((part.first ?? part.second) !== undefined && this.#chosen.network === undefined) this.choose({ network: this.state.network });
    const maps = { ...this.state.maps, ...part };
    this.set({ maps });
    this.#views.set('maps', mapsText(maps));
  }

  /** Chooses the class whose evidence is shown, its measure, the network whose layers are shown. */
  choose(part: Partial<Evidence>): void {
    if (part.network !== undefined && part.network !== this.state.network) this.show({ first: undefined, second: undefined });
    const { target, measure, network } = { ...this.#chosen, ...part };
    this.#choose({ target, measure, network }, true);
  }

  /** What the visitor has chosen: the network shown may be another until then. */
  #chosen: Evidence = { target: undefined, measure: 'probability', network: undefined };
  #evidenceTold: string | undefined;

  #choose(chosen: Evidence, tell: boolean): void {
    this.#chosen = chosen;
    this.#evidenceTold = tell ? evidenceText(chosen) : this.#views.get('evidence');
    const network = chosen.network ?? [...this.state.layers].find(([, layers]) => layers !== undefined)?.[0];
    this.set({ target: chosen.target, measure: chosen.measure, network });
    if (tell) this.#views.set('evidence', this.#evidenceTold);
  }

  /** Stops computing occlusion maps; what there is stays. */
  stop(): void {
    this.#cancel();
    this.set({ stopped: true, running: false });
  }

  /** Computes what is missing, after {@link stop} or a failure. */
  resume(): void {
    this.#engine.forgive('layers', 'occlude', 'distort');
    this.set({ stopped: false, problem: undefined });
    this.#schedule();
    if (this.#subject.open.has('break')) this.#apply();
  }

  /** Changes amounts of distortion. */
  distort(part: Partial<Distortion>): void {
    this.#distortTo({ ...this.state.distortion, ...part });
    this.#views.set('distort', distortText(this.state.distortion));
  }

  #distortTo(distortion: Distortion): void {
    this.set({ distortion });
    this.#apply();
  }

  /** Takes all distortion back. */
  restore(): void {
    this.distort({ ...NONE, seed: this.state.distortion.seed });
    this.#say(t.why.break.restored);
  }

  /** Another seed for what is random. */
  reseed(): void {
    this.distort({ seed: this.state.distortion.seed + 1 });
  }

  /** Whether every map of the loaded models is whole. */
  get complete(): boolean {
    return this.#missing().length === 0;
  }

  #take(pixels: Float32Array | undefined): void {
    this.#cancel();
    this.#said = new Map();
    this.#unlike = undefined;
    this.set({
      pixels,
      grey: pixels && bytes(pixels),
      occlusions: new Map(),
      layers: new Map(),
      stopped: false,
      changed: undefined,
      answers: new Map(),
      novelty: undefined,
      problem: undefined,
    });
  }

  #missing(): ModelId[] {
    return this.#subject.models.filter((model) => this.state.occlusions.get(model)?.progress !== 1);
  }

  #cancel(): void {
    clearTimeout(this.#quiet);
    this.#quiet = undefined;
    this.#run?.abort();
    this.#run = undefined;
    if (this.state.running) this.set({ running: false });
  }

  #schedule(): void {
    const { pixels, stopped, problem } = this.state;
    const { settled, networks } = this.#subject;
    const wanted = this.#missing().length > 0 || networks.some((model) => !this.state.layers.has(model));
    if (!pixels || !settled || stopped || problem !== undefined || this.#run || this.#quiet !== undefined || !wanted) return;
    this.#quiet = setTimeout(() => {
      this.#quiet = undefined;
      const run = new AbortController();
      this.#run = run;
      void this.#explain(pixels, run.signal).finally(() => {
        if (this.#run !== run) return;
        this.#run = undefined;
        this.set({ running: false });
        // Models that came meanwhile.
        this.#schedule();
      });
    }, QUIET);
  }

  /** Layers first, which take a moment; then the maps, model by model: one that fails holds up no other. */
  async #explain(pixels: Float32Array, signal: AbortSignal): Promise<void> {
    this.set({ running: true });
    let failed: unknown;
    const each = async (models: readonly ModelId[], work: (model: ModelId) => Promise<void>): Promise<void> => {
      for (const model of models) {
        if (signal.aborted) return;
        await work(model).catch((thrown: unknown) => (failed ??= thrown));
      }
    };
    await each(this.#subject.networks.filter((model) => !this.state.layers.has(model)), async (model) => {
      const layers = await this.#engine.ask('layers', { model, pixels }, { signal });
      if (signal.aborted) return;
      const network = this.state.network ?? (layers && model);
      this.set({ layers: new Map(this.state.layers).set(model, layers), network });
    });
    await each(this.#missing(), async (model) => {
      const show = (occlusion: Occlusion): void => {
        if (!signal.aborted) this.set({ occlusions: new Map(this.state.occlusions).set(model, occlusion) });
      };
      show(await this.#engine.ask('occlude', { model, pixels }, { progress: show, signal }));
    });
    if (signal.aborted) return;
    if (failed !== undefined) this.#fail(failed, signal);
    else if (this.complete) this.#say(t.why.occlusion.done([...this.state.occlusions.values()].map((map) => this.#summary(map))));
  }

  #summary(occlusion: Occlusion): string {
    const { target, measure } = this.state;
    return `${t.model(occlusion.model)}: ${summary(occlusion, target ?? argmax(occlusion.whole), measure)}`;
  }

  #apply(): void {
    const { pixels, distortion } = this.state;
    if (!pixels) return;
    if (isNone(distortion)) {
      // A look under way may still bring answers to the amounts before: they are recognised as stale.
      this.set({ changed: undefined, answers: new Map(), novelty: undefined });
      this.#said = new Map();
      const verdict = this.#verdict(this.#subject.novelty);
      this.#unlike = undefined;
      if (verdict.length > 0) this.#say(verdict.join());
    } else {
      this.#distortions.push({ pixels, distortion });
    }
  }

  async #distort({ pixels, distortion }: { pixels: Float32Array; distortion: Distortion }, signal: AbortSignal): Promise<void> {
    const wanted = (): boolean => !signal.aborted && pixels === this.state.pixels && !isNone(this.state.distortion);
    let seen: Pick<WhyState, 'changed' | 'answers' | 'novelty'> = { changed: undefined, answers: new Map(), novelty: undefined };
    const gathering = new Gathering(() => {
      if (wanted()) this.set(seen);
    });
    const progress = (part: Distorted): void => {
      if (part.part === 'pixels') seen = { changed: bytes(part.pixels), answers: new Map(), novelty: undefined };
      else if (part.part === 'novelty') seen = { ...seen, novelty: part.novelty };
      else seen = { ...seen, answers: new Map(seen.answers).set(part.answer.model, part.answer.probabilities) };
      gathering.part();
    };
    gathering.begin(this.state.answers.size > 0);
    try {
      await this.#engine.ask('distort', { pixels, distortion }, { signal, progress });
      gathering.end();
      if (wanted() && distortion === this.state.distortion) this.#announce();
    } catch (thrown) {
      gathering.end();
      this.#fail(thrown, signal);
    }
  }

  /** Says which models have changed their answer since the last time, and whether the picture has become unlike the training garments, or like them. */
  #announce(): void {
    const changed = [...this.state.answers].flatMap(([model, probabilities]) => {
      const label = argmax(probabilities);
      if (this.#said.get(model) === label) return [];
      this.#said.set(model, label);
      return t.why.break.announce(t.model(model), classNames(this.#subject.classes)[label] ?? String(label));
    });
    const news = [...changed, ...this.#verdict(this.state.novelty)];
    if (news.length > 0) this.#say(news.join('. '));
  }

  /** What there is to say of a novelty that is known: nothing unless the verdict has changed. */
  #verdict(novelty: number | undefined): string[] {
    if (novelty === undefined) return [];
    const [before, now] = [this.#unlike ?? isUnlike(this.#subject.novelty), isUnlike(novelty)];
    this.#unlike = now;
    return before === now ? [] : [t.why.break.announceNovelty(now)];
  }

  /** Fetches what the picture is compared with. */
  async explore(): Promise<void> {
    if (this.state.densities) return;
    this.set({ absent: undefined });
    try {
      const { default: eda } = await later('densities', () => import('../../../../models/eda.json'));
      const all = eda.classes.map(({ name, total_intensity_density: values }) => ({ name, values }));
      this.set({ densities: { grid: eda.total_intensity_grid, classes: all } });
    } catch (thrown) {
      if (!(thrown instanceof Absence)) throw thrown;
      this.set({ absent: thrown });
      this.#say(t.absence[thrown.code]);
    }
  }

  #fail(thrown: unknown, signal: AbortSignal | undefined): void {
    if (signal?.aborted) return;
    const problem = (): string => t.why.failed(describeFailure(thrown));
    this.set({ problem });
    this.#say(problem());
  }
}
