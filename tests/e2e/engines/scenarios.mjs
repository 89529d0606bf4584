/**
 * What has to work in every engine. A scenario is `{ name, run, needsData?, compare? }`: `run(browser)` visits the site and
 * gives what another engine has to agree with by `compare(mine, others)`.
 */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { png } from '../pictures.mjs';
import { manifest, metrics, packed, repository, testFiles } from '../site.mjs';
import { answers, change, drawTrousers, FILES, modelsReady, PAD, pixels, quiet, said } from './actions.mjs';
import { served, visit } from './site.mjs';

/** The number of test images that are shown to the models, out of those whose logits are known. */
const SHOWN = [0, 7, 25, 63];
const HEADER = 16;
const SIDE = 28;
/**
 * Probabilities against those of onnxruntime's logits, and between engines that may run different wasm files: f32 sums in
 * another order differ by 1e-4 on logits of magnitude 10, and a probability by at most a quarter of that over the temperature.
 */
const TOLERANCE = 1e-4;
/** A drawing in an address: trousers, and a line across them. */
const LINK = '#draw=AQD_BjPmAmwkACQAJAAkACQAHw4fDiEOHw4fEBwIHgocCB4KHAgfCB8KIQgfCh8IA2wBbANsA2oDbAxrCmkKawxrCmsKBwwJCgcMCQoHCggMCgoIDAoKCApsDGwKbApqDGwDawNpA2sBawNrAP8GC7QBwAMSCBIKEAgSChIIWhlaGVobWhlYGw';
/** Starts of a measurement, one after the other in one tab. */
const STARTS = 4;

const softmax = (logits, temperature) => {
  const highest = Math.max(...logits);
  const powers = logits.map((logit) => Math.exp((logit - highest) / temperature));
  const sum = powers.reduce((a, b) => a + b);
  return powers.map((power) => power / sum);
};

const near = (mine, others, what) => {
  assert.deepEqual(Object.keys(mine), Object.keys(others));
  for (const [model, probabilities] of Object.entries(mine)) {
    const furthest = Math.max(...probabilities.map((probability, label) => Math.abs(probability - others[model][label])));
    assert.ok(furthest <= TOLERANCE, `${what}, ${model}: differs by up to ${furthest}`);
  }
};

/** Visits a site that is served for this visit alone. */
async function alone(browser, work, path) {
  const site = await served();
  try {
    return await visit(browser, site, (visitor) => work(visitor, site), path);
  } finally {
    await site.close();
  }
}

const best = (probabilities) => probabilities.indexOf(Math.max(...probabilities));

const whole = {
  name: 'a drawing is answered by every model, and undone',
  run: (browser) =>
    alone(browser, async (visitor) => {
      await modelsReady(visitor);
      await drawTrousers(visitor);
      const drawn = await answers(visitor);
      const { files, labels } = await manifest();
      assert.deepEqual(Object.keys(drawn).toSorted(), files.map(({ role }) => role).toSorted());
      for (const [model, probabilities] of Object.entries(drawn)) {
        assert.equal(labels[best(probabilities)], 'Trouser', `${model}: ${probabilities}`);
        const total = probabilities.reduce((sum, share) => sum + share, 0);
        // Ten f32 that were divided by their sum.
        assert.ok(Math.abs(total - 1) < 1e-5, `${model}: sum ${total}`);
      }
      await change(visitor, () => visitor.click('vitrine-sketch-pad >>> button', 'Undo'));
      await visitor.present('vitrine-answer-verdict >>> .invitation');
      assert.ok(Object.values(await answers(visitor)).every((probabilities) => probabilities === null));
    }),
};

const golden = {
  name: 'real images are answered as onnxruntime answers them, from uploaded PNGs',
  needsData: true,
  run: (browser) =>
    alone(browser, async (visitor) => {
      await modelsReady(visitor);
      const images = gunzipSync(await readFile(testFiles()[0])).subarray(HEADER);
      const { models } = JSON.parse(await readFile(join(repository, 'tests/golden/networks.json'), 'utf8'));
      const measured = await metrics();
      const found = {};
      for (const index of SHOWN) {
        const image = images.subarray(index * SIDE * SIDE, (index + 1) * SIDE * SIDE);
        const bytes = png(SIDE, SIDE, (x, y) => image[y * SIDE + x]);
        await change(visitor, () => visitor.choose(FILES, { name: `${index}.png`, type: 'image/png', bytes }));
        const shown = (found[index] = await answers(visitor));
        for (const { path, role } of (await manifest()).files) {
          if (!models[path]) continue;
          near({ [role]: shown[role] }, { [role]: softmax(models[path].logits[index], measured[role].temperature) }, `image ${index}`);
        }
      }
      assert.ok(Object.keys(models).length >= 2);
      return found;
    }),
  compare(mine, others) {
    for (const index of SHOWN) near(mine[index], others[index], `image ${index}`);
  },
};

