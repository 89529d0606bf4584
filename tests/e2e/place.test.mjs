/** The page fits the place that it is given, however wide the window is, and its lengths are multiples of one unit. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { modelsReady } from './actions.mjs';
import { start, visit } from './site.mjs';

let site;
before(async () => (site = await start()));
after(() => site.stop());

/** Where everything that the page has rendered stands, in CSS pixels. */
const places = (page) =>
  page.evaluate(() => {
    const all = [];
    const walk = (root) => {
      for (const element of root.querySelectorAll('*')) {
        const { x, y, width, height } = element.getBoundingClientRect();
        all.push({ name: `${element.localName}.${element.classList}`, place: [x, y, width, height] });
        if (element.shadowRoot) walk(element.shadowRoot);
      }
    };
    walk(document.body);
    return all;
  });

const rendered = async (page) => {
  await page.locator('vitrine-app footer').waitFor();
  await modelsReady(page);
};

/** What stands elsewhere, or has another size, by more than is rounded. */
const moved = (before, now) => {
  assert.deepEqual(now.map(({ name }) => name), before.map(({ name }) => name));
  return before.filter(({ place }, at) => place.some((value, side) => Math.abs(value - now[at].place[side]) > 0.5)).map(({ name }) => name);
};

for (const width of [390, 1280]) {
  test(`${width} px: where the root's font size is that of another page, --vitrine-unit puts all lengths right`, () =>
    visit(site, async (page) => {
      await rendered(page);
      await page.evaluate(() => document.fonts.ready);
      const before = await places(page);
      assert.ok(before.length > 300);
      const unit = await page.evaluate(() => getComputedStyle(document.documentElement).fontSize);
      await page.evaluate(() => document.documentElement.style.setProperty('font-size', '62.5%'));
      assert.ok(moved(before, await places(page)).length > 100);
      await page.evaluate((unit) => document.documentElement.style.setProperty('--vitrine-unit', unit), unit);
      assert.deepEqual(moved(before, await places(page)), []);
    }, { context: { viewport: { width, height: 900 }, reducedMotion: 'reduce' } }));
}

test('in a narrow place of a wide window it has one column', () =>
  visit(site, async (page) => {
    await rendered(page);
    const columns = (list) => page.locator(list).evaluate((element) => getComputedStyle(element).gridTemplateColumns.split(' ').length);
    const look = async () => ({
      lab: await columns('vitrine-app .lab'),
      neighbours: await columns('vitrine-nearest-neighbours ol'),
      way: await columns('vitrine-model-input .way'),
      overflow: await page.evaluate(() => document.querySelector('vitrine-app').shadowRoot.querySelector('main').scrollWidth - document.querySelector('vitrine-app').clientWidth),
    });
    const { overflow: none, ...wide } = await look();
    assert.deepEqual(wide, { lab: 2, neighbours: 8, way: 2 });
    assert.ok(none <= 0);
    await page.evaluate(() => document.querySelector('vitrine-app').style.setProperty('width', '390px'));
    const { overflow, ...narrow } = await look();
    assert.deepEqual(narrow, { lab: 1, neighbours: 4, way: 1 });
    assert.ok(overflow <= 0, `${overflow} px run out of the place`);
  }));
