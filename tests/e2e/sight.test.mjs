/** The answer is where the eye is: garment and verdict stand in view together, and nothing below moves while one draws. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { choose, draw, modelsReady, photograph, settled } from './actions.mjs';
import { start, visit } from './site.mjs';

let site;
before(async () => (site = await start()));
after(() => site.stop());

/** A telephone, on its side, a frame in a course page, a laptop at 200%, a laptop. */
const VIEWS = [[390, 844], [844, 390], [700, 600], [640, 400], [1280, 900]];

/** Where the garment ends and where what is said of it does, and how high the view is. */
const boxes = (page, garment) =>
  page.evaluate((selector) => {
    const root = document.querySelector('vitrine-app').shadowRoot;
    const box = (element) => element && element.getClientRects().length > 0 && element.getBoundingClientRect().toJSON();
    const inner = root.querySelector(selector);
    const verdict = root.querySelector('vitrine-answer-verdict').shadowRoot;
    return {
      garment: box((inner.shadowRoot?.querySelector('vitrine-picture-view') ?? inner).shadowRoot?.querySelector('canvas') ?? inner),
      line: box(root.querySelector('vitrine-answer-line')),
      word: box(verdict.querySelector('.word')),
      height: innerHeight,
      width: innerWidth,
    };
  }, garment);

/** Models and language are there. */
async function ready(page, locale) {
  await page.locator(`html[lang=${locale}]`).waitFor();
  await modelsReady(page);
}

/** Without scrolling: a visitor sees both, and so does one who draws. */
function assertInSight({ garment, line, word, height, width }, when) {
  const isInView = (box) => box && box.width > 0 && box.top >= 0 && box.bottom <= height && box.left >= 0 && box.right <= width;
  assert.ok(isInView(garment), `${when}: the garment ends at ${garment.bottom}, the view at ${height} ${JSON.stringify(garment)}`);
  assert.ok(garment.width >= 200, `${when}: the garment is ${garment.width} px wide`);
  assert.ok(isInView(line) || isInView(word), `${when}: the verdict ends at ${(line || word).bottom}, the view at ${height}`);
}

for (const [width, height] of VIEWS) {
  for (const locale of ['en', 'de']) {
    test(`${width}×${height}, ${locale}: garment and verdict are in view together`, () =>
      visit(
        site,
        async (page) => {
          await ready(page, locale);
          assertInSight(await boxes(page, 'vitrine-sketch-pad'), 'blank');
          await draw(page, [[0.3, 0.2], [0.7, 0.2], [0.7, 0.8], [0.3, 0.8], [0.3, 0.2]]);
          assert.equal(await page.evaluate(() => scrollY), 0);
          assertInSight(await boxes(page, 'vitrine-sketch-pad'), 'drawn');
          await choose(page, 'dress.png', photograph());
          await page.locator('.guest').waitFor();
          await settled(page);
          await page.evaluate(() => scrollTo(0, 0));
          assertInSight(await boxes(page, 'vitrine-picture-region'), 'photograph');
        },
        { context: { viewport: { width, height }, locale } },
      ));
  }
}

test('on a telephone the line stays in view for as long as the garment does', () =>
  visit(
    site,
    async (page) => {
      await modelsReady(page);
      // The lower part of the pad is out of view.
      await page.setViewportSize({ width: 390, height: 480 });
      const { garment, line, height } = await boxes(page, 'vitrine-sketch-pad');
      assert.ok(garment.bottom > height, 'the pad fits: nothing to see here');
      assert.ok(line.bottom <= height && line.top > garment.top, JSON.stringify({ line, height }));
    },
    { context: { viewport: { width: 390, height: 844 } } },
  ));

for (const [width, height] of [...VIEWS, [320, 640], [1000, 700]]) {
  for (const locale of ['en', 'de']) {
    test(`${width}×${height}, ${locale}: the table stays where it is, whatever the verdict`, () =>
      visit(
        site,
        async (page) => {
          await ready(page, locale);
          const tops = await page.evaluate(async () => {
            const root = document.querySelector('vitrine-app').shadowRoot;
            const verdict = root.querySelector('vitrine-answer-verdict');
            const table = root.querySelector('vitrine-probability-bars');
            // The longest names of classes and models, in every way in which four can vote.
            const names = [...table.shadowRoot.querySelectorAll('tbody th')].map(({ textContent }) => textContent).toSorted((a, b) => b.length - a.length);
            const models = ['mlp', 'cnn', 'cnn-slim', 'knn'];
            const ways = [[], [0], [0, 0, 0, 0], [0, 0, 0, 1], [0, 0, 1, 1], [0, 1, 1, 2], [0, 0, 1, 2], [0, 1, 2, 3]];
            const found = {};
            for (const novel of [false, true]) {
              for (const way of ways) {
                verdict.doubt = novel ? 'much' : 'none';
                verdict.votes = way.map((label, at) => ({ model: models[at], label: names[label] }));
                await verdict.updateComplete;
                found[`${way.join('') || 'blank'}${novel ? ', unlike' : ''}`] = table.getBoundingClientRect().top;
              }
            }
            return found;
          });
          // Lines are laid out in parts of a pixel.
          const [first] = Object.values(tops);
          assert.deepEqual(Object.entries(tops).filter(([, top]) => Math.abs(top - first) >= 0.5), [], `the usual place is ${first}`);
        },
        { context: { viewport: { width, height }, locale } },
      ));
  }
}

for (const [width, height] of VIEWS) {
  test(`${width}×${height}: what went wrong is said in view, wherever one is, and moves nothing`, () =>
    visit(
      site,
      async (page) => {
        await modelsReady(page);
        for (const place of ['vitrine-sketch-pad', 'vitrine-metrics-table', 'vitrine-measure-panel']) {
          await page.locator(place).evaluate((element) => element.scrollIntoView());
          const top = await page.locator(place).evaluate((element) => element.getBoundingClientRect().top);
          await choose(page, 'no.png', Buffer.from('no'));
          const notice = page.locator('.notice.problem');
          await notice.waitFor();
          const box = await notice.boundingBox();
          assert.ok(box.y >= 0 && box.y + box.height <= height && box.x >= 0 && box.x + box.width <= width, `${place}: ${JSON.stringify(box)}`);
          assert.equal(await page.locator(place).evaluate((element) => element.getBoundingClientRect().top), top);
          await page.getByRole('button', { name: 'Dismiss' }).click();
          await notice.waitFor({ state: 'detached' });
        }
      },
      { context: { viewport: { width, height } } },
    ));
}

test('a step of the preparation is as wide as its place, whatever stands under it', () =>
  visit(site, async (page) => {
    await modelsReady(page);
    await draw(page, [[0.1, 0.1], [0.2, 0.1], [0.2, 0.4], [0.1, 0.4]]);
    const widths = await page.locator('vitrine-model-input li button').evaluateAll((all) =>
      all.map((button) => [button.clientWidth - 2 * Number.parseFloat(getComputedStyle(button).paddingLeft), button.querySelector('vitrine-pixel-view').clientWidth]),
    );
    for (const [place, view] of widths) assert.ok(Math.abs(place - view) <= 1, JSON.stringify(widths));
  }));
