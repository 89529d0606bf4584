/** The cards that say what a model is: how they open, what stands in them, that they are fetched when one is wanted. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { drawTrousers, modelsReady } from './actions.mjs';
import { manifest, metrics, repository, start, visit } from './site.mjs';

let site;
let axe;
let files;
before(async () => {
  site = await start();
  axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
  ({ files } = await manifest());
});
after(() => site.stop());

const head = (page, role) => page.locator(`vitrine-probability-bars th[data-model="${role}"] button.card`);
const dialog = (page) => page.locator('vitrine-card-slot dialog');
/** Waits until all of a card is there. */
const whole = async (page) => {
  await page.locator('vitrine-model-card svg').waitFor();
  await page.locator('vitrine-model-card dd').filter({ hasText: /[\d.,]+ ms/ }).waitFor();
};
const closed = (page) => dialog(page).waitFor({ state: 'hidden' });
/** What a card says, term by term. */
const facts = (page) =>
  page.locator('vitrine-model-card dl').evaluate((list) => Object.fromEntries([...list.querySelectorAll('dt')].map((term) => [term.textContent, term.nextElementSibling.textContent])));
/** The role of the model whose button has the focus. */
const focused = (page) =>
  page.evaluate(() => {
    let element = document.activeElement;
    while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
    return element?.closest('th')?.dataset.model;
  });

/** The epochs of each run, the first one first. */
const runs = (hyperparameters) => (hyperparameters ? [...runs(hyperparameters.after), hyperparameters.epochs] : []);

test('a card says what is committed and what is measured here, and how the model was made, in words', async () => {
  const figures = await metrics();
  const history = JSON.parse(await readFile(join(repository, 'models/history.json'), 'utf8'));
  const fetched = [];
  await visit(
    site,
    async (page) => {
      await modelsReady(page);
      assert.deepEqual(fetched.filter((url) => /\/(card|dossiers|model-card)/.test(url)), []);
      await drawTrousers(page);
      for (const { role, bytes } of files) {
        await head(page, role).click();
        await whole(page);
        const said = await facts(page);
        assert.ok(said.Accuracy.startsWith(figures[role].accuracy.toFixed(4)), said.Accuracy);
        assert.equal(Number.parseFloat(said.File) * (said.File.endsWith('MB') ? 1e6 : 1e3), Number((bytes / 1e3).toPrecision(3)) * 1e3);
        assert.match(said['Time an image'], /^[\d.]+ ms, measured just now in this browser$/);
        const past = history[role];
        if (past) {
          assert.equal(said.Parameters, past.parameters.toLocaleString('en'));
          const own = runs(past.hyperparameters);
          const isWhole = own.length > 1 && own.reduce((sum, epochs) => sum + epochs, 0) === past.epochs.length;
          assert.equal(said.Epochs, isWhole ? `${own.join(' + ')} = ${past.epochs.length}` : String(past.epochs.length));
          assert.ok(said['Taught by']);
        } else {
          assert.match(said['How it was made'], /training images themselves/);
        }
        // A command tells of its last run alone.
        assert.doesNotMatch(await dialog(page).innerText(), /--\w|[0-9a-f]{16}/);
        assert.ok((await page.locator('vitrine-model-card .sentence').innerText()).length > 60);
        await page.keyboard.press('Escape');
        await closed(page);
      }
      assert.ok(fetched.some((url) => /\/card/.test(url)), fetched.join('\n'));
    },
    { before: (page) => page.on('request', (request) => fetched.push(request.url())) },
  );
});

for (const [how, hasTouch] of [['mouse', false], ['touch', true], ['keyboard', false]]) {
  test(`it opens and closes by ${how}, and the focus comes back`, () =>
    visit(
      site,
      async (page) => {
        await modelsReady(page);
        const { role } = files[1];
        const act = async (control) => {
          if (how === 'touch') return control.tap();
          if (how === 'mouse') return control.click();
          await control.focus();
          return page.keyboard.press('Enter');
        };
        await act(head(page, role));
        await page.getByRole('dialog').waitFor();
        await whole(page);
        await act(page.getByRole('button', { name: 'Close', exact: true }));
        await closed(page);
        assert.equal(await focused(page), role);
      },
      { context: { hasTouch, viewport: { width: hasTouch ? 390 : 1280, height: 844 } } },
    ));
}

test('its link leads to the layers and curves of that model', () =>
  visit(site, async (page) => {
    await modelsReady(page);
    const { role } = files[0];
    await head(page, role).click();
    await whole(page);
    await page.getByRole('link', { name: 'Its layers, and how it learned' }).click();
    await closed(page);
    await page.locator(`details[data-model="${role}"][open] vitrine-model-diagram`).waitFor();
    await page.locator('vitrine-place-list a[aria-current=location]').filter({ hasText: 'Inside the models' }).waitFor();
    const { y } = await page.locator('#inside').boundingBox();
    assert.ok(y > 0 && y < 450, `the heading is in view: ${y}`);
  }));

test('what does not load is said in the card', () =>
  visit(
    site,
    async (page) => {
      await page.locator('vitrine-probability-bars th[data-model="mlp"][data-status="failed"]').waitFor();
      await head(page, 'mlp').click();
      await page.locator('vitrine-model-card figure').filter({ hasText: 'could not be drawn' }).waitFor();
      await page.waitForFunction(() => /Time an image\s*–/.test(document.querySelector('vitrine-app').shadowRoot.querySelector('vitrine-card-slot').shadowRoot.querySelector('vitrine-model-card').shadowRoot.querySelector('dl').innerText));
    },
    { before: (page) => page.route(/mlp.*\.onnx/, (route) => route.abort()), expected: [/ERR_FAILED/] },
  ));

for (const colorScheme of ['light', 'dark']) {
  for (const [path, width, locale] of [['', 320, 'de-DE'], ['', 1280, 'en'], ['embed.html', 320, 'en']]) {
    test(`axe-core finds nothing, and nothing is wider than it: ${colorScheme}, ${width} px, ${locale} ${path}`, () =>
      visit(
        site,
        async (page) => {
          await modelsReady(page);
          for (const { role } of files) {
            await head(page, role).click();
            await whole(page);
            await page.evaluate(axe);
            const { violations } = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ['violations'] }));
            assert.deepEqual(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target)}`), []);
            assert.deepEqual(await dialog(page).evaluate((box) => [box.scrollWidth - box.clientWidth, document.documentElement.scrollWidth - document.documentElement.clientWidth]), [0, 0]);
            // Its beginning is in view, however long it is.
            assert.ok((await dialog(page).locator('h2').boundingBox()).y >= 0);
            await page.keyboard.press('Escape');
            await closed(page);
          }
        },
        { path, context: { viewport: { width, height: 640 }, colorScheme, locale } },
      ));
  }
}
