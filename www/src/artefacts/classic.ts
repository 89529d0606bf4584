/**
 * Workers where browsers start none from an address: in a page without an origin, or from a script of another one. A classic
 * worker is started from a blob that loads the script, which a policy has to allow by `worker-src blob:`.
 */

import { trusted } from '../trusted';

const importers = new Map<string, string>();

/** Starts a worker that runs the classic script at an address. */
export function classicWorker(script: string): Worker {
  const made = importers.get(script) ?? URL.createObjectURL(new Blob([`importScripts(${JSON.stringify(script)})`], { type: 'text/javascript' }));
  importers.set(script, made);
  return new Worker(trusted(made), { name: 'vitrine' });
}
