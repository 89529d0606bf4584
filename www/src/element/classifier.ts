/** `<vitrine-classifier>`: the lab as an element of anyone's page. This file has no effect; `define.ts` defines the element. */
import { LitElement, type PropertyValues, type TemplateResult } from 'lit';
import type { SketchPad } from '../components/sketch/sketch-pad';
import type { Artefacts } from '../engine/engine';
import { CodedError } from '../engine/failure';
import { inContext } from '../messages/context';
import { t } from '../messages';
import type { ModelId, Prepared, Recipe } from '../shapes';
import { shared } from '../styles/shared';
import { tokens } from '../styles/tokens';
import { adoptInto } from './adopt';
import { Bench } from './bench';
import { engineOf } from './engines';
import { VitrineAnswerEvent, VitrineErrorEvent, VitrineLoadEvent, VitrineProgressEvent } from './events';
import { follow } from './language';
import { Near } from './near';
import { answersOf, type ModelAnswer, type Result } from './result';
import type { PictureSource } from './source';
import { elementStyles } from './styles';
import { type Control, CONTROLS, RECIPES, words } from './tokens';
import { view } from './view';

/**
 * Draw a garment, or bring a picture, and see what models trained on Fashion-MNIST make of it, in the browser alone.
 * Nothing is fetched before it is near the view and shown. All elements of a page with the same `base` share one worker.
 *
 * @tag vitrine-classifier
 * @tagname vitrine-classifier
 *
 * @attr {string} [lang] - Its language, `en` or `de`; without it the nearest `lang` around the element, then the browser's.
 *
 * @slot - Shown where the element does not work: before it is defined, and when no model could be loaded.
 * @slot prompt - Stands above everything, in place of the text of `task`.
 *
 * @fires {VitrineLoadEvent} vitrine-load - Every model that is wanted has loaded or failed, and at least one is ready.
 * @fires {VitrineProgressEvent} vitrine-progress - More of the models has come: `progress`, 0 to 1.
 * @fires {VitrineAnswerEvent} vitrine-answer - The models have answered: `result`.
 * @fires {VitrineErrorEvent} vitrine-error - Something went wrong, and is shown: `code`, stable, and `message`, for people.
 *
 * @csspart prompt - What stands above everything.
 * @csspart problem - The notice of what went wrong.
 * @csspart subject - The visitor's side: pad or picture, and where pictures come from.
 * @csspart pad - The sketch pad.
 * @csspart picture - The picture that is shown in place of the pad.
 * @csspart answers - The models' side.
 * @csspart verdict - The class that the models name.
 * @csspart table - The table of probabilities.
 * @csspart models - The choice of models.
 * @csspart input - What the models see, and the steps that led to it.
 * @csspart neighbours - The nearest training garments.
 * @csspart heading - Each heading.
 *
 * @cssprop [--vitrine-unit=1rem] - What all lengths are multiples of.
 * @cssprop [--vitrine-paper] - The ground.
 * @cssprop [--vitrine-ink] - Text.
 * @cssprop [--vitrine-accent] - What is chosen, pressed or highest.
 * @cssprop [--vitrine-font] - The font of text.
 * @cssprop [--vitrine-display-font] - The font of the verdict.
 *
 * @cssState ready - Every model that is wanted has loaded or failed, and at least one is ready.
 * @cssState failed - No model could be loaded.
 */
export class VitrineClassifier extends LitElement {
  static override styles = [tokens, shared, elementStyles];
  static override properties = {
    models: { converter: words, reflect: true, useDefault: true },
    recipe: { type: String, reflect: true, useDefault: true },
    controls: { converter: words, reflect: true, useDefault: true },
    src: { type: String, reflect: true, useDefault: true },
    loading: { type: String, reflect: true, useDefault: true },
    base: { type: String, reflect: true, useDefault: true },
    headingLevel: { type: Number, attribute: 'heading-level', reflect: true, useDefault: true },
    theme: { type: String, reflect: true, useDefault: true },
    task: { type: String, reflect: true, useDefault: true },
  };

