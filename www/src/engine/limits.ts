/** How long the engine waits for what does not answer. */
import type { CallName } from './protocol';

/** Milliseconds. */
export interface Limits {
  /** Between two checks; what is shorter is not noticed. A page that was suspended has missed checks, and lost no patience. */
  readonly tick: number;
  /** Of silence while a worker computes. */
  readonly step: number;
  /** Without a byte, after which a download is given up. */
  readonly stall: number;
  /** After which an idle helper is ended. */
  readonly idle: number;
  /** For which the first model has the connection to itself. */
  readonly head: number;
}

/**
 * The longest step, reading the largest model, takes a tenth of a second on a desktop's processor: a telephone that is
 * fifty times slower is still waited for.
 */
export const LIMITS: Limits = { tick: 1_000, step: 10_000, stall: 30_000, idle: 20_000, head: 2_000 };

/** These wait for the network, or for the browser's own decoder. */
const FETCHING: ReadonlySet<CallName> = new Set(['start', 'load', 'open', 'diagram', 'recall', 'gallery', 'read']);

/** Milliseconds of silence that a call is given. `serve` lasts as long as its measurement, `written` as a disk likes. */
export function limitOf(call: CallName, { step, stall }: Limits): number {
  if (call === 'serve' || call === 'written') return Infinity;
  return FETCHING.has(call) ? stall + step : step;
}
