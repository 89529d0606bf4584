/**
 * A host on which one part is of another version than the rest, as while files are copied, behind a cache, or when copying stopped: who
 * has the old version goes on with it, who comes anew gets answers or is told; once the host is whole, one reload gives one version.
 */
import assert from 'node:assert/strict';
import { cp, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { allAnswered, drawTrousers, modelsReady } from './actions.mjs';
import { host } from './host.mjs';
import { freePort, start, visit } from './site.mjs';
import { advance, dist } from './versions.mjs';

const PARTS = {
  'the HTML': /^\/(index\.html)?$/,
  'scripts and style sheets': /^\/assets\/.*\.(js|css)$/,
  'the wasm': /\.wasm$/,
  'the models': /\.(onnx|index|thumbnails|answers)$/,
  'the service worker': /^\/sw\.js$/,
  'manifest and icons': /\.(webmanifest|svg|png)$/,
};
const other = { old: 'new', new: 'old' };

let site;
let folder;
let fresh;
before(async () => {
  site = await start();
  folder = await mkdtemp(join(tmpdir(), 'vitrine-'));
  for (const version of ['old', 'new']) await cp(dist, join(folder, version), { recursive: true });
  await advance(join(folder, 'new'), /-[\w-]{8}\.(js|css|wasm|onnx|index|thumbnails|answers|gz)$/);
  fresh = new Set(await readdir(join(folder, 'new/assets')));
  const stale = await readdir(join(folder, 'old/assets'));
  assert.deepEqual(stale.filter((name) => fresh.has(name)), [], 'of each file both versions have a name of their own');
});
after(async () => {
  await site.stop();
  await rm(folder, { recursive: true });
});

/** Waits until the page works, or says why not. */
const told = (page) =>
  page.waitForFunction(() => {
    const app = document.querySelector('vitrine-app');
    if (app?.matches('[data-unstarted]')) return true;
    const columns = app?.shadowRoot?.querySelector('vitrine-probability-bars')?.columns ?? [];
    return columns.length > 0 && columns.every(({ status }) => ['ready', 'failed'].includes(status.kind)) && (columns.every(({ status }) => status.kind === 'ready') || app.shadowRoot.querySelector('.problem') !== null);
  });

async function works(page) {
  await modelsReady(page);
  await drawTrousers(page);
  assert.ok(await allAnswered(page));
}

for (const [part, pattern] of Object.entries(PARTS)) {
  for (const rest of ['old', 'new']) {
    for (const [who, hasOld] of [['who comes for the first time', false], ['who has the old version', true]]) {
      test(`all is ${rest}, but ${part} ${other[rest]}: ${who}`, async () => {
        let choose = () => 'old';
        const server = await host(folder, await freePort(), undefined, {
          at: (path) => `/${choose(path)}${path}`,
          caching: (path) => (path.includes('/assets/') ? 'max-age=31536000, immutable' : 'no-cache'),
        });
        try {
          await visit(
            { ...site, url: server.url },
            async (page) => {
              if (hasOld) {
                await page.goto(server.url);
                await modelsReady(page);
                await page.locator('footer .kept').filter({ hasText: 'Kept in this browser' }).waitFor();
              }
              choose = (path) => (pattern.test(path) ? other[rest] : rest);
              await page.goto(server.url);
              if (hasOld) await works(page);
              else await told(page);
              choose = () => 'new';
              await page.reload();
              await works(page);
              // Which of the two a service worker shows is another matter: offline.test.mjs has how one changes over.
              const loaded = await page.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => new URL(name).pathname));
              const names = loaded.filter((path) => path.startsWith('/assets/')).map((path) => path.slice('/assets/'.length));
              assert.ok(names.length > 0);
              assert.ok(new Set(names.map((name) => fresh.has(name))).size === 1, `of two versions: ${names}`);
            },
            { wait: 'commit', path: 'robots.txt', expected: [/./], context: { serviceWorkers: 'allow' } },
          );
        } finally {
          await server.close();
        }
      });
    }
  }
}