  /** What an engine is made of, for a `base`; `define.ts` says it, and whoever knows better may say it before the first element is shown. */
  static artefacts: ((base: string) => Artefacts) | undefined;
  /** Milliseconds for which the worker stays after the last element has left. */
  static linger = 10_000;

  /** The models to ask, in order, with spaces between them: `mlp`, `cnn`, `cnn-slim`, `knn`. */
  declare models: readonly ModelId[];
  /** How a picture becomes the models' input: `auto`, `photograph`, `light-on-dark`, `sketch` or `exact`. */
  declare recipe: Recipe;
  /** What is shown besides the answers: `draw`, `upload`, `camera`, `samples`, `steps`, `models`, `neighbours`. */
  declare controls: readonly Control[];
  /** The address of a picture to begin with. */
  declare src: string;
  /** `lazy`: nothing is fetched before the element is near the view and shown; `eager`: as soon as it is in a page. */
  declare loading: 'lazy' | 'eager';
  /** The folder that holds the package's `wasm/`, `models/` and workers; read when the element begins. */
  declare base: string;
  /** The level of its headings, 1 to 6. */
  declare headingLevel: number;
  /** `light` or `dark`; `auto`: as the visitor's system is set; otherwise as the page around it is. */
  declare theme: 'light' | 'dark' | 'auto' | '';
  /** A task for the visitor, as plain text. */
  declare task: string;

  readonly #internals = this.attachInternals();
  readonly #near = new Near(this, () => this.#begin());
  #lab: Bench | undefined;
  #isBegun = false;
  /** What was told last. */
  #told: { progress: number; phase: Bench['phase']; answered: Result | undefined } = { progress: 0, phase: 'loading', answered: undefined };

  constructor() {
    super();
    this.models = ['cnn-slim'];
    this.recipe = 'auto';
    this.controls = ['draw', 'upload'];
    this.src = '';
    this.loading = 'lazy';
    this.base = '';
    this.headingLevel = 3;
    this.theme = '';
    this.task = '';
  }

  static override get observedAttributes(): string[] {
    return [...super.observedAttributes, 'lang'];
  }

  /** The models' answers to what is shown; empty while there are none. */
  get answers(): readonly ModelAnswer[] {
    return this.#lab ? answersOf(this.#lab.state) : [];
  }

  /** What the models see of it; `undefined` while they see nothing. */
  get prepared(): Prepared | undefined {
    return this.#lab?.state.prepared;
  }

  /** The lab behind the element. @internal */
  get lab(): Bench {
    return this.#bench();
  }

  /** The sketch pad, once there is one. @internal */
  get pad(): SketchPad | null {
    return this.renderRoot.querySelector('vitrine-sketch-pad');
  }

  /**
   * Shows a picture and resolves to what the models make of it, once each has answered or failed. The element loads for it,
   * wherever it is. Rejects with an `Error` that has a `code`: `picture` or `io` when there is no picture in it, `cancelled`
   * when another was chosen meanwhile, `ended` when the element left the page, or what no model loaded of.
   *
   * @param {PictureSource} source - An address, a file, pixels, or anything that a canvas can draw.
   * @returns {Promise<Result>}
   */
  async classify(source: PictureSource): Promise<Result> {
    if (!this.isConnected) throw new CodedError('parameter', 'the element is in no page; put it into one first');
    await this.updateComplete;
    this.#begin();
    return this.#bench().classify(source, this.ownerDocument.baseURI);
  }

  /** Takes drawing and picture away. */
  clear(): void {
    this.#lab?.dismissGuest();
    this.pad?.show([]);
  }

