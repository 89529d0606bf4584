/** Visits of the built site in one engine: a static host, a tab of its own for each, and no complaint at the end. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { host } from '../host.mjs';
import { freePort, repository } from '../site.mjs';
import { StuckDriver, Visitor } from './visitor.mjs';

const dist = join(repository, 'www/dist');

/** Serves the site; `close` ends it, also before the visit is over. */
export const served = async (options) => host(dist, await freePort(), undefined, options);

/** Serves one page with `body` as another site, which is what `localhost` is to a browser. */
export async function course(body) {
  const html = `<!doctype html><html lang="en"><head><meta charset="utf-8"><link rel="icon" href="data:,"><title>A course</title></head><body>${body}</body></html>`;
  const { url, close } = await host(dist, await freePort(), undefined, { answer: (path) => (path === '/index.html' ? { headers: { 'content-type': 'text/html; charset=utf-8' }, body: html } : undefined) });
  return { url: url.replace('127.0.0.1', 'localhost'), close };
}

/** Runs `work(visitor)` in a fresh tab of `browser`, which has opened the site at `path`; fails on any complaint that is not `expected`. */
export async function visit(browser, site, work, path = '', expected = []) {
  try {
    return await visitOnce(browser, site, work, path, expected);
  } catch (thrown) {
    // WebKit's driver does that now and then: another one is asked, once.
    if (!(thrown instanceof StuckDriver)) throw thrown;
    return visitOnce(browser, site, work, path, expected);
  }
}

async function visitOnce(browser, { url }, work, path, expected) {
  const tab = await browser.tab();
  try {
    const visitor = new Visitor(tab, url);
    await visitor.open(path);
    const outcome = await work(visitor);
    assert.deepEqual((await visitor.complaints()).filter((complaint) => !expected.some((pattern) => pattern.test(complaint))), []);
    return outcome;
  } finally {
    await tab.close();
  }
}
