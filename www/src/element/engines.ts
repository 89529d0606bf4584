/** The engines of a page: one for each `base`, which all elements with it share. */
import type { Artefacts } from '../engine/engine';
import { SharedEngine } from '../engine/shared';

const engines = new Map<string, SharedEngine>();

/** That of `base`; `artefacts`: what it is made of, `linger`: milliseconds for which it stays after the last element left. */
export function engineOf(base: string, artefacts: (base: string) => Artefacts, linger: () => number): SharedEngine {
  let engine = engines.get(base);
  if (!engine) {
    engine = new SharedEngine(artefacts(base), linger);
    engines.set(base, engine);
  }
  return engine;
}
