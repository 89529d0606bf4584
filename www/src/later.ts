/** Scripts that come later, when they are wanted; and what is to be done about one that does not. */

/**
 * Why a script is not there. `away`: it could not be fetched, and may come another time. `damaged`: it came, and is no script
 * of this page; the browser keeps it, and only a reload brings another.
 */
export class Absence extends Error {
  readonly code: 'away' | 'damaged';
  /** How often it has failed. */
  readonly tries: number;

  constructor(code: Absence['code'], tries: number, cause: unknown) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
    this.code = code;
    this.tries = tries;
  }
}

/** Milliseconds after which a script is not waited for any more. */
const PATIENCE = 30_000;

const failures = new Map<string, number>();

/** What `load` imports; rejects with an `Absence`. `part`: names it, to count its failures. */
export async function later<Module>(part: string, load: () => Promise<Module>): Promise<Module> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const silence = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new TypeError(`${part} did not come in ${PATIENCE / 1000} s`)), PATIENCE);
  });
  try {
    return await Promise.race([load(), silence]);
  } catch (thrown) {
    const tries = (failures.get(part) ?? 0) + 1;
    failures.set(part, tries);
    // Of what cannot be fetched, or comes as another type, every engine says that with a TypeError.
    throw new Absence(thrown instanceof TypeError ? 'away' : 'damaged', tries, thrown);
  } finally {
    clearTimeout(timer);
  }
}

/** Loads the page anew, and its scripts past the caches: of files that never change, a reload would take them from there. */
export async function reloadAnew(): Promise<void> {
  const scripts = performance.getEntriesByType('resource').flatMap(({ name }) => (new URL(name).pathname.endsWith('.js') ? [name] : []));
  await Promise.allSettled(scripts.map((url) => fetch(url, { cache: 'reload' })));
  location.reload();
}
