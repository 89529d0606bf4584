/** The classifier as one file, opened from a disk: Chromium without a network, Firefox with its own rules for files. */
import assert from 'node:assert/strict';
import { copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';
import { disk } from './engines/places.mjs';
import { launch } from './engines/puppeteer.mjs';
import { classifyInk, document as page_, goldenImages, near, packageHost } from './package.mjs';
import { FLAGS, needsData, repository, visit } from './site.mjs';

const dist = join(repository, 'www/dist');
const SHOWN = [0, 7, 25, 63];
const FILES = { 'vitrine.html': ['mlp', 'cnn-slim', 'knn'], 'vitrine-small.html': ['cnn-slim', 'knn'] };

let folder;
before(async () => {
  folder = join(await mkdtemp(join(tmpdir(), 'vitrine-')), 'Übung #3, 100% größer');
  await mkdir(folder);
  for (const name of Object.keys(FILES)) await copyFile(join(dist, name), join(folder, `Kopie von ${name}`));
});
after(() => rm(join(folder, '..'), { recursive: true }));

const address = (name) => pathToFileURL(join(folder, `Kopie von ${name}`)).href;

/** Classifies real images, by `evaluate(work, argument)`, and compares with onnxruntime. */
async function answers(evaluate, roles) {
  for (const { ink, expected } of await goldenImages(SHOWN)) {
    const { answers, unlike } = await evaluate(classifyInk, ['vitrine-classifier', ink]);
    assert.deepEqual(Object.keys(answers), roles);
    near(answers, Object.fromEntries(Object.entries(expected).filter(([role]) => roles.includes(role))), 'one file');
    assert.equal(unlike, false);
  }
}

for (const { name, run } of disk) {
  test(`Chromium: ${name}`, async () => {
    const browser = await launch('chromium');
    try {
      await run(browser);
    } finally {
      await browser.stop();
    }
  });
}

const isReady = () => document.querySelector('vitrine-classifier')?.matches(':state(ready)');
const exact = () => void (document.querySelector('vitrine-classifier').recipe = 'exact');

for (const [name, roles] of Object.entries(FILES)) {
  test(`${name}: opened from a disk without a network, Chromium answers as onnxruntime does`, { skip: needsData() }, async () => {
    const browser = await chromium.launch({ executablePath: process.env.CHROMIUM || '/usr/bin/chromium', args: FLAGS });
    try {
      const asked = [];
      await visit(
        { browser, url: address(name) },
        async (page) => {
          await page.waitForFunction(isReady);
          // What is drawn by hand, too.
          const pad = await page.locator('vitrine-sketch-pad canvas').boundingBox();
          await page.mouse.move(pad.x + pad.width * 0.3, pad.y + pad.height * 0.4);
          await page.mouse.down();
          await page.mouse.move(pad.x + pad.width * 0.7, pad.y + pad.height * 0.6, { steps: 5 });
          await page.mouse.up();
          await page.waitForFunction((count) => document.querySelector('vitrine-classifier').answers.length === count, roles.length);
          await page.evaluate(exact);
          await answers((work, argument) => page.evaluate(work, argument), roles);
          if (name === 'vitrine.html') await page.waitForFunction(() => document.querySelector('vitrine-classifier').lab.state.neighbours.every(({ thumbnail }) => thumbnail?.length === 784));
        },
        { context: { offline: true }, before: (page) => page.on('request', (request) => asked.push(request.url())) },
      );
      assert.deepEqual(asked.filter((url) => !/^(blob|data):/.test(url)), [address(name)]);
    } finally {
      await browser.close();
    }
  });

  test(`${name}: Firefox, which lets files read nothing, answers as onnxruntime does`, { skip: needsData() }, async () => {
    const firefox = await launch('firefox');
    try {
      const tab = await firefox.tab();
      await tab.open(address(name));
      const evaluate = (work, ...given) => tab.evaluate(`(${work})(...${JSON.stringify(given)})`);
      while (!(await evaluate(isReady))) await evaluate(() => new Promise((shown) => requestAnimationFrame(() => shown(true))));
      await evaluate(exact);
      await answers(evaluate, roles);
      assert.deepEqual(await tab.complaints(), []);
      await tab.close();
    } finally {
      await firefox.stop();
    }
  });
}

test('a file that is damaged says so', async () => {
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM || '/usr/bin/chromium', args: FLAGS });
  try {
    const whole = await readFile(join(dist, 'vitrine-small.html'), 'utf8');
    const within = whole.indexOf('data-file="knn.index"') + 10_000;
    const changed = whole.slice(0, within) + (whole[within] === 'a' ? 'b' : 'a') + whole.slice(within + 1);
    const cut = whole.slice(0, within) + whole.slice(within + 1_000);
    for (const html of [changed, cut]) {
      await writeFile(join(folder, 'damaged.html'), html);
      await visit({ browser, url: pathToFileURL(join(folder, 'damaged.html')).href }, (page) => page.getByText('This file cannot be unpacked: it is damaged').waitFor());
    }
  } finally {
    await browser.close();
  }
});

test('each has a policy that allows its own script by hash, and no connection', async () => {
  for (const name of Object.keys(FILES)) {
    const policy = /http-equiv="Content-Security-Policy" content="([^"]+)"/.exec(await readFile(join(dist, name), 'utf8'))[1];
    assert.match(policy, /script-src 'self' 'sha256-[\w+/=]+' 'wasm-unsafe-eval'/);
    assert.doesNotMatch(policy, /connect-src|unsafe-inline|'unsafe-eval'|https?:/);
  }
});

test('in a frame without an origin it answers too', async () => {
  const server = await packageHost({
    '/page.html': page_('<iframe src="vitrine.html" width="760" height="900" sandbox="allow-scripts"></iframe>', ''),
    '/vitrine.html': await readFile(join(dist, 'vitrine.html'), 'utf8'),
  });
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM || '/usr/bin/chromium', args: FLAGS });
  try {
    await visit({ browser, url: server.url }, (page) => page.frames().at(-1).waitForFunction(isReady), { path: 'page.html' });
    assert.deepEqual(server.asked, ['/page.html', '/vitrine.html']);
  } finally {
    await server.close();
    await browser.close();
  }
});
