/** Loads the page anew so that what came damaged is mended. For browsers of any age. */
import { PATIENCE } from './patience';

/** Its scripts are fetched past the caches: of files that never change, a reload would take them from there. */
export async function reloadAnew(): Promise<void> {
  const scripts = performance.getEntriesByType('resource').flatMap(({ name }) => (new URL(name).pathname.endsWith('.js') ? [name] : []));
  const abort = new AbortController();
  const { signal } = abort;
  setTimeout(() => abort.abort(), PATIENCE.reload);
  await Promise.allSettled(scripts.map(async (url) => (await fetch(url, { cache: 'reload', signal })).arrayBuffer()));
  location.reload();
}
