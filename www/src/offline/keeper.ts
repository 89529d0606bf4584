/** Keeps the files of one version: all that the page cannot begin without, and of the others as many as come and find room. */
import { PrecacheController, type PrecacheEntry } from 'workbox-precaching';
import { unpacked } from '../engine/unpack';
import { entryIn, filesOf, isNeeded, isPage, isUnasked, type Kept } from './protocol';
import { headersOf, whole } from './whole';

/** Milliseconds without a byte after which a file is given up. */
const STALL = 30_000;

/** What a service worker's events can do; the DOM's types know nothing of them. */
export interface Lasting extends Event {
  waitUntil(work: Promise<unknown>): void;
}

export class Keeper {
  readonly #scope: string;
  readonly #list = new PrecacheController();
  readonly #page: string;
  readonly #stall: number;
  /** The version. */
  readonly entry: string;

  /** `entries`: the version's files, each but the page with its sum. `scope`: the folder that they lie in. */
  constructor(entries: readonly PrecacheEntry[], scope: string, stall = STALL) {
    this.#scope = scope;
    this.#page = `${scope}index.html`;
    this.#stall = stall;
    this.#list.addToCacheList([...entries]);
    this.entry = this.#urls.find((url) => /\/assets\/index-[^/]+\.js$/.test(url)) ?? '';
  }

  get #urls(): readonly string[] {
    return this.#list.getCachedURLs();
  }

  /** Fetches the version; throws when what the page needs does not come. What else is missing can come later. */
  async install(): Promise<void> {
    for (const url of this.#urls.filter(isNeeded)) {
      if (!(await this.#keep(url))) throw new Error(`${url} could not be kept`);
    }
    for (const url of this.#urls.filter((url) => !isNeeded(url) && !isUnasked(url))) await this.#keep(url);
  }

  /** Fetches what is missing. */
  async mend(): Promise<void> {
    for (const url of (await this.kept()).missing) if (!isUnasked(url)) await this.#keep(url);
  }

  async kept(): Promise<Kept> {
    const there = new Set((await (await this.#cache()).keys()).map(({ url }) => url));
    return { entry: this.entry, missing: this.#urls.filter((url) => !there.has(this.#keyOf(url))) };
  }

  /** Removes what this version does not use. Pages of another one must be gone. */
  async tidy(): Promise<void> {
    const cache = await this.#cache();
    const used = new Set(this.#list.getURLsToCacheKeys().values());
    for (const request of await cache.keys()) if (!used.has(request.url)) await cache.delete(request);
  }

  /** The answer to a request, where it is one of this version's; `event` lasts until what was missing is kept. */
  answer(request: Request, event: Lasting): Promise<Response> | undefined {
    if (request.method !== 'GET') return undefined;
    if (request.mode === 'navigate') return isPage(request.url, this.#scope) ? this.#answerPage(request, event) : undefined;
    // Whoever asks for the page's text wants to know what the host has.
    if (isPage(request.url, this.#scope) || this.#list.getCacheKeyForURL(request.url) === undefined) return undefined;
    return this.#answerFile(request, event);
  }

  #cache(): Promise<Cache> {
    return caches.open(filesOf(this.#scope));
  }

  #keyOf(url: string): string {
    return this.#list.getCacheKeyForURL(url) ?? url;
  }

  async #answerPage(request: Request, event: Lasting): Promise<Response> {
    const kept = await this.#match(this.#page);
    if (kept) return kept;
    const response = await fetch(request);
    event.waitUntil(this.#keepPage());
    return response;
  }

  async #answerFile(request: Request, event: Lasting): Promise<Response> {
    // `reload`: what came before was wrong.
    const kept = request.cache === 'reload' ? undefined : await this.#match(request.url);
    if (kept) return kept;
    const response = await fetch(request);
    if (response.ok) event.waitUntil(this.#takeResponse(request.url, response.clone()));
    return response;
  }

  async #match(url: string): Promise<Response | undefined> {
    return (await this.#cache()).match(this.#keyOf(url));
  }

  async #takeResponse(url: string, response: Response): Promise<void> {
    try {
      await this.#take(url, new Uint8Array(await response.arrayBuffer()), headersOf(response));
    } catch {
      // The connection broke.
    }
  }

  /** Keeps a file if it is the right one. Whether it is there in the end. */
  async #take(url: string, bytes: Uint8Array<ArrayBuffer>, headers: Headers): Promise<boolean> {
    if (!(await this.#isRight(url, bytes))) return false;
    try {
      await (await this.#cache()).put(this.#keyOf(url), new Response(bytes, { headers }));
      return true;
    } catch {
      // There is no room.
      return false;
    }
  }

  async #isRight(url: string, bytes: Uint8Array<ArrayBuffer>): Promise<boolean> {
    // Hosts may unpack it on the way: its sum is that of its content.
    const content = url.endsWith('.gz') ? await unpacked(bytes) : bytes;
    return (await sumOf(content)) === this.#list.getIntegrityForCacheKey(this.#keyOf(url));
  }

  /** Whether the file is there in the end: the page may have put it there, or the browser have thrown it away. */
  async #keep(url: string): Promise<boolean> {
    if (url === this.#page) return this.#keepPage();
    const kept = await this.#match(url);
    if (kept && (await this.#isRight(url, new Uint8Array(await kept.arrayBuffer())))) return true;
    // What the browser has already is not fetched again; it has the right sum, or it is fetched past all caches.
    for (const cache of ['force-cache', 'reload'] as const) {
      const file = await whole(url, cache, this.#stall);
      if (file === 'stalled') return false;
      if (file && (await this.#take(url, file.bytes, file.headers))) return true;
    }
    return false;
  }

  /** Keeps the page. Hosts may rewrite its HTML: it has no sum, but names the first script of this version. */
  async #keepPage(): Promise<boolean> {
    const cache = await this.#cache();
    for (const [url, mode] of [[this.#scope, 'force-cache'], [this.#scope, 'reload'], [this.#page, 'reload']] as const) {
      const file = await whole(url, mode, this.#stall);
      if (file === 'stalled') return false;
      const entry = file && entryIn(new TextDecoder().decode(file.bytes));
      if (entry === undefined || new URL(entry, this.#scope).href !== this.entry) continue;
      try {
        await cache.put(this.#keyOf(this.#page), new Response(file?.bytes, { headers: file?.headers ?? {} }));
        return true;
      } catch {
        // There is no room.
      }
    }
    return false;
  }
}

/** As the build writes it. */
async function sumOf(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return `sha256-${btoa(String.fromCharCode(...digest))}`;
}
