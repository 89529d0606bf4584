/** Anything thrown → `{code, message}`, which crosses between threads unharmed. */
import type { Failure } from '../shapes';

/** An error with a stable code, as the wasm package throws them. */
export class CodedError extends Error {
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

/** The failure in `thrown`. A trap (a Rust panic) is `internal`. */
export function failure(thrown: unknown): Failure {
  if (isTrap(thrown)) return { code: 'internal', message: `the classifier stopped (${thrown.message})` };
  if (thrown instanceof Error) {
    const code: unknown = 'code' in thrown ? thrown.code : undefined;
    return { code: typeof code === 'string' ? code : 'internal', message: thrown.message };
  }
  return { code: 'internal', message: String(thrown) };
}

/** Whether `thrown` is a wasm trap, after which the instance must not be called again. */
export function isTrap(thrown: unknown): thrown is WebAssembly.RuntimeError {
  // Settings of a browser can take `WebAssembly` away.
  return typeof WebAssembly !== 'undefined' && thrown instanceof WebAssembly.RuntimeError;
}
