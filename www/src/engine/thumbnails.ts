/** The decoder of an index's thumbnails: fetched when pictures of references are first wanted, once. */
import type { Published } from './protocol';

/** What reads the file; the wasm package's index does. */
export interface Reader {
  read_thumbnails(bytes: Uint8Array): void;
}

export class Thumbnails {
  readonly #fetch: (file: Published, anew: boolean) => Promise<Uint8Array>;
  /** Whether what came last time was wrong: a cache may have kept it. */
  #anew = false;
  #file: Published | undefined;
  #bytes: Promise<Uint8Array> | undefined;

  /** `fetch`: fetches and checks a file, past the browser's caches when `anew`. */
  constructor(fetch: (file: Published, anew: boolean) => Promise<Uint8Array>) {
    this.#fetch = fetch;
  }

  /** Whether the index that was just read has thumbnails that it lacks. */
  get wanted(): boolean {
    return this.#file !== undefined;
  }

  /** Says where the thumbnails of the index are that was just read. */
  expect(file: Published): void {
    this.#file = file;
    this.#bytes = undefined;
  }

  /** Hands the thumbnails to the index where it lacks them. A fetch that fails rejects, and is begun anew by the next call. */
  async bring(index: Reader): Promise<void> {
    const file = this.#file;
    if (file === undefined) return;
    const coming = (this.#bytes ??= this.#fetch(file, this.#anew));
    let bytes: Uint8Array;
    try {
      bytes = await coming;
    } catch (thrown) {
      this.#anew = true;
      if (this.#bytes === coming) this.#bytes = undefined;
      throw thrown;
    }
    if (this.#file !== file) return;
    index.read_thumbnails(bytes);
    this.#file = undefined;
  }
}
