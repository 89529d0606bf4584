/** The lab of one element: it shares an engine, and gives programs their answers. */
import { CodedError } from '../engine/failure';
import { Seat, type SharedEngine } from '../engine/shared';
import { Lab } from '../lab/controller';
import type { Guest } from '../lab/subject';
import { t } from '../messages';
import type { ModelId, Picture } from '../shapes';
import { type Result, resultOf } from './result';
import { isLarge, type PictureSource, taken } from './source';

interface Waiting {
  readonly guest: Guest;
  readonly resolve: (result: Result) => void;
  readonly reject: (problem: CodedError) => void;
}

export class Bench extends Lab<Seat> {
  #wanted: readonly ModelId[] = [];
  #asked = 0;
  #waiting: readonly Waiting[] = [];
  #last: CodedError | undefined;

  /** `changed`: called after every change of `state`; `told`: of everything that went wrong, with its code. */
  constructor(shared: SharedEngine, changed: () => void, told: (code: string, message: string) => void) {
    super(
      (tell) => new Seat(shared, tell),
      () => {
        this.#settle();
        changed();
      },
    );
    this.failed = (code, message) => {
      this.#last = new CodedError(code, message);
      told(code, message);
      this.#settle();
    };
  }

  /** Those that are loaded, and asked, from now on. */
  want(models: readonly ModelId[]): void {
    this.#wanted = models;
    this.engine.want(models);
  }

  /** How much of the models that are wanted has come, 0 to 1. */
  get progress(): number {
    const { statuses } = this.state;
    const shares = this.#wanted.map((model) => {
      const status = statuses.get(model);
      if (status?.kind === 'loading') return status.fraction;
      return status?.kind === 'ready' || status?.kind === 'failed' ? 1 : 0;
    });
    return shares.reduce((sum, share) => sum + share, 0) / Math.max(1, shares.length);
  }

  /** `loading` until every model that is wanted is ready or has failed; `failed` when none is ready then. */
  get phase(): 'loading' | 'ready' | 'failed' {
    const kinds = this.#wanted.map((model) => this.state.statuses.get(model)?.kind);
    if (!kinds.every((kind) => kind === 'ready' || kind === 'failed')) return 'loading';
    return kinds.includes('ready') ? 'ready' : 'failed';
  }

  /** What was seen of the newest picture, once every model that is ready has answered. */
  get result(): Result | undefined {
    const { lookAsked, lookEnded, answers, statuses } = this.state;
    const result = lookEnded === lookAsked ? resultOf(this.state) : undefined;
    if (!result || result.prepared.blank) return result;
    if (result.answers.length === 0) return undefined;
    return this.#wanted.every((model) => statuses.get(model)?.kind !== 'ready' || answers.has(model)) ? result : undefined;
  }

  /** Shows a picture in place of the pad, and waits until every model that is wanted has answered or failed. `base`: of addresses. */
  async classify(source: PictureSource, base: string): Promise<Result> {
    const own = ++this.#asked;
    const name = (): string => t.element.given;
    this.#last = undefined;
    try {
      const given = await taken(source, base, name);
      const picture = isLarge(given) ? await this.#reduced(given) : given;
      if (own !== this.#asked) throw replaced();
      if (picture instanceof Blob) {
        if (!(await this.take(picture, name))) throw replaced();
      } else {
        this.show({ picture, name, origin: { kind: 'file' } });
      }
    } catch (thrown) {
      if (thrown instanceof CodedError && thrown.code !== 'cancelled') this.complain(() => thrown.message, { code: thrown.code });
      throw thrown;
    }
    // What was refused has been complained of by now.
    const refused = this.#refusal();
    const { guest } = this.state;
    if (refused || !guest) throw refused ?? replaced();
    return new Promise((resolve, reject) => {
      this.#waiting = [...this.#waiting, { guest, resolve, reject }];
      this.#settle();
    });
  }

  /** Whoever waits is not answered any more. */
  override end(): void {
    super.end();
    this.#reject(() => true, new CodedError('ended', 'the element left the page before it could answer'));
  }

  /** What is larger than what is worked on, as files of that size become. */
  async #reduced(picture: Picture): Promise<Picture> {
    const read = await this.engine.read(picture);
    if (read.kind !== 'picture') throw new CodedError('picture', t.errors.notImage(t.element.given));
    return read.picture;
  }

  /** Why no model is ready. */
  #failure(): CodedError {
    for (const model of this.#wanted) {
      const status = this.state.statuses.get(model);
      if (status?.kind === 'failed') return new CodedError(status.failure.code, status.failure.message, model);
    }
    return new CodedError('parameter', this.speaking(() => t.element.unknownModels([], this.state.models)));
  }

  #refusal(): CodedError | undefined {
    return this.#last;
  }

  #settle(): void {
    if (this.#waiting.length === 0) return;
    const { guest, lookAsked, lookEnded } = this.state;
    this.#reject((waiting) => waiting.guest !== guest, replaced());
    if (this.phase === 'loading' || lookEnded < lookAsked) return;
    const { result } = this;
    if (this.phase === 'failed') {
      this.#reject(() => true, this.#failure());
    } else if (result) {
      const answered = this.#waiting;
      this.#waiting = [];
      for (const { resolve } of answered) resolve(result);
    } else if (this.#last) {
      this.#reject(() => true, this.#last);
    }
  }

  #reject(whose: (waiting: Waiting) => boolean, problem: CodedError): void {
    const rejected = this.#waiting.filter(whose);
    this.#waiting = this.#waiting.filter((waiting) => !whose(waiting));
    for (const { reject } of rejected) reject(problem);
  }
}

const replaced = (): CodedError => new CodedError('cancelled', 'another picture was chosen meanwhile');
