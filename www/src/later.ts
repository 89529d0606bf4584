/** Scripts that come later, when they are wanted; and what is to be done about one that does not. */
import { PATIENCE } from './patience';

/**
 * Why a script is not there. `away`: it could not be fetched, and may come another time. `damaged`: it came, and is no script
 * of this page; `silent`: it was asked for, and nothing is heard of it. The browser keeps what these two are, and only a
 * reload brings another.
 */
export class Absence extends Error {
  readonly code: 'away' | 'damaged' | 'silent';
  /** How often it has failed. */
  readonly tries: number;

  constructor(code: Absence['code'], tries: number, cause: unknown) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
    this.code = code;
    this.tries = tries;
  }
}

const failures = new Map<string, number>();
const coming = new Map<string, Promise<unknown>>();

/** An event named after a part, when that has come after all: whoever lacks it may ask for it again. */
export const arrivals = new EventTarget();

/**
 * What `load` imports; rejects with an `Absence`. `part`: names it; while it is on its way, whoever else asks for it waits with
 * the first.
 */
export function later<Module>(part: string, load: () => Promise<Module>): Promise<Module> {
  const before = coming.get(part) as Promise<Module> | undefined;
  if (before) return before;
  const own = fetched(part, load).finally(() => coming.delete(part));
  coming.set(part, own);
  return own;
}

async function fetched<Module>(part: string, load: () => Promise<Module>): Promise<Module> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const silence = new Error(`${part} did not come in ${PATIENCE.script / 1000} s`);
  const silent = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(silence), PATIENCE.script);
  });
  try {
    const module = await Promise.race([load(), silent]);
    if (failures.delete(part)) arrivals.dispatchEvent(new Event(part));
    return module;
  } catch (thrown) {
    const tries = (failures.get(part) ?? 0) + 1;
    failures.set(part, tries);
    // Of what cannot be fetched, or comes as another type, every engine says that with a TypeError.
    throw new Absence(thrown === silence ? 'silent' : thrown instanceof TypeError ? 'away' : 'damaged', tries, thrown);
  } finally {
    clearTimeout(timer);
  }
}