  override connectedCallback(): void {
    follow(this);
    super.connectedCallback();
    if (this.#isBegun) this.#bench().start();
    else this.#await();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#near.end();
    // One that is moved is back before this.
    queueMicrotask(() => {
      if (this.isConnected) return;
      this.#lab?.end();
    });
  }

  /** Into the document of another window. */
  adoptedCallback(): void {
    adoptInto(this);
  }

  override attributeChangedCallback(name: string, old: string | null, value: string | null): void {
    super.attributeChangedCallback(name, old, value);
    if (name === 'lang' && this.isConnected && old !== value) follow(this);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const lab = this.#bench();
    // What is as usual at first counts as unchanged.
    if (!this.hasUpdated || changed.has('models') || changed.has('controls')) this.#choose(lab);
    if (changed.has('recipe')) {
      const recipe = RECIPES.includes(this.recipe) ? this.recipe : 'auto';
      lab.usual = recipe;
      if (recipe !== lab.state.recipe) lab.choose(recipe);
    }
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has('loading') && !this.#isBegun) this.#await();
    if (changed.has('src') && this.#isBegun) this.#show();
    this.#tell(this.#bench());
  }

  override render(): TemplateResult {
    return view(this.#bench(), {
      controls: new Set(CONTROLS.filter((control) => this.controls.includes(control))),
      level: Math.min(6, Math.max(1, Math.trunc(this.headingLevel) || 3)),
      task: this.task,
      choose: (models) => (this.models = models),
    });
  }

  #bench(): Bench {
    if (this.#lab) return this.#lab;
    const { artefacts } = VitrineClassifier;
    if (!artefacts) throw new Error('VitrineClassifier.artefacts is not set: import the package’s define entry, or say where wasm, models and worker are');
    const base = this.base && new URL(this.base, this.ownerDocument.baseURI).href;
    this.#lab = new Bench(
      engineOf(base, artefacts, () => VitrineClassifier.linger),
      () => this.requestUpdate(),
      (code, message) => this.dispatchEvent(new VitrineErrorEvent(code, message)),
    );
    this.#lab.speaking = (work) => inContext(this, work);
    return this.#lab;
  }

  /** Begins now, or as soon as it is near. */
  #await(): void {
    if (!this.isConnected) return;
    if (this.loading === 'eager') this.#begin();
    else this.#near.watch();
  }

  #begin(): void {
    if (this.#isBegun) return;
    this.#isBegun = true;
    this.#near.end();
    this.#bench().start();
    this.#show();
  }

  /** The picture to begin with. */
  #show(): void {
    if (this.src === '') return;
    // What comes of it is told by events.
    this.#bench().classify(this.src, this.ownerDocument.baseURI).catch(() => undefined);
  }

  #choose(lab: Bench): void {
    const { models } = lab.state;
    const unknown = this.models.filter((model) => !models.includes(model));
    const shown = this.models.filter((model) => models.includes(model));
    if (unknown.length > 0) lab.complain(() => t.element.unknownModels(unknown, models), { code: 'parameter' });
    lab.set({ shown });
    lab.want([...new Set([...shown, ...(this.controls.includes('neighbours') ? lab.engine.indices : [])])]);
  }

  #tell(lab: Bench): void {
    const { progress, phase, result } = lab;
    const told = this.#told;
    this.#told = { progress: Math.max(progress, told.progress), phase, answered: result ?? told.answered };
    this.#mark('ready', phase === 'ready');
    this.#mark('failed', phase === 'failed');
    if (progress > told.progress) this.dispatchEvent(new VitrineProgressEvent(progress));
    if (phase === 'ready' && told.phase !== 'ready') this.dispatchEvent(new VitrineLoadEvent());
    if (result && !isSame(result, told.answered)) this.dispatchEvent(new VitrineAnswerEvent(result));
  }

  #mark(state: string, holds: boolean): void {
    if (holds) this.#internals.states.add(state);
    else this.#internals.states.delete(state);
  }
}

/** Whether both are of one look, with the same models. */
function isSame(one: Result, other: Result | undefined): boolean {
  return one.prepared === other?.prepared && one.answers.length === other.answers.length;
}

declare global {
  interface HTMLElementTagNameMap {
    'vitrine-classifier': VitrineClassifier;
  }
}
