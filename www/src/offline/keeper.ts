/** Keeps the files of one version: all that the page cannot begin without, and of the others as many as come and find room. */
import { PrecacheController, type PrecacheEntry } from 'workbox-precaching';
import { entryIn, filesOf, isNeeded, isPage, type Kept } from './protocol';

/** What a service worker's events can do; the DOM's types know nothing of them. */
export interface Lasting extends Event {
  waitUntil(work: Promise<unknown>): void;
}

export class Keeper {
  readonly #scope: string;
  readonly #list: PrecacheController;
  readonly #page: string;
  /** The version. */
  readonly entry: string;

  /** `entries`: the version's files, each but the page with its sum. `scope`: the folder that they lie in. */
  constructor(entries: readonly PrecacheEntry[], scope: string) {
    this.#scope = scope;
    this.#page = `${scope}index.html`;
    this.#list = new PrecacheController({
      cacheName: filesOf(scope),
      plugins: [
        {
          // A file that came wrong, or was damaged since, is fetched again.
          cachedResponseWillBeUsed: async ({ cachedResponse, request }) => {
            const integrity = this.#list.getIntegrityForCacheKey(request.url);
            const isRight = cachedResponse && (integrity === undefined || (await sumOf(await cachedResponse.clone().arrayBuffer())) === integrity);
            return isRight ? cachedResponse : undefined;
          },
        },
      ],
    });
    this.#list.addToCacheList([...entries]);
    this.entry = this.#list.getCachedURLs().find((url) => /\/assets\/index-[^/]+\.js$/.test(url)) ?? '';
  }

  /** Fetches the version; throws when what the page needs does not come. What else is missing can come later. */
  async install(event: Lasting): Promise<void> {
    const urls = this.#list.getCachedURLs();
    for (const url of urls.filter(isNeeded)) {
      if (!(await this.#keep(url, event))) throw new Error(`${url} could not be kept`);
    }
    for (const url of urls.filter((url) => !isNeeded(url))) await this.#keep(url, event);
  }

  /** Fetches what is missing. */
  async mend(event: Lasting): Promise<void> {
    for (const url of (await this.kept()).missing) await this.#keep(url, event);
  }

  async kept(): Promise<Kept> {
    const cache = await caches.open(filesOf(this.#scope));
    const there = new Set((await cache.keys()).map(({ url }) => url));
    return { entry: this.entry, missing: this.#list.getCachedURLs().filter((url) => !there.has(this.#keyOf(url))) };
  }

  /** Removes what this version does not use. Pages of another one must be gone. */
  async tidy(): Promise<void> {
    const cache = await caches.open(filesOf(this.#scope));
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
    if (response.ok) event.waitUntil(this.#take(request.url, response.clone()));
    return response;
  }

  async #match(url: string): Promise<Response | undefined> {
    return (await caches.open(filesOf(this.#scope))).match(this.#keyOf(url));
  }

  /** Keeps a response that a page was given, if it is the file. */
  async #take(url: string, response: Response): Promise<void> {
    try {
      const bytes = await response.arrayBuffer();
      const key = this.#keyOf(url);
      if ((await sumOf(bytes)) !== this.#list.getIntegrityForCacheKey(key)) return;
      await (await caches.open(filesOf(this.#scope))).put(key, new Response(bytes, { headers: headersOf(response) }));
    } catch {
      // The connection broke, or there is no room.
    }
  }

  /** Whether the file is there in the end. */
  async #keep(url: string, event: Lasting): Promise<boolean> {
    if (url === this.#page) return this.#keepPage();
    const cacheKey = this.#keyOf(url);
    const integrity = this.#list.getIntegrityForCacheKey(cacheKey);
    // What the page has fetched already is not fetched again; it has the right sum, or it is fetched past all caches.
    for (const cache of ['force-cache', 'reload'] as const) {
      try {
        const request = new Request(url, { cache, credentials: 'same-origin', ...(integrity === undefined ? {} : { integrity }) });
        await Promise.all(this.#list.strategy.handleAll({ event: event as never, request, params: { cacheKey, integrity } }));
        return true;
      } catch (thrown) {
        if (!(thrown instanceof TypeError)) return false;
      }
    }
    return false;
  }

  /** Keeps the page. Hosts may rewrite its HTML: it has no sum, but names the first script of this version. */
  async #keepPage(): Promise<boolean> {
    const cache = await caches.open(filesOf(this.#scope));
    for (const [url, mode] of [[this.#scope, 'force-cache'], [this.#scope, 'reload'], [this.#page, 'reload']] as const) {
      try {
        const response = await fetch(url, { cache: mode, credentials: 'same-origin' });
        const html = await response.text();
        const entry = entryIn(html);
        if (!response.ok || entry === undefined || new URL(entry, this.#scope).href !== this.entry) continue;
        await cache.put(this.#keyOf(this.#page), new Response(html, { headers: headersOf(response) }));
        return true;
      } catch {
        // The host cannot be reached, or there is no room.
      }
    }
    return false;
  }
}

/** As the build writes it. */
async function sumOf(bytes: ArrayBuffer): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return `sha256-${btoa(String.fromCharCode(...digest))}`;
}

/** Headers of a body that has been unpacked: policies included, its encoding and length not. */
function headersOf({ headers }: Response): Headers {
  const kept = new Headers(headers);
  for (const name of ['content-encoding', 'content-length', 'transfer-encoding']) kept.delete(name);
  return kept;
}

