/** The decoder of an index's thumbnails: fetched when neighbours are first shown, once, and by no look that is stale. */
import type { Published } from './protocol';

/** What reads the file; the wasm package's index does. */
export interface Reader {
  read_thumbnails(bytes: Uint8Array): void;
}

export class Thumbnails {
  readonly #fetch: (file: Published) => Promise<Uint8Array>;
  #file: Published | undefined;
  #bytes: Promise<Uint8Array> | undefined;

  constructor(fetch: (file: Published) => Promise<Uint8Array>) {
    this.#fetch = fetch;
  }

  /** Says where the thumbnails of the index are that was just read. */
  expect(file: Published): void {
    this.#file = file;
    this.#bytes = undefined;
  }

  /**
   * Hands the thumbnails to the index that lacks them; whether there are any that it lacked. When `signal` fires, the call
   * rejects and the fetch goes on for the next look; a fetch that fails leaves neighbours without pictures until then.
   */
  async bring(index: Reader, signal: AbortSignal): Promise<boolean> {
    const file = this.#file;
    if (file === undefined) return false;
    this.#bytes ??= this.#fetch(file);
    let bytes: Uint8Array;
    try {
      bytes = await unlessAborted(this.#bytes, signal);
    } catch {
      signal.throwIfAborted();
      this.#bytes = undefined;
      return false;
    }
    if (this.#file !== file) return false;
    this.#file = undefined;
    index.read_thumbnails(bytes);
    return true;
  }
}

function unlessAborted<Value>(promise: Promise<Value>, signal: AbortSignal): Promise<Value> {
  return new Promise((resolve, reject) => {
    const abort = (): void => reject(signal.reason as Error);
    signal.addEventListener('abort', abort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}
