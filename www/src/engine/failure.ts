/** Anything thrown → `{code, message}`, which crosses between threads unharmed; and what of it ends an instance. */
import type { Failure, ModelId } from '../shapes';

/** An error with a stable code, as the wasm package throws them. `model`: the one that it happened to, where that is known. */
export class CodedError extends Error {
  readonly code: string;
  readonly model: ModelId | undefined;

  constructor(code: string, message: string, model?: ModelId) {
    super(message);
    this.code = code;
    this.model = model;
  }
}

/** The stable code of `thrown`; `undefined` of what no one here threw. A `DOMException` has a number of that name. */
export function codeOf(thrown: unknown): string | undefined {
  const code: unknown = thrown instanceof Error && 'code' in thrown ? thrown.code : undefined;
  return typeof code === 'string' ? code : undefined;
}

/** The failure in `thrown`; without a code of its own it stopped the classifier. */
export function failure(thrown: unknown): Failure {
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  const code = codeOf(thrown);
  return code === undefined ? { code: 'stopped', message: `the classifier stopped (${message})` } : { code, message };
}

/**
 * Whether an instance of which a call threw this must not be called again. What the wasm package throws on purpose has a
 * code; a trap, an overflown stack (`RangeError` in V8, `InternalError` in SpiderMonkey) or a lack of memory leave it
 * half-way through a change, and have none.
 */
export function isFatal(thrown: unknown, signal: AbortSignal): boolean {
  return codeOf(thrown) === undefined && !(signal.aborted && thrown === signal.reason);
}

/** What is thrown at those who ask an engine that was ended. */
export const ended = (): CodedError => new CodedError('ended', 'the classifier was ended');
