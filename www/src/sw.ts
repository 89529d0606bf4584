/** The service worker: keeps every file of a version that this browser uses, and answers with them when offline. */
import { cleanupOutdatedCaches, createHandlerBoundToURL, precacheAndRoute, type PrecacheEntry } from 'workbox-precaching';
import { NavigationRoute, registerRoute } from 'workbox-routing';
import { CacheFirst } from 'workbox-strategies';
import { hasRelaxedSimd, uses } from './engine/features';

/** A service worker's own global, of which the DOM's types know nothing. The build fills in the list. */
declare const self: {
  readonly __WB_MANIFEST: readonly PrecacheEntry[];
  addEventListener(type: 'message', listen: (event: MessageEvent<{ readonly type?: unknown } | null>) => void): void;
  skipWaiting(): Promise<void>;
};

// The page asks before it changes over: old and new files are never mixed.
self.addEventListener('message', ({ data }) => {
  if (data?.type === 'SKIP_WAITING') void self.skipWaiting();
});

const relaxed = hasRelaxedSimd();
precacheAndRoute(self.__WB_MANIFEST.filter(({ url }) => uses(url, relaxed)));
cleanupOutdatedCaches();
registerRoute(new NavigationRoute(createHandlerBoundToURL('index.html')));
registerRoute(({ url, sameOrigin }) => sameOrigin && url.pathname.includes('/data/t10k-'), new CacheFirst({ cacheName: 'test-set' }));
