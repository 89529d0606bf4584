/** The service worker: whom it answers for, what it keeps, how that is mended, how versions change over, and that what is said of it is true. */
import assert from 'node:assert/strict';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { allAnswered, choose, drawTrousers, modelsReady, photograph } from './actions.mjs';
import { host } from './host.mjs';
import { openNotebook } from './notebook.mjs';
import { freePort, packed, start, visit } from './site.mjs';
import { advance, copy, dist } from './versions.mjs';

/** The page and all that it begins with, and, where this build packs the test set, that too. */
const KEPT = 'Kept in this browser: the page works offline, too';
const ALL_KEPT = /^Kept in this browser: the page works offline, too\.$/;
const NEWER = 'A new version is ready.';
const LOST = [/Failed to load resource|ERR_|Failed to fetch|Failed to update|[Ss]ervice ?[Ww]orker|integrity/];
const page = (text) => `<!doctype html><title>${text}</title><p>${text}</p>`;
const web = (text) => ({ headers: { 'content-type': 'text/html' }, body: page(text) });

let site;
before(async () => (site = await start()));
after(() => site.stop());

/**
 * Runs `work(page, server)` on a host of its own that serves `folder`, with a service worker. `server.answer` can be set
 * while it runs; `before(page, server)` comes before the first visit.
 */
async function on(work, { folder = dist, caching, heard, headers, unpacks, answer = () => undefined, before: first, ...visiting } = {}) {
  const port = await freePort();
  const server = { answer };
  const open = () => host(folder, port, heard, { caching, headers, unpacks, answer: (path) => server.answer(path) });
  let running = await open();
  Object.assign(server, { url: running.url, stop: () => running.close(), start: async () => void (running = await open()) });
  try {
    await visit({ ...site, url: running.url }, (page) => work(page, server), {
      expected: LOST,
      ...visiting,
      before: (page) => first?.(page, server),
      context: { serviceWorkers: 'allow', ...visiting.context },
    });
  } finally {
    await running.close().catch(() => undefined);
  }
}

/** The same on a copy of the site, which `work` may change. */
async function onCopy(work, options) {
  const { folder, remove } = await copy();
  try {
    await on((page, server) => work(page, server, folder), { folder, ...options, ...(options?.prepare && (await options.prepare(folder))) });
  } finally {
    await remove();
  }
}

const foot = (page) => page.locator('footer .kept');
const notice = (page, hasText) => page.locator('.notice').filter({ hasText });

/** Waits until the service worker has all that it gets, and the page says so. */
async function kept(page, text = KEPT) {
  await modelsReady(page);
  await foot(page).filter({ hasText: text }).waitFor();
}

async function classifies(page) {
  await drawTrousers(page);
  assert.ok(await allAnswered(page));
}

/** Does something in the cache of the page's files; as text, since the page's policy lets none be made into a function. */
const inCache = (page, act) =>
  page.evaluate(`(async () => {
    const name = (await caches.keys()).find((name) => name.startsWith('vitrine http'));
    return await (${act})(await caches.open(name));
  })()`);

/** Waits until as many versions of the service worker have come into force. */
async function activation(page, count) {
  const session = await page.context().newCDPSession(page);
  const versions = new Set();
  const over = new Promise((done) =>
    session.on('ServiceWorker.workerVersionUpdated', ({ versions: updated }) => {
      for (const { versionId, status } of updated) if (status === 'activated') versions.add(versionId);
      if (versions.size >= count) done();
    }),
  );
  await session.send('ServiceWorker.enable');
  return () => over;
}

const withPages = async (folder) => {
  await mkdir(join(folder, 'week4'));
  await writeFile(join(folder, 'week4/index.html'), page('Week 4'));
  await writeFile(join(folder, 'slides.html'), page('Slides'));
};

test('it answers for the page’s own addresses, and for nothing below them', () =>
  onCopy(
    async (page, server) => {
      await kept(page);
      for (const [path, text] of [['week4/', 'Week 4'], ['slides.html', 'Slides']]) {
        await page.goto(server.url + path);
        await page.getByText(text).waitFor();
      }
      assert.equal((await page.goto(`${server.url}nothing`)).status(), 404);
      await server.stop();
      for (const path of ['', 'index.html', '?lang=de']) {
        await page.goto(server.url + path);
        await modelsReady(page);
      }
      await assert.rejects(page.goto(`${server.url}foo/bar`), /ERR_CONNECTION_REFUSED/);
      // The browser's own page for that is on its way still.
      await page.waitForURL('chrome-error://chromewebdata/');
    },
    { prepare: withPages },
  ));

