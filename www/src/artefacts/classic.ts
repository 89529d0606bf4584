/**
 * Workers where browsers start none from an address: in a page without an origin, or from a script of another one. A classic
 * worker is started from a blob that loads the script, which a policy has to allow by `worker-src blob:`.
 */

import { trusted } from '../trusted';

const importers = new Map<string, string>();

/** What the blob runs. The page's policies are the worker's too: where Trusted Types are required, it takes no strings either. */
const importing = (script: string): string =>
  `importScripts((self.trustedTypes ? trustedTypes.createPolicy('vitrine', { createScriptURL: (url) => url }) : { createScriptURL: (url) => url }).createScriptURL(${JSON.stringify(script)}))`;

/** Starts a worker that runs the classic script at an address. */
export function classicWorker(script: string): Worker {
  const made = importers.get(script) ?? URL.createObjectURL(new Blob([importing(script)], { type: 'text/javascript' }));
  importers.set(script, made);
  return new Worker(trusted(made), { name: 'vitrine' });
}
