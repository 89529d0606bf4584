/** A browser has one of the two wasm files: which, what stands in for it, what is kept of it, and what is said without any. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { firstFiles } from '../bench/bytes.mjs';
import { allAnswered, drawTrousers, exactly, modelsReady } from './actions.mjs';
import { host } from './host.mjs';
import { freePort, repository, start, visit } from './site.mjs';

const dist = join(repository, 'www/dist');
const RELAXED = /\/vitrine_relaxed_bg-[^/]+\.wasm$/;
const PLAIN = /\/vitrine_bg-[^/]+\.wasm$/;

let site;
before(async () => (site = await start()));
after(() => site.stop());

/** The wasm files in the page's caches. */
const kept = (page) =>
  page.evaluate(async () => {
    const urls = [];
    for (const name of await caches.keys()) for (const { url } of await (await caches.open(name)).keys()) urls.push(new URL(url).pathname);
    return urls.filter((url) => url.endsWith('.wasm'));
  });

/** Waits until the service worker has everything. */
const installed = (page) => page.evaluate(async () => void (await navigator.serviceWorker.ready));

test('a first visit fetches one wasm file, once, and keeps that one', async () => {
  const heard = [];
  const server = await host(dist, await freePort(), (path) => heard.push(path));
  try {
    await visit({ ...site, url: server.url }, async (page) => {
      await modelsReady(page);
      await installed(page);
      const [file, ...others] = heard.filter((path) => path.endsWith('.wasm'));
      assert.match(file, RELAXED);
      assert.deepEqual(others, []);
      assert.deepEqual(await kept(page), [file]);
    }, { context: { serviceWorkers: 'allow' } });
  } finally {
    await server.close();
  }
});

test('what comes before the first answer is what is counted for it; the other models follow', () => {
  const heard = [];
  return visit(site, async (page) => {
    await modelsReady(page);
    const names = heard.filter((path) => path.startsWith('/assets/') && !path.endsWith('.wasm')).map((path) => path.slice('/assets/'.length));
    const first = firstFiles(dist);
    assert.deepEqual(names.slice(0, first.length).toSorted(), first);
    assert.deepEqual(names.slice(first.length).map((name) => name.replace(/-.{8}\.\w+$/, '')).toSorted(), ['cnn', 'knn', 'mlp']);
  }, { before: (page) => page.on('request', (request) => heard.push(new URL(request.url()).pathname)) });
});

test('constructors are exported, or the linker would have every call run them', async () => {
  const module = await WebAssembly.compile(await readFile(join(repository, 'www/pkg/vitrine_bg.wasm')));
  assert.ok(WebAssembly.Module.exports(module).some(({ name }) => name === '__wasm_call_ctors'));
});

test('where the faster file does not come, the plain one answers', () => {
  const asked = [];
  return visit(site, async (page) => {
    await modelsReady(page);
    await drawTrousers(page);
    assert.ok(await allAnswered(page));
    assert.match(asked[0], RELAXED);
    assert.equal(asked.filter((path) => PLAIN.test(path)).length, 1);
  }, {
    expected: [/503/],
    before: async (page) => {
      page.on('request', (request) => {
        const { pathname } = new URL(request.url());
        if (pathname.endsWith('.wasm')) asked.push(pathname);
      });
      await page.route(({ pathname }) => RELAXED.test(pathname), (route) => route.fulfill({ status: 503 }));
    },
  });
});

const without = [['without WebAssembly', '--jitless']];
// On other processors V8 has no such switch.
if (process.arch === 'x64') without.push(['whose WebAssembly has no SIMD', '--no-enable-sse4-1']);
for (const [kind, flag] of without) {
  test(`a browser ${kind} is told so, and fetches no wasm file`, async () => {
    const bare = await start([`--js-flags=${flag}`]);
    const asked = [];
    const before = (page) => page.on('request', (request) => asked.push(request.url()));
    try {
      for (const [lang, text] of [
        ['en', /This browser does not run what the classifier needs: WebAssembly with SIMD. Update it/],
        ['de', /Dieser Browser rechnet nicht.*WebAssembly mit SIMD. Aktualisieren Sie ihn/],
      ]) {
        await visit(bare, async (page) => {
          await page.locator('.problem').filter({ hasText: text }).waitFor();
          await page.locator('vitrine-sketch-pad canvas').waitFor();
          // What would fail again the same way is not offered again.
          await exactly(page.locator('vitrine-probability-bars th[data-status="failed"]'), 4);
          assert.equal(await page.locator('vitrine-probability-bars button:not(.card)').count(), 0);
        }, { path: `?lang=${lang}`, before });
      }
      assert.ok(asked.some((url) => url.endsWith('.js')));
      assert.deepEqual(asked.filter((url) => url.endsWith('.wasm')), []);
    } finally {
      await bare.stop();
    }
  });
}