test('whoever was caught by a worker that answered for every page is freed', () => {
  let own;
  return onCopy(
    async (page, server, folder) => {
      await page.evaluate(() => navigator.serviceWorker.register('/sw.js').then(() => navigator.serviceWorker.ready));
      await page.goto(`${server.url}slides.html`);
      await page.locator('vitrine-app').waitFor({ state: 'attached' });
      await writeFile(join(folder, 'sw.js'), own);
      const inForce = await activation(page, 2);
      // A visit asks for the worker anew, as browsers do; it takes over when the visitor leaves at the latest.
      await page.evaluate(() => navigator.serviceWorker.getRegistration().then((one) => one.update()));
      await page.goto('about:blank');
      await inForce();
      await page.goto(`${server.url}slides.html`);
      await page.getByText('Slides').waitFor();
      await page.goto(`${server.url}week4/`);
      await page.getByText('Week 4').waitFor();
      await page.goto(server.url);
      await kept(page);
    },
    {
      path: 'week4/index.html',
      async prepare(folder) {
        await withPages(folder);
        own = await readFile(join(folder, 'sw.js'), 'utf8');
        // As the first versions did.
        await writeFile(
          join(folder, 'sw.js'),
          `addEventListener('install', (event) => event.waitUntil(caches.open('workbox-precache-v2-' + registration.scope).then((cache) => cache.add('index.html'))));
           addEventListener('fetch', (event) => event.request.mode === 'navigate' && event.respondWith(caches.match(new URL('index.html', registration.scope).href)));`,
        );
      },
    },
  );
});

for (const caching of [undefined, () => 'no-store']) {
  test(`a file that came wrong is not kept, that is said, and it is mended as soon as the host is${caching ? ', without the browser’s own cache too' : ''}`, () =>
    on(
      async (page, server) => {
        await foot(page).filter({ hasText: 'Not kept in this browser for use offline: CNN and one file of the page.' }).waitFor();
        server.answer = () => undefined;
        await page.reload();
        await kept(page);
        await server.stop();
        await page.reload();
        await modelsReady(page);
        await openNotebook(page);
        await classifies(page);
      },
      { caching: caching ?? ((path) => (/cnn-|notebook-/.test(path) ? 'no-cache' : undefined)), answer: (path) => (/\/cnn-(?!slim)|\/notebook-/.test(path) ? web('Log in') : undefined) },
    ));
}

test('what a browser has thrown away is fetched and kept again', () =>
  on(async (page, server) => {
    await kept(page);
    const gone = await inCache(page, async (cache) => {
      const urls = (await cache.keys()).map(({ url }) => url).filter((url) => /cnn|notebook-|index\.html|de-/.test(url));
      for (const url of urls) await cache.delete(url);
      return urls.length;
    });
    assert.ok(gone >= 5, `${gone} files`);
    await page.reload();
    await kept(page);
    await server.stop();
    await page.reload();
    await modelsReady(page);
    await openNotebook(page);
  }));

test('a file that was damaged in the cache is fetched past it by “Try again”, and kept', () =>
  on(async (page, server) => {
    await kept(page);
    await inCache(page, async (cache) => {
      const { url } = (await cache.keys()).find(({ url }) => /\/mlp-/.test(url));
      await cache.put(url, new Response('damaged'));
    });
    await page.reload();
    await page.locator('.problem').waitFor();
    await page.getByRole('button', { name: 'Try again' }).first().click();
    await modelsReady(page);
    await page.waitForFunction(async () => {
      const name = (await caches.keys()).find((name) => name.startsWith('vitrine http'));
      const cache = await caches.open(name);
      const { url } = (await cache.keys()).find(({ url }) => /\/mlp-/.test(url));
      return (await (await cache.match(url)).arrayBuffer()).byteLength > 1000;
    });
    await server.stop();
    await page.reload();
    await modelsReady(page);
  }));

test('one file that the host lacks costs that file, and what works offline is said', () =>
  on(
    async (page) => {
      const lacks = 'one file of the page';
      await kept(page, `Not kept in this browser for use offline: ${lacks}.`);
      await page.context().setOffline(true);
      await notice(page, `You are offline. This page goes on working, but for what this browser has not kept: ${lacks}.`).waitFor();
      await page.reload();
      await modelsReady(page);
      // It is said of a page that was loaded offline, too.
      await notice(page, `but for what this browser has not kept: ${lacks}.`).waitFor();
      await classifies(page);
      await page.locator('select.language').selectOption('de');
      await page.locator('.problem').waitFor();
    },
    { answer: (path) => (/\/de-/.test(path) ? { status: 404 } : undefined) },
  ));

