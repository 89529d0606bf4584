/**
 * Twenty files and six ways in which one does not come as it should: what is lost, what is said of it, what goes on, and
 * that one retry, once the host is repaired, mends all that failed of the same. Files that do not touch each other fail in one visit.
 */
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { after, before, test } from 'node:test';
import { allAnswered, answers, drawTrousers, exactly, modelsReady } from './actions.mjs';
import { host } from './host.mjs';
import { freePort, manifest, packed, repository, start, visit } from './site.mjs';

const dist = join(repository, 'www/dist-faults');

/** By how visitors know them. Names change with what is in the files. */
const FILES = {
  page: /\/(index|page)-[^/]+\.js$/,
  starter: /\/start-[^/]+\.js$/,
  german: /\/de-[^/]+\.js$/,
  worker: /\/worker-[^/]+\.js$/,
  relaxed: /\/vitrine_relaxed_bg-[^/]+\.wasm$/,
  wasm: /\.wasm$/,
  mlp: /\/mlp-[^/]+\.onnx$/,
  cnn: /\/cnn-(?!slim)[^/]+\.onnx$/,
  slim: /\/cnn-slim-[^/]+\.onnx$/,
  knn: /\/knn-[^/]+\.index$/,
  thumbnails: /\.thumbnails$/,
  notebook: /\/notebook-[^/]+\.js$/,
  charts: /\/charts-[^/]+\.js$/,
  plot: /\/plot-[^/]+\.js$/,
  densities: /\/eda-[^/]+\.js$/,
  why: /\/why-[^/]+\.js$/,
  images: /\/t10k-images[^/]*$/,
  labels: /\/t10k-labels[^/]*$/,
  icon: /\/icon\.svg$/,
  styles: /\/start-[^/]+\.css$/,
};
const TYPES = { '.js': 'text/javascript', '.wasm': 'application/wasm', '.svg': 'image/svg+xml' };

/**
 * How a file comes, of its bytes, and what becomes of a script then: `away` may come another time, of the others the browser
 * keeps what they are until the page is loaded anew. Waiting is shortened where something is waited for.
 */