const photograph = {
  name: 'a photograph is prepared and answered',
  run: (browser) =>
    alone(browser, async (visitor) => {
      await modelsReady(visitor);
      // A dress on a light wall, in cloth with shades.
      const bytes = png(200, 300, (x, y) => (Math.abs(x - 100) < 30 + y / 8 && y > 30 && y < 270 ? Math.round(60 + 0.8 * Math.abs(x - 100)) : 245));
      await change(visitor, () => visitor.choose(FILES, { name: 'dress.png', type: 'image/png', bytes }));
      await visitor.present('vitrine-app >>> .guest');
      return answers(visitor);
    }),
  compare: (mine, others) => near(mine, others, 'dress.png'),
};

/** Opens the visitor's own test set where the build packs none. */
async function withTestSet(visitor) {
  await modelsReady(visitor);
  if (packed()) return;
  const files = await Promise.all(testFiles().map(async (path) => ({ name: basename(path), bytes: await readFile(path) })));
  await visitor.choose('vitrine-measure-panel >>> input[type=file]', ...files);
}

const BEGIN = 'vitrine-measure-panel >>> button.primary';
const begin = (visitor) => visitor.click(BEGIN);
const cancel = (visitor) => visitor.click('vitrine-measure-panel >>> button', 'Cancel');
/** Waits until a model has been measured on `least` images; its row's state then. */
const measured = (visitor, model, least) =>
  visitor.until((find, model, least) => {
    const trial = find('vitrine-measure-panel').trials.find((trial) => trial.model === model);
    return trial?.measurement?.done >= least && trial.state;
  }, model, least);
/** Waits until a measurement can begin. */
const idle = (visitor) => visitor.until((find) => find('vitrine-measure-panel').running === false);

const measuring = {
  name: 'the MLP reaches its committed figures; the next model is cancelled, and the pad answers',
  needsData: true,
  run: (browser) =>
    alone(browser, async (visitor) => {
      await withTestSet(visitor);
      await begin(visitor);
      await measured(visitor, 'mlp', 10_000);
      const { confusion } = (await metrics()).mlp;
      assert.deepEqual(await visitor.run((find) => find('vitrine-measure-panel').trials.find(({ model }) => model === 'mlp').measurement.confusion), confusion);
      await visitor.until((find) => find('vitrine-measure-panel').trials.some(({ state, measurement }) => state === 'running' && measurement?.done >= 300));
      await cancel(visitor);
      await idle(visitor);
      const states = await visitor.run((find) => find('vitrine-measure-panel').trials.map(({ state }) => state));
      assert.ok(states.every((state) => ['done', 'waiting', 'cancelled'].includes(state)), states.join());
      await drawTrousers(visitor);
      assert.ok(Object.values(await answers(visitor)).every((probabilities) => probabilities?.length === 10));
    }),
};

const starts = {
  name: `a measurement begins, ${STARTS} times in ${STARTS}, each in a document that was just loaded`,
  needsData: true,
  run: (browser) =>
    alone(browser, async (visitor) => {
      for (let start = 0; start < STARTS; start++) {
        if (start > 0) await visitor.reload();
        await withTestSet(visitor);
        await begin(visitor);
        await measured(visitor, 'mlp', 1);
        await cancel(visitor);
        await idle(visitor);
      }
    }),
};