test('when all is kept, that is what is said offline', () =>
  on(async (page) => {
    await kept(page);
    await page.context().setOffline(true);
    const words = `You are offline. Everything on this page goes on working${packed() ? ', but for the test images, which have not been fetched yet' : ''}.`;
    await notice(page, words).waitFor();
    await page.reload();
    await notice(page, words).waitFor();
  }));

test('without what the page begins with nothing is kept, and nothing is claimed', () =>
  on(
    async (page) => {
      await modelsReady(page);
      await page.waitForFunction(async () => (await caches.keys()).length === 0 && !(await navigator.serviceWorker.getRegistration()));
      assert.equal(await foot(page).count(), 0);
      await page.context().setOffline(true);
      await notice(page, 'You are offline. What has been loaded goes on working; the rest was not kept').waitFor();
    },
    { answer: (path) => (/\/start-.*css$/.test(path) ? { status: 404 } : undefined) },
  ));

test('without room for all of it as much is kept as fits', () =>
  on(
    async (page, server) => {
      await kept(page, /^Not kept in this browser for use offline: .*(KNN|CNN)/);
      await server.stop();
      await page.reload();
      await page.locator('vitrine-probability-bars th[data-model="mlp"][data-status="ready"]').waitFor();
    },
    {
      async before(page, server) {
        const session = await page.context().newCDPSession(page);
        // The page, one wasm file and the smaller models.
        await session.send('Storage.overrideQuotaForOrigin', { origin: new URL(server.url).origin, quotaSize: 6_000_000 });
      },
    },
  ));

test('without a service worker nothing is claimed', () =>
  visit(
    site,
    async (page) => {
      await modelsReady(page);
      assert.equal(await foot(page).count(), 0);
      await page.context().setOffline(true);
      await notice(page, 'the rest was not kept in this browser').waitFor();
    },
    { expected: LOST },
  ));

/** The host gets a new version, and a tab beside `page` finds it. */
async function advanceBeside(page, server, folder) {
  await advance(folder);
  const other = await page.context().newPage();
  other.setDefaultTimeout(60_000);
  await other.goto(server.url);
  return other;
}

/** Takes the new version, as its notice offers. */
async function takeNext(page) {
  await notice(page, NEWER).getByRole('button', { name: 'Reload' }).click();
  await page.waitForFunction(() => document.querySelector('meta[name="version"]') !== null);
}

const isNext = (page) => page.locator('meta[name="version"]').count();

test('a new version comes with a reload; another tab keeps its picture and works on, from files that the host has no more', () =>
  onCopy(async (page, server, folder) => {
    await kept(page);
    await choose(page, 'dress.png', photograph());
    await page.locator('.guest').waitFor();
    const other = await advanceBeside(page, server, folder);
    await takeNext(other);
    await kept(other);
    // The first tab is told, and is what it was.
    await notice(page, NEWER).waitFor();
    assert.equal(await isNext(page), 0);
    await page.locator('.guest').waitFor();
    await openNotebook(page);
    await page.locator('select.language').selectOption('de');
    await page.getByRole('heading', { name: 'Was sie sagen' }).waitFor();
    await page.reload();
    assert.equal(await isNext(page), 1);
    // Once no tab is of the old version, nothing of it is left.
    await other.close();
    await kept(page, /In diesem Browser aufbewahrt|Kept/);
    await page.reload();
    await modelsReady(page);
    const names = (await readFile(join(folder, 'sw.js'), 'utf8')).match(/assets\/[\w-]+\.js/g);
    await page.waitForFunction(async (names) => {
      const name = (await caches.keys()).find((name) => name.startsWith('vitrine http'));
      const scripts = (await (await caches.open(name)).keys()).map(({ url }) => url).filter((url) => url.endsWith('.js'));
      return scripts.length > 0 && scripts.every((url) => names.some((name) => url.endsWith(name)));
    }, names);
  }));

test('“Reload” works in a tab that no service worker controls', () =>
  onCopy(async (page, server, folder) => {
    await kept(page);
    const session = await page.context().newCDPSession(page);
    // The command is answered before the page has gone.
    const loaded = page.waitForEvent('load');
    await session.send('Page.reload', { ignoreCache: true });
    await loaded;
    assert.equal(await page.evaluate(() => navigator.serviceWorker.controller), null);
    await modelsReady(page);
    await advanceBeside(page, server, folder);
    await takeNext(page);
    await modelsReady(page);
  }));

