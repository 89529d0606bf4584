/** The service worker: the whole new version is fetched before any of it is used, and used from the next load on. */
import { registerSW } from 'virtual:pwa-register';

/** Registers it; `ready` gets a function that changes over to a new version when there is one. */
export function watchForUpdates(ready: (reload: () => void) => void): void {
  if (!('serviceWorker' in navigator)) return;
  const update = registerSW({
    onNeedRefresh: () =>
      ready(() => {
        void update(true);
      }),
  });
}
