/**
 * How long the page takes to show what an interaction did, as the browser itself measures it (Event Timing): idle, and
 * while the CNN is measured on the test set.
 */
import { allAnswered, draw, drawTrousers, modelsReady, settled } from './actions.mjs';
import { openNotebook } from './notebook.mjs';
import { packed, visit } from './site.mjs';

/** Of so many interactions one may be slower than what is reported, as in Google's web-vitals. */
const FORGIVEN = 50;

const panel = (page, name) => page.locator(`vitrine-why-section details[data-panel=${name}] > summary`);
const step = (page) => page.locator('vitrine-model-input button[data-step=centre]');
const slider = (page) => page.locator('vitrine-break-panel input[name=degrees]');
const language = (page) => page.locator('vitrine-app select.language');
const cell = (page) => page.locator('vitrine-confusion-explorer td button[data-cell="6-0"]');

/** What a visitor does, in this order, by name. */
const INTERACTIONS = {
  'draw a stroke': (page) => draw(page, [[0.3, 0.3], [0.7, 0.3], [0.7, 0.7]]),
  'draw a dot': (page) => draw(page, [[0.5, 0.5]]),
  undo: (page) => page.getByRole('button', { name: 'Undo' }).click(),
  redo: (page) => page.getByRole('button', { name: 'Redo' }).click(),
  'move the pixel cursor': async (page) => {
    await page.locator('vitrine-sketch-pad canvas').focus();
    for (const key of ['ArrowRight', 'ArrowDown', 'Shift+ArrowLeft', 'Space', 'Enter', 'ArrowDown', 'Enter']) await page.keyboard.press(key);
  },
  'fill at the pixel cursor': async (page) => {
    await page.locator('vitrine-sketch-pad canvas').focus();
    await page.keyboard.press('f');
    await page.keyboard.press('Control+z');
  },
  'switch a step off': (page) => step(page).click(),
  'switch a step on': (page) => step(page).click(),
  'hide a model': (page) => page.getByRole('checkbox', { name: 'MLP' }).click(),
  'show a model': (page) => page.getByRole('checkbox', { name: 'MLP' }).click(),
  'open “Which part counts?”': (page) => panel(page, 'occlusion').click(),
  'close it': (page) => panel(page, 'occlusion').click(),
  'open “Does the picture fit?”': (page) => panel(page, 'fit').click(),
  'open “Break it”': async (page) => {
    await panel(page, 'break').click();
    await page.locator('vitrine-robustness-curves svg').first().waitFor();
  },
  'move a slider by key': async (page) => {
    await slider(page).focus();
    for (let count = 0; count < 4; count++) await page.keyboard.press('ArrowRight');
  },
  'drag a slider': async (page) => {
    await slider(page).scrollIntoViewIfNeeded();
    const { x, y, width, height } = await slider(page).boundingBox();
    await page.mouse.move(x + width / 2, y + height / 2);
    await page.mouse.down();
    await page.mouse.move(x + width * 0.9, y + height / 2, { steps: 10 });
    await page.mouse.up();
  },
  'open a report': (page) => page.locator('vitrine-metrics-table details > summary').first().click(),
  'come to the notebook': (page) => openNotebook(page),
  'click a cell of the confusion matrix': async (page) => {
    await cell(page).scrollIntoViewIfNeeded();
    await cell(page).click();
  },
  'walk through the confusion matrix': async (page) => {
    await cell(page).focus();
    for (const key of ['ArrowRight', 'ArrowDown', 'Enter']) await page.keyboard.press(key);
  },
  'speak German': async (page) => {
    await language(page).focus();
    await page.keyboard.press('ArrowDown');
    await page.locator('html[lang=de]').waitFor();
  },
  'speak English': async (page) => {
    await language(page).focus();
    await page.keyboard.press('ArrowUp');
    await page.locator('html[lang=en]').waitFor();
  },
};

/** Begins measuring unless the CNN is being measured. */
async function measuring(page) {
  const cnn = page.locator('vitrine-measure-panel tr[data-model=cnn][data-state=running]');
  if (await cnn.isVisible()) return;
  const button = page.locator('vitrine-measure-panel button').first();
  await page.waitForFunction((button) => !button.disabled || button.getRootNode().host.running, await button.elementHandle());
  // Not an interaction of the list: a click that the page does not see as one.
  if (await button.isEnabled()) await button.evaluate((element) => element.click());
  await cnn.waitFor();
}

/** Interactions and the longest time that each took, in ms: `{ name, duration }`, from slowest to fastest. */
async function timed(site, { busy }) {
  let found;
  await visit(
    site,
    async (page) => {
      await modelsReady(page);
      await drawTrousers(page);
      const names = [];
      for (const [name, interact] of Object.entries(INTERACTIONS)) {
        if (busy) await measuring(page);
        names.push({ name, from: await page.evaluate(() => performance.now()) });
        await interact(page);
        await settled(page);
        // What follows the last event of an interaction is painted, and told to observers, in the frames after it.
        await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 50)))));
      }
      if (!(await allAnswered(page))) throw new Error('the models have not answered');
      const { entries, count } = await page.evaluate(() => ({ entries: globalThis.timings, count: performance.interactionCount }));
      const longest = new Map();
      for (const { id, start, duration } of entries) {
        if ((longest.get(id)?.duration ?? -1) < duration) longest.set(id, { name: names.findLast(({ from }) => from <= start)?.name ?? 'getting ready', duration });
      }
      found = { count, slowest: [...longest.values()].sort((a, b) => b.duration - a.duration) };
    },
    {
      before: (page) =>
        page.addInitScript(() => {
          globalThis.timings = [];
          new PerformanceObserver((list) => {
            for (const { interactionId: id, startTime: start, duration } of list.getEntries()) if (id) globalThis.timings.push({ id, start, duration });
          }).observe({ type: 'event', durationThreshold: 16, buffered: true });
        }),
    },
  );
  return found;
}

/** Interaction to Next Paint of a visit: `{ count, inp, worst }` (ms, the name of the slowest) and the slowest by name. */
async function inp(site, how) {
  const { count, slowest } = await timed(site, how);
  const at = Math.min(slowest.length - 1, Math.floor(count / FORGIVEN));
  return { count, inp: slowest[at]?.duration ?? 0, worst: slowest[0]?.name ?? '', slowest: slowest.slice(0, 8) };
}

/** Both visits; the second only where the build packs the test set. */
export async function interactions(site) {
  return { idle: await inp(site, { busy: false }), ...(packed() ? { measuring: await inp(site, { busy: true }) } : {}) };
}