test('without a service worker a new version is noticed when a file of the old one does not come', () =>
  onCopy(
    async (page, _server, folder) => {
      await modelsReady(page);
      await advance(folder);
      await page.locator('vitrine-notebook-slot').evaluate((slot) => slot.scrollIntoView());
      await takeNext(page);
      await modelsReady(page);
      await openNotebook(page);
    },
    { context: { serviceWorkers: 'block' } },
  ));

for (const [name, caching] of [['hashed files for good', undefined], ['no word of caching', () => undefined], ['nothing without asking', () => 'no-cache']]) {
  test(`a host that lets be cached ${name}: a first visit fetches everything once`, () => {
    const heard = [];
    return on(
      async (page) => {
        await kept(page);
        const twice = heard.filter((path, at) => heard.indexOf(path) !== at && path !== '/sw.js');
        assert.deepEqual(twice, []);
      },
      { heard: (path) => heard.push(path), ...(caching && { caching }) },
    );
  });
}

/** What the browser fetches for itself and lets no page read: the document, scripts, style sheets, the icon. */
const OWN = /\.(html|js|css|svg|png|webmanifest)$/;

test('a host that lets nothing be cached: all that the page itself fetches is fetched once, models and wasm among it', () => {
  const heard = [];
  return on(
    async (page) => {
      await kept(page);
      assert.ok(heard.some((path) => path.endsWith('.wasm')) && heard.some((path) => path.endsWith('.onnx')));
      const times = (path) => heard.filter((other) => other === path).length;
      assert.deepEqual(heard.filter((path) => !OWN.test(path) && times(path) !== 1), []);
      assert.deepEqual(heard.filter((path) => OWN.test(path) && path !== '/sw.js' && times(path) > 2), []);
      await page.context().setOffline(true);
      await page.reload();
      await modelsReady(page);
      await classifies(page);
    },
    { heard: (path) => heard.push(path), caching: () => 'no-store' },
  );
});

const measured = (page) => page.locator('vitrine-measure-panel tr[data-model="mlp"][data-state="done"]');
const measure = (page) => page.locator('vitrine-measure-panel').getByRole('button', { name: 'Measure in this browser' }).click();
const sample = (page) => page.getByRole('button', { name: 'A test image at random' }).click();

for (const [name, options] of [
  ['also where nothing may be cached', { caching: () => 'no-store' }],
  ['also where the host unpacks it', { headers: { 'x-content-type-options': 'nosniff' }, unpacks: true }],
]) {
  test(`a test set that was fetched on the first visit is kept, ${name}`, { skip: packed() ? false : 'this build packs no test set' }, () => {
    const heard = [];
    return on(
      async (page, server) => {
        await modelsReady(page);
        await sample(page);
        await page.locator('.guest').waitFor();
        await kept(page, ALL_KEPT);
        assert.equal(heard.filter((path) => path.includes('t10k-')).length, 2);
        await server.stop();
        await page.reload();
        await kept(page, ALL_KEPT);
        await measure(page);
        await measured(page).waitFor();
        await page.locator('vitrine-measure-panel').getByRole('button', { name: 'Cancel' }).click();
      },
      { heard: (path) => heard.push(path), ...options },
    );
  });
}

test('a test set that came wrong is not kept, and “Measure” past the caches brings the right one', { skip: packed() ? false : 'this build packs no test set' }, () => {
  let wrong = true;
  return on(
    async (page) => {
      await kept(page);
      await sample(page);
      await page.locator('.problem').filter({ hasText: 't10k-images' }).waitFor();
      wrong = false;
      await sample(page);
      await page.locator('.guest').waitFor();
      await kept(page, ALL_KEPT);
      await page.context().setOffline(true);
      await notice(page, /Everything on this page goes on working\.$/).waitFor();
    },
    // As a host that answers for every address with its own page, and has it cached.
    { answer: (path) => (wrong && path.includes('t10k-images') ? { headers: { 'content-type': 'text/html', 'cache-control': 'max-age=31536000, immutable' }, body: page('Log in') } : undefined) },
  );
});

test('a file that never comes holds up neither the others nor what is said', () =>
  onCopy(
    async (page) => {
      await modelsReady(page);
      await foot(page).filter({ hasText: 'Not kept in this browser for use offline: one file of the page.' }).waitFor();
    },
    {
      answer: (path) => (/\/de-/.test(path) ? 'never' : undefined),
      // Nobody waits for half a minute here.
      async prepare(folder) {
        const text = await readFile(join(folder, 'sw.js'), 'utf8');
        assert.equal(text.split('=3e4').length, 2);
        await writeFile(join(folder, 'sw.js'), text.replace('=3e4', '=500'));
      },
    },
  ));
