/** Visits of the built site in one engine: a static host, a tab of its own for each, and no complaint at the end. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { host } from '../host.mjs';
import { freePort, repository } from '../site.mjs';
import { Visitor } from './visitor.mjs';

const dist = join(repository, 'www/dist');

/** Serves the site; `close` ends it, also before the visit is over. */
export const served = async () => host(dist, await freePort());

/** Runs `work(visitor)` in a fresh tab of `browser`, which has opened the site at `path`; fails on any complaint. */
export async function visit(browser, { url }, work, path = '') {
  const tab = await browser.tab();
  try {
    const visitor = new Visitor(tab, url);
    await visitor.open(path);
    const outcome = await work(visitor);
    assert.deepEqual(await visitor.complaints(), []);
    return outcome;
  } finally {
    await tab.close();
  }
}
