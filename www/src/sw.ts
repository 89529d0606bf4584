/** The service worker: keeps every file of a version that this browser uses, and answers with them, offline too. */
import type { PrecacheEntry } from 'workbox-precaching';
import { hasRelaxedSimd, uses } from './engine/features';
import { Keeper, type Lasting } from './offline/keeper';
import { filesOf, isPage, type Question } from './offline/protocol';

interface Tab {
  readonly id: string;
  readonly url: string;
}

interface Events {
  install: Lasting;
  activate: Lasting;
  fetch: Lasting & { readonly request: Request; respondWith(response: Promise<Response>): void };
  message: Lasting & { readonly data: unknown; readonly ports: readonly MessagePort[]; readonly source: Tab | null };
}

/** A service worker's own global, of which the DOM's types know nothing. The build fills in the list. */
declare const self: {
  readonly __WB_MANIFEST: readonly PrecacheEntry[];
  readonly registration: { readonly scope: string; readonly active: unknown };
  readonly clients: { claim(): Promise<void>; matchAll(options: { type: 'window'; includeUncontrolled: boolean }): Promise<readonly Tab[]> };
  addEventListener<Type extends keyof Events>(type: Type, listen: (event: Events[Type]) => void): void;
  skipWaiting(): Promise<void>;
};

const { scope } = self.registration;
const relaxed = hasRelaxedSimd();
const keeper = new Keeper(
  self.__WB_MANIFEST.filter(({ url }) => uses(url, relaxed)),
  scope,
);
/** The cache of the first versions. */
const FIRST = `workbox-precache-v2-${scope}`;

/** The versions of the tabs that said so, by their ids. */
const versions = new Map<string, string>();

// Every file but the page's HTML is named after its content, and those of older versions stay while a tab may ask for
// them: nothing is mixed, so that nobody has to be waited for.
self.addEventListener('install', (event) => event.waitUntil(install()));
self.addEventListener('activate', (event) => event.waitUntil(activate()));

async function install(): Promise<void> {
  try {
    await keeper.install();
  } catch (thrown) {
    // Nobody answers with what is there, unless an older version does.
    if (!self.registration.active) await caches.delete(filesOf(scope));
    throw thrown;
  }
  await self.skipWaiting();
}

async function activate(): Promise<void> {
  await self.clients.claim();
  // What else the first versions kept were test sets that nobody had verified.
  if (await caches.has(FIRST)) await caches.delete('test-set');
}

self.addEventListener('fetch', (event) => {
  const answer = keeper.answer(event.request, event) ?? answerOther(event.request);
  if (answer) event.respondWith(answer);
});

/** Files of older versions, where they are kept. */
function answerOther(request: Request): Promise<Response> | undefined {
  if (!request.url.startsWith(`${scope}assets/`) || request.method !== 'GET' || request.mode === 'navigate') return undefined;
  if (request.cache === 'reload') return undefined;
  return caches.match(request.url).then((kept) => kept ?? fetch(request));
}

self.addEventListener('message', (event) => {
  const { ask, entry } = event.data as Partial<Question>;
  const [port] = event.ports;
  if (!port || entry === undefined) return;
  if (event.source) versions.set(event.source.id, entry);
  event.waitUntil(
    (async () => {
      if (ask === 'keep') {
        await keeper.mend();
        await tidy();
      }
      port.postMessage(await keeper.kept());
    })(),
  );
});

/** Removes what older versions left, once no tab is of one: a tab that has not said is taken for one. */
async function tidy(): Promise<void> {
  const tabs = (await self.clients.matchAll({ type: 'window', includeUncontrolled: true })).filter(({ url }) => isPage(url, scope));
  if (!tabs.every(({ id }) => versions.get(id) === keeper.entry)) return;
  await keeper.tidy();
  await caches.delete(FIRST);
}
