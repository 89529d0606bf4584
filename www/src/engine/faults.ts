/** What ended workers: it is remembered, and not asked again until somebody wants it to be. */
import type { Failure, ModelId } from '../shapes';
import type { Fault } from './client';
import { CodedError } from './failure';
import type { CallName } from './protocol';

/** Faults in a row, with nothing that succeeded between them, after which no worker is started again. */
const MOST = 3;

/** Calls in which a model answers what every look asks it: it is the model that fails. In any other call it is that call. */
const OF_THE_MODEL: ReadonlySet<CallName> = new Set(['load', 'look', 'distort', 'predict']);

export class Faults {
  #inRow = 0;
  readonly #barred = new Map<string, CodedError>();

  /** Takes note of a fault. The model whose fault it was, and which is not to be loaded again; `undefined` where it was only a call's. */
  note({ call, model, failure: { code, message } }: Fault): ModelId | undefined {
    this.#inRow += 1;
    if (call === undefined) return undefined;
    if (model !== undefined && OF_THE_MODEL.has(call)) return model;
    // A look that no model ended is the picture's fault: the next picture is looked at.
    if (call !== 'look' && call !== 'start') this.#barred.set(key(call, model), new CodedError(code, message, model));
    return undefined;
  }

  /** Why no worker is started again; `undefined` while one is. */
  get last(): Failure | undefined {
    return this.#inRow > MOST ? { code: 'stopped', message: `the classifier stopped ${this.#inRow} times in a row` } : undefined;
  }

  /** A call has come to its end. */
  succeeded(): void {
    this.#inRow = 0;
  }

  /** Throws what ended the worker when it was last asked for this. */
  check(call: CallName, model: ModelId | undefined): void {
    const barred = this.#barred.get(key(call, model));
    if (barred) throw barred;
  }

  /** Lets calls be asked again, of any model; without names, all. */
  forgive(calls?: readonly CallName[]): void {
    this.#inRow = 0;
    for (const name of this.#barred.keys()) if (!calls || calls.some((call) => name.startsWith(`${call} `))) this.#barred.delete(name);
  }
}

const key = (call: CallName, model: ModelId | undefined): string => `${call} ${model ?? ''}`;
