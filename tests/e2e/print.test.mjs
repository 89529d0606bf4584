/** The sheet to hand in: one page with garment, answers, maps where they are open, and lines to write on. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { choose, draw, drawTrousers, modelsReady, photograph, see, settled } from './actions.mjs';
import { manifest, start, visit } from './site.mjs';

let site;
let roles;
before(async () => {
  site = await start();
  roles = (await manifest()).files.map(({ role }) => role);
});
after(() => site.stop());

/** How many pages a PDF has. */
const pages = (pdf) => pdf.toString('latin1').match(/\/Type\s*\/Page(?!s)/g).length;

/** What is on the sheet, and how much of each line to write on. */
const printed = (page) =>
  page.evaluate(() => {
    const root = document.querySelector('vitrine-app').shadowRoot;
    const seen = (element) => Boolean(element) && element.checkVisibility() && element.getBoundingClientRect().height > 0;
    const sheet = root.querySelector('.sheet');
    const foot = sheet.getBoundingClientRect().bottom;
    const heads = [...root.querySelector('vitrine-probability-bars').shadowRoot.querySelectorAll('thead th[data-model]')];
    return {
      garment: seen(root.querySelector('vitrine-sketch-pad:not([hidden])') ?? root.querySelector('.guest')),
      models: heads.filter((head) => seen(head.querySelector('.card'))).map((head) => head.dataset.model),
      maps: [...(root.querySelector('vitrine-why-section').shadowRoot.querySelector('vitrine-occlusion-panel')?.shadowRoot.querySelectorAll('vitrine-heat-map') ?? [])].filter(seen).length,
      lines: [...sheet.querySelectorAll('i')].filter((line) => line.getBoundingClientRect().bottom <= foot).length,
      named: seen(root.querySelector('.named')),
      stray: ['nav', 'footer', '.tools', 'vitrine-model-choice input', '#metrics', '#measure', '#notebook'].filter((selector) => seen(root.querySelector(selector))),
    };
  });

/** A task as long as may be. */
const TASK = 'Why do the models not say the same here, and what would you have to change so that they do? '.repeat(6).slice(0, 500);
const open = async (page) => {
  await page.locator('vitrine-why-section details[data-panel=occlusion] > summary').click();
  for (const role of roles) await page.locator(`vitrine-heat-map figure[data-model="${role}"][data-progress="1"] .summary`).waitFor({ timeout: 180_000 });
};

const give = async (page, task) => {
  await page.evaluate((given) => (location.hash = `task=${encodeURIComponent(given)}`), task);
  await page.locator('.task').waitFor();
};

const states = {
  'a drawing': (page) => drawTrousers(page),
  'a photograph': async (page) => {
    await choose(page, 'dress.png', photograph());
    await page.locator('.guest').waitFor();
    await settled(page);
  },
  'a scribble that the models doubt, with the longest task': async (page) => {
    await give(page, TASK);
    await draw(page, [[0.2, 0.2], [0.8, 0.2], [0.5, 0.8], [0.2, 0.5]]);
  },
  'a garment that each model calls something else, with the longest task': async (page) => {
    await give(page, TASK);
    await see(page, () => page.locator('vitrine-example-row button.puzzle').first().click());
    assert.equal(await page.locator('vitrine-probability-bars tr:has(td.best)').count(), roles.length, 'they agree');
  },
};

for (const [name, make] of Object.entries(states)) {
  for (const [colorScheme, locale] of [['light', 'en'], ['dark', 'de-DE']]) {
    test(`one page, ${colorScheme}, ${locale}: ${name}`, () =>
      visit(
        site,
        async (page) => {
          await modelsReady(page);
          await make(page);
          for (const maps of [0, roles.length]) {
            if (maps > 0) await open(page);
            for (const [format, width, height] of [['A4', 688, 1016], ['Letter', 710, 950]]) {
              assert.equal(pages(await page.pdf({ format })), 1, `${format}, ${maps} maps`);
              // The same sheet on a screen of the size of what the printer can reach.
              await page.emulateMedia({ media: 'print' });
              await page.setViewportSize({ width, height });
              const { lines, ...rest } = await printed(page);
              assert.deepEqual(rest, { garment: true, models: ['mlp', 'cnn', 'cnn-slim', 'knn'].filter((role) => roles.includes(role)), maps, named: true, stray: [] });
              assert.ok(lines >= 2, `${format}, ${maps} maps: ${lines} lines to write on`);
              await page.emulateMedia({ media: null });
              await page.setViewportSize({ width: 1280, height: 900 });
            }
          }
        },
        { context: { colorScheme, locale } },
      ));
  }
}
