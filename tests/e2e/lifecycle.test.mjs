/** The page taken out of its document leaves nothing behind; moved within it, it goes on. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { allAnswered, choose, draw, drawTrousers, modelsReady, photograph, settled } from './actions.mjs';
import { packed, start, visit } from './site.mjs';

let site;
before(async () => (site = await start(['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'])));
after(() => site.stop());

/** Runs in the page before its scripts: counts what is held, as `globalThis.held`. */
function count() {
  const listeners = new Map();
  const urls = new Set();
  const tracks = [];
  const lasting = () => [globalThis, document, navigator.mediaDevices, navigator.serviceWorker, screen.orientation, globalThis.visualViewport].filter(Boolean);
  const keyOf = (type, options) => `${type} ${typeof options === 'boolean' ? options : Boolean(options?.capture)}`;
  const { addEventListener, removeEventListener } = EventTarget.prototype;
  const listed = (target, key) => {
    if (!listeners.has(target)) listeners.set(target, new Map());
    const own = listeners.get(target);
    if (!own.has(key)) own.set(key, new Set());
    return own.get(key);
  };
  EventTarget.prototype.addEventListener = function (type, listener, options) {
    const target = this ?? globalThis;
    const { signal, once } = typeof options === 'object' && options !== null ? options : {};
    // Whoever drives the browser listens too.
    const isOwn = new Error().stack.includes('/assets/');
    if (isOwn && lasting().includes(target) && listener && !once && !signal?.aborted) {
      const all = listed(target, keyOf(type, options));
      all.add(listener);
      if (signal) addEventListener.call(signal, 'abort', () => all.delete(listener));
    }
    return addEventListener.call(target, type, listener, options);
  };
  EventTarget.prototype.removeEventListener = function (type, listener, options) {
    const target = this ?? globalThis;
    if (listeners.has(target)) listed(target, keyOf(type, options)).delete(listener);
    return removeEventListener.call(target, type, listener, options);
  };
  const { createObjectURL, revokeObjectURL } = URL;
  URL.createObjectURL = (blob) => {
    const url = createObjectURL.call(URL, blob);
    urls.add(url);
    return url;
  };
  URL.revokeObjectURL = (url) => {
    urls.delete(url);
    revokeObjectURL.call(URL, url);
  };
  if (navigator.mediaDevices) {
    const open = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
    navigator.mediaDevices.getUserMedia = async (wanted) => {
      const stream = await open(wanted);
      tracks.push(...stream.getTracks());
      return stream;
    };
  }
  globalThis.held = () => ({
    listeners: [...listeners.values()].flatMap((own) => [...own].flatMap(([key, all]) => Array.from(all, () => key.split(' ')[0]))).sort(),
    urls: urls.size,
    tracks: tracks.filter(({ readyState }) => readyState === 'live').length,
    filmed: tracks.length,
  });
}

const counting = (page) => page.addInitScript(count);
const workers = (page) => page.workers().length;
/** Waits until the number of the page's workers is as wanted. */
async function untilWorkers(page, holds) {
  while (!holds(workers(page))) await Promise.race([page.waitForEvent('worker'), ...page.workers().map((worker) => worker.waitForEvent('close'))]);
}

test('taken out, it lets go of workers, listeners, addresses of files and the camera; put back, it says that it has ended', () =>
  visit(site, async (page) => {
    await modelsReady(page);
    await choose(page, 'dress.png', photograph());
    await settled(page);
    await page.getByRole('button', { name: 'Back to the sketch pad' }).click();
    await drawTrousers(page);
    if (packed()) {
      await page.getByRole('button', { name: 'Measure in this browser' }).click();
      // Helpers too.
      await untilWorkers(page, (count) => count > 1);
    }
    await page.getByRole('button', { name: 'Use the camera' }).click();
    await page.waitForFunction(() => globalThis.held().tracks > 0);
    const before = await page.evaluate(() => globalThis.held());
    assert.ok(before.listeners.length > 3 && before.listeners.includes('popstate') && before.filmed > 0, JSON.stringify(before));

    await page.evaluate(() => {
      globalThis.app = document.querySelector('vitrine-app');
      globalThis.app.remove();
    });
    await untilWorkers(page, (count) => count === 0);
    const { listeners, urls, tracks } = await page.evaluate(() => globalThis.held());
    // What stays is the document's: it watches over whatever may not start.
    assert.deepEqual({ listeners: listeners.filter((type) => !['error', 'securitypolicyviolation'].includes(type)), urls, tracks }, { listeners: [], urls: 0, tracks: 0 });

    await page.evaluate(() => document.body.append(globalThis.app));
    await page.locator('.notice.problem').filter({ hasText: 'The classifier was ended. Reload the page.' }).waitFor();
    assert.equal(workers(page), 0);
    await Promise.all([page.waitForEvent('load'), page.locator('.notice.problem').getByRole('button', { name: 'Reload the page' }).click()]);
    await modelsReady(page);
  }, { before: counting, context: { permissions: ['camera'] } }));

test('moved within the document it keeps its worker, its drawing and its listeners, each once', () =>
  visit(site, async (page) => {
    await modelsReady(page);
    await drawTrousers(page);
    const before = await page.evaluate(() => globalThis.held());
    const [worker] = page.workers();
    await page.evaluate(() => {
      const place = document.createElement('div');
      document.body.append(place);
      place.append(document.querySelector('vitrine-app'));
      return new Promise((resolve) => setTimeout(resolve));
    });
    assert.deepEqual(await page.evaluate(() => globalThis.held()), before);
    assert.deepEqual(page.workers(), [worker]);
    await draw(page, [[0.2, 0.5], [0.8, 0.5]]);
    assert.ok(await allAnswered(page));
    assert.equal(await page.locator('.notice').count(), 0);
  }, { before: counting }));
