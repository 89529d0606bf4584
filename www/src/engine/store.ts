/** Writes what was fetched into one of the browser's caches, so that nobody fetches it again. */
import type { Source } from './protocol';

/** What it needs of the browser's caches. */
export type Cabinet = Pick<CacheStorage, 'open'>;

export class Store {
  readonly #caches: () => Cabinet;
  readonly #writing = new Set<Promise<void>>();
  #name: string | undefined;

  /** `caches`: may throw where the browser has none for this page. */
  constructor(caches: () => Cabinet) {
    this.#caches = caches;
  }

  /** Without a name nothing is written. */
  open(name: string | undefined): void {
    this.#name = name;
  }

  /** Whether it writes what came from there. */
  takes(source: Source): source is string {
    return this.#name !== undefined && typeof source === 'string';
  }

  /** Writes the file of an address; `anew`: in place of what is there. Nobody hears when it finds no room. */
  put(url: string, body: BlobPart, type: string, anew: boolean): void {
    const name = this.#name;
    if (name === undefined) return;
    // The bytes may be gone in a moment, to where they were meant for.
    const response = new Response(new Blob([body]), { headers: { 'content-type': type } });
    const write = async (): Promise<void> => {
      const cache = await this.#caches().open(name);
      if (anew || !(await cache.match(url))) await cache.put(url, response);
    };
    const writing: Promise<void> = write()
      .catch(() => undefined)
      .finally(() => this.#writing.delete(writing));
    this.#writing.add(writing);
  }

  /** Resolves when all that was put so far has been written, or found no room. */
  async written(): Promise<void> {
    await Promise.all(this.#writing);
  }
}