const still = {
  name: 'the page stays where it was scrolled to while the notebook takes its place',
  run: (browser) =>
    alone(browser, async (visitor) => {
      await modelsReady(visitor);
      const before = await visitor.run((find, begin) => {
        const button = find(begin);
        const slot = find('vitrine-notebook-slot');
        button.scrollIntoView({ block: 'center', behavior: 'instant' });
        // Asked at every change, whether or not a frame shows it: a page that is shorter for a moment scrolls.
        globalThis.heights = [slot.offsetHeight];
        new MutationObserver(() => heights.push(slot.offsetHeight)).observe(slot.shadowRoot, { childList: true });
        return button.getBoundingClientRect().y;
      }, BEGIN);
      await visitor.until((find) => find('vitrine-notebook')?.offsetHeight > innerHeight);
      const heights = await visitor.run(() => globalThis.heights);
      assert.ok(heights.length > 1 && heights.every((height) => height >= heights[0]), heights.join());
      const moved = (await visitor.run((find, begin) => find(begin).getBoundingClientRect().y, BEGIN)) - before;
      // A page scrolls to whole pixels.
      assert.ok(Math.abs(moved) <= 1, `moved by ${moved} px`);
    }),
};

const language = {
  name: 'the language is switched by keyboard, and stands in the address',
  run: (browser) =>
    alone(browser, async (visitor) => {
      await modelsReady(visitor);
      await visitor.focus('select.language');
      await visitor.press('d');
      await visitor.until(() => document.documentElement.lang === 'de' && !document.documentElement.hasAttribute('data-changing'));
      await visitor.present('h2', 'Was die Modelle sehen');
      await visitor.until(() => location.hash.includes('lang=de'));
      await visitor.reload();
      await visitor.present('h2', 'Was die Modelle sehen');
    }),
};

const share = {
  name: 'a link brings the drawing back, pixel for pixel',
  async run(browser) {
    const site = await served();
    try {
      const mine = await visit(browser, site, async (visitor) => {
        await modelsReady(visitor);
        await drawTrousers(visitor);
        await visitor.until(() => location.hash.includes('draw='));
        await visitor.click('vitrine-share-panel >>> button.open');
        const link = await visitor.until((find) => find('vitrine-share-panel >>> input[readonly]').value);
        return { link, pixels: await pixels(visitor), answers: await answers(visitor) };
      });
      await visit(browser, site, async (visitor) => {
        await modelsReady(visitor);
        await quiet(visitor);
        assert.deepEqual(await pixels(visitor), mine.pixels);
        assert.deepEqual(await answers(visitor), mine.answers);
      }, mine.link.slice(site.url.length));
    } finally {
      await site.close();
    }
  },
};

const kept = {
  name: 'a link from elsewhere gives the same pixels and the same answers',
  run: (browser) =>
    alone(
      browser,
      async (visitor) => {
        await modelsReady(visitor);
        await quiet(visitor);
        return { pixels: await pixels(visitor), answers: await answers(visitor) };
      },
      LINK,
    ),
  compare(mine, others) {
    assert.deepEqual(mine.pixels, others.pixels);
    near(mine.answers, others.answers, 'the drawing');
  },
};

const offline = {
  name: 'after one visit the site works without its server',
  run: (browser) =>
    alone(browser, async (visitor, site) => {
      await modelsReady(visitor);
      await visitor.run(() => navigator.serviceWorker.ready.then(() => true));
      await site.close();
      await visitor.reload();
      await modelsReady(visitor);
      await drawTrousers(visitor);
      assert.ok(Object.values(await answers(visitor)).every((probabilities) => probabilities?.length === 10));
    }),
};

const keyboard = {
  name: 'everything can be drawn by keyboard, and is announced',
  run: (browser) =>
    alone(browser, async (visitor) => {
      await modelsReady(visitor);
      await visitor.focus(PAD);
      await visitor.press('ArrowRight');
      await said(visitor, /Row 15, column 16, empty/);
      await visitor.press(' ');
      await said(visitor, /Row 15, column 16, ink 78%/);
      await change(visitor, async () => {
        await visitor.press('Enter');
        for (let step = 0; step < 3; step++) await visitor.press('ArrowDown', 'Shift');
        await visitor.press('Enter');
      });
      assert.ok(Object.values(await answers(visitor)).every((probabilities) => probabilities?.length === 10));
      await said(visitor, /agree|disagree|says/);
      for (let step = 0; step < 2; step++) await visitor.press('z', 'Control');
      await visitor.present('vitrine-answer-verdict >>> .invitation');
    }),
};

export const scenarios = [whole, golden, photograph, keyboard, still, language, share, kept, offline, measuring, starts];