const KINDS = [
  { kind: 'an error of the server', come: () => ({ status: 500 }), script: 'away', start: 'missing' },
  { kind: 'a reset connection', come: () => 'reset', script: 'away', start: 'missing' },
  { kind: 'a connection that breaks off', come: (bytes) => ({ body: bytes.subarray(0, bytes.length >> 1), length: bytes.length }), script: 'away', start: 'missing' },
  { kind: 'half of the file', come: (bytes) => ({ body: bytes.subarray(0, bytes.length >> 1) }), script: 'damaged', start: 'broken' },
  { kind: 'other bytes', come: (bytes) => ({ body: Buffer.alloc(bytes.length, '<p>') }), script: 'damaged', start: 'broken' },
  { kind: 'no answer', come: () => 'never', script: 'silent', start: undefined, path: '?stall=2000&script=2000&reload=500' },
];
const SAID = {
  away: /This part of the page could not be fetched; check the connection\./,
  damaged: /This part of the page came damaged\. Reload the page/,
  silent: /This part of the page does not come\. Reload the page/,
};
/** What engines and servers say for programmers. */
const RAW = /magic word|CompileError|WebAssembly\.|undefined|null|NaN|no reason|Unexpected|SyntaxError|TypeError|DOMException|Failed to|import|panicked|unreachable|\[object/;

let site;
before(async () => {
  assert.ok(existsSync(join(dist, 'index.html')), `${dist} is missing; run npm run build:faults in www`);
  site = await start();
});
after(() => site.stop());

test('each of these files is there', () => {
  const all = readdirSync(dist, { recursive: true }).map((name) => `/${name}`);
  const missing = Object.keys(FILES).filter((name) => !all.some((path) => FILES[name].test(path)));
  assert.deepEqual(missing.filter((name) => packed() || !['images', 'labels'].includes(name)), []);
});

/** Runs `work(page, repair, way)` on a host where the files of these names come as `way` says, until they are repaired. */
async function faulty(way, names, work, options = {}) {
  const broken = new Set(names);
  const answer = (path) => {
    if (![...broken].some((name) => FILES[name].test(path))) return undefined;
    const found = way.come(readFileSync(join(dist, path)));
    // As files are sent that never change: what came wrong is kept.
    const isKept = found.status === undefined;
    const headers = { 'content-type': TYPES[extname(path)] ?? 'application/octet-stream', ...(isKept ? { 'cache-control': 'max-age=31536000, immutable' } : {}) };
    return typeof found === 'string' ? found : { ...found, headers };
  };
  const server = await host(dist, await freePort(), undefined, { answer });
  const repair = (...mended) => mended.forEach((name) => broken.delete(name));
  try {
    await visit({ ...site, url: server.url }, (page) => work(page, repair), {
      // The browser's own words for it; the page has others.
      expected: [/Failed to load resource/, /ERR_/, /Failed to fetch dynamically imported module/, /was preloaded/, ...(way.script === 'damaged' ? [/SyntaxError|Unexpected|Invalid/] : [])],
      // A style sheet that never comes keeps the browser from calling the page loaded.
      wait: 'commit',
      path: way.path ?? '',
      ...options,
    });
  } finally {
    await server.close();
  }
}

const column = (page, role, status) => page.locator(`vitrine-probability-bars th[data-model="${role}"][data-status="${status}"]`);
const retry = (page, role) => page.locator(`vitrine-probability-bars th[data-model="${role}"] button[aria-describedby=failures]`);
const notice = (page) => page.locator('.notice.problem');
const sample = (page) => page.getByRole('button', { name: 'A test image at random' });
const panel = (page, name) => page.locator(`vitrine-why-section details[data-panel=${name}]`);

/** That nothing which is said of what failed is a program's word. */
async function inWordsOfThePage(page) {
  const said = await page.locator('.notice.problem, #failures, .problem, .message, vitrine-notebook-slot .place, [role=status]').allInnerTexts();
  assert.doesNotMatch(said.join('\n'), RAW);
}

/** Which models answer, in order. */
async function answering(page) {
  const shown = await answers(page);
  return Object.keys(shown).filter((role) => shown[role].length > 0).sort();
}

/** What a part of the page says in place of a script that did not come; its button mends it. `again`: what a reload needs after it. */
async function mend(page, place, { script }, again = () => undefined) {
  await place.filter({ hasText: SAID[script] }).first().waitFor();
  await inWordsOfThePage(page);
  const offered = await place.first().getByRole('button').allInnerTexts();
  assert.equal(offered.includes('Try again'), script === 'away');
  assert.ok(script === 'away' || offered.includes('Reload the page'));
  return async () => {
    if (script === 'away') return place.first().getByRole('button', { name: 'Try again' }).click();
    await Promise.all([page.waitForEvent('load'), place.first().getByRole('button', { name: 'Reload the page' }).click()]);
    return again();
  };
}

for (const way of KINDS) {
  const { kind } = way;

  test(`${kind} for the faster wasm file, a model, the thumbnails, the test images, the panels’ script and data, the icon, the shell’s style sheet`, () =>
    faulty(way, ['relaxed', 'cnn', 'thumbnails', 'images', 'why', 'densities', 'icon', 'styles'], async (page, repair) => {
      // The plain wasm file takes the other’s place, and a model that is lost holds up no other.
      for (const role of ['mlp', 'cnn-slim', 'knn']) await column(page, role, 'ready').waitFor();
      await drawTrousers(page);
      await column(page, 'cnn', 'failed').waitFor();
      await notice(page).filter({ hasText: 'CNN: ' }).waitFor();
      await page.getByText('Their pictures did not come').waitFor();
      assert.deepEqual(await answering(page), ['cnn-slim', 'knn', 'mlp']);
      if (packed()) {
        await sample(page).click();
        await notice(page).filter({ hasText: 'The test image could not be fetched: ' }).waitFor();
        await page.locator('vitrine-measure-panel .drop').waitFor();
      }
      await panel(page, 'fit').locator('> summary').click();
      const again = await mend(page, panel(page, 'fit').locator('.problem'), way);
      await inWordsOfThePage(page);

      repair('cnn', 'thumbnails', 'images', 'why', 'icon', 'styles', 'relaxed');
      await retry(page, 'cnn').click();
      await modelsReady(page);
      // The answers are there, and the pictures with them: nothing has to be drawn for it.
      await page.getByText('The references closest to yours').waitFor();
      await page.waitForFunction(() => document.querySelector('vitrine-app').dataset.asked === document.querySelector('vitrine-app').dataset.seen);
      assert.ok(await allAnswered(page));
      if (packed()) {
        await sample(page).click();
        await page.getByRole('button', { name: 'Back to the sketch pad' }).click();
        assert.equal(await page.locator('vitrine-measure-panel .drop').count(), 0);
      }
      assert.equal(await notice(page).count(), 0);

      await again();
      const data = await mend(page, panel(page, 'fit').locator('.problem'), way);
      repair('densities');
      await data();
      await panel(page, 'fit').locator('vitrine-fit-panel svg').first().waitFor();
    }));

  test(`${kind} for all models but one, the labels, the notebook, its charts`, () =>
    faulty(way, ['mlp', 'slim', 'knn', 'labels', 'notebook', 'charts'], async (page, repair) => {
      await column(page, 'cnn', 'ready').waitFor();
      await drawTrousers(page);
      for (const role of ['mlp', 'cnn-slim', 'knn']) await column(page, role, 'failed').waitFor();
      assert.deepEqual(await answering(page), ['cnn']);
      const measure = page.locator('vitrine-measure-panel').getByRole('button', { name: 'Measure in this browser' });
      if (packed()) {
        await measure.click();
        await notice(page).filter({ hasText: 'The measurement stopped: ' }).waitFor();
      }
      await inWordsOfThePage(page);

      repair('mlp', 'slim', 'knn', 'labels');
      await retry(page, 'cnn-slim').click();
      await modelsReady(page);
      if (packed()) {
        await measure.click();
        await page.locator('vitrine-measure-panel tr[data-state=running]').waitFor();
        assert.equal(await notice(page).count(), 0);
        await page.locator('vitrine-measure-panel').getByRole('button', { name: 'Cancel' }).click();
        await page.locator('vitrine-measure-panel tr[data-state=running]').waitFor({ state: 'detached' });
      }

      const slot = page.locator('vitrine-notebook-slot');
      const toNotebook = () => slot.evaluate((place) => place.scrollIntoView());
      await toNotebook();
      const notebook = await mend(page, slot.locator('.place'), way, toNotebook);
      repair('notebook');
      await notebook();
      await slot.locator('#trust').waitFor();
      const figures = slot.locator('vitrine-chart-figure');
      const toFigures = async () => {
        await toNotebook();
        await slot.locator('#trust').waitFor();
        await figures.first().scrollIntoViewIfNeeded();
      };
      await toFigures();
      const charts = await mend(page, figures.locator('.message'), way, toFigures);
      const lacking = await figures.locator('.message').count();
      repair('charts');
      await charts();
      // One retry: whichever lacked the library draws.
      if (way.script === 'away') await page.waitForFunction(([drawn]) => document.querySelector('vitrine-app').shadowRoot.querySelector('vitrine-notebook-slot').shadowRoot.querySelector('vitrine-notebook').shadowRoot.querySelectorAll('vitrine-chart-figure[data-drawn]').length >= drawn, [lacking]);
      await figures.first().locator('svg[role=img]').waitFor();
      assert.equal(await figures.locator('.message').count(), 0);
    }));

  test(`${kind} for both wasm files, and a language that is wanted meanwhile`, () =>
    faulty(way, ['wasm', 'german'], async (page, repair) => {
      await lost(page, repair, ['wasm']);
      await page.locator('select.language').selectOption('de');
      await notice(page).filter({ hasText: way.script === 'away' ? /Deutsch could not be fetched; the page stays in English/ : /Deutsch did not come whole; the page stays in English/ }).waitFor();
      assert.equal(await page.locator('select.language').inputValue(), 'en');
      await inWordsOfThePage(page);
      repair('german');
      if (way.script === 'away') {
        await page.locator('select.language').selectOption('de');
      } else {
        await Promise.all([page.waitForEvent('load'), notice(page).getByRole('button', { name: 'Reload the page' }).click()]);
        // The HTML alone shows a header in each language.
        await page.waitForFunction(() => document.querySelector('vitrine-app').hasUpdated);
        await page.locator('select.language').selectOption('de');
      }
      await page.getByRole('heading', { name: 'Ihr Kleidungsstück' }).waitFor();
      assert.equal(await notice(page).count(), 0);
    }));

  test(`${kind} for the worker’s script, and the charting library`, () =>
    faulty(way, ['worker', 'plot'], async (page, repair) => {
      await lost(page, repair, ['worker']);
      const slot = page.locator('vitrine-notebook-slot');
      const toFigures = async () => {
        await slot.evaluate((place) => place.scrollIntoView());
        await slot.locator('#trust').waitFor();
        await slot.locator('vitrine-chart-figure').first().scrollIntoViewIfNeeded();
      };
      await toFigures();
      const charts = await mend(page, slot.locator('vitrine-chart-figure .message'), way, toFigures);
      repair('plot');
      await charts();
      await slot.locator('vitrine-chart-figure svg[role=img]').first().waitFor();
    }));

  for (const name of ['page', 'starter']) {
    test(`${kind} for the ${name === 'page' ? 'page’s script' : 'script that starts it'}: the HTML says why, and loads it again`, () =>
      faulty(way, [name], async (page, repair) => {
        const said = page.locator('.unstarted');
        await said.waitFor({ state: 'attached' });
        if (way.start === undefined) {
          // Nothing tells that nothing comes: its clock does.
          assert.ok(!(await said.isVisible()));
          await page.evaluate(() => document.getAnimations().forEach((animation) => animation.finish()));
          await said.getByText('It may be one of these').waitFor();
        } else {
          await page.locator(`vitrine-app[data-unstarted=${way.start}]`).waitFor();
          await said.locator(`li:visible[data-cause=${way.start}]`).waitFor();
        }
        repair(name);
        await said.getByRole('link', { name: 'Load the page again' }).click();
        await modelsReady(page);
        assert.ok(!(await said.isVisible()));
      }, { wait: 'commit', expected: [/./] }));
  }
}

/** Without what every model needs: it is said once, nothing is promised, and one retry, once that is repaired, brings all. */
async function lost(page, repair, names) {
  const { files } = await manifest();
  for (const { role } of files) await column(page, role, 'failed').waitFor();
  await page.locator('vitrine-answer-verdict').getByText('No model could be loaded.').waitFor();
  assert.equal(await page.getByText('The models are on their way').count(), 0);
  await exactly(page.locator('#failures li'), 1);
  // The pad is for drawing all the same.
  await drawTrousers(page);
  await inWordsOfThePage(page);
  repair(...names);
  await retry(page, 'knn').click();
  await modelsReady(page);
  await page.waitForFunction(() => document.querySelector('vitrine-app').dataset.asked === document.querySelector('vitrine-app').dataset.seen);
  assert.equal(await notice(page).count(), 0);
  assert.ok(await allAnswered(page));
}
