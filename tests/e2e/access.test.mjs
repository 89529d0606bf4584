/** Accessibility in every main state, light and dark, narrow and wide; no sideways scrolling; offline after one visit. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { after, before, test } from 'node:test';
import { allAnswered, drawTrousers, modelsReady, photograph } from './actions.mjs';
import { start, visit } from './site.mjs';

let site;
let axe;
before(async () => {
  site = await start();
  axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
});
after(() => site.stop());

/** axe-core's violations, each with the elements it found. */
async function violations(page) {
  await page.evaluate(axe);
  const { violations: found } = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ['violations'] }));
  return found.map(({ id, help, nodes }) => `${id}: ${help}\n  ${nodes.map(({ target, failureSummary }) => `${target}: ${failureSummary}`).join('\n  ')}`);
}

for (const colorScheme of ['light', 'dark']) {
  for (const width of [320, 1280, 3840]) {
    test(`axe-core finds nothing: ${colorScheme}, ${width} px`, () =>
      visit(
        site,
        async (page) => {
          await modelsReady(page);
          assert.deepEqual(await violations(page), [], 'blank');
          await drawTrousers(page);
          for (const summary of await page.locator('vitrine-metrics-table summary').all()) await summary.click();
          assert.deepEqual(await violations(page), [], 'drawn, reports open');
          await page.locator('vitrine-image-drop input[type=file]').setInputFiles({ name: 'no.png', mimeType: 'image/png', buffer: Buffer.from('no') });
          await page.locator('.problem').waitFor();
          await page.locator('vitrine-image-drop input[type=file]').setInputFiles({ name: 'dress.png', mimeType: 'image/png', buffer: photograph() });
          await page.locator('.guest').waitFor();
          assert.deepEqual(await violations(page), [], 'picture');
          await page.locator('vitrine-model-input button[data-step=trim]').click();
          await page.evaluate(() => (location.hash = 'task=Which%20of%20them%20is%20right%3F&strange=1'));
          await page.locator('.task').waitFor();
          await page.getByRole('button', { name: 'Share', exact: true }).click();
          assert.deepEqual(await violations(page), [], 'task, a step off, share dialog');
          await page.keyboard.press('Escape');
          await page.context().setOffline(true);
          await page.locator('.notice').filter({ hasText: 'You are offline' }).waitFor();
          assert.deepEqual(await violations(page), [], 'offline');
          const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
          assert.equal(wide, 0, 'the page scrolls sideways');
        },
        // What comes into view while offline asks in vain, and says so in its place.
        { context: { viewport: { width, height: 800 }, colorScheme }, expected: [/ERR_INTERNET_DISCONNECTED/] },
      ));
  }
}

test('after one visit the page works offline', () =>
  visit(
    site,
    async (page) => {
      await modelsReady(page);
      await page.evaluate(() => navigator.serviceWorker.ready);
      await page.context().setOffline(true);
      await page.reload();
      await modelsReady(page);
      await drawTrousers(page);
      assert.ok(await allAnswered(page));
    },
    { context: { serviceWorkers: 'allow' } },
  ));
