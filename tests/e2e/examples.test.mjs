/** Something to click in the first second: examples, and every garment that is shown anywhere. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { allAnswered, choose, exactly, modelsReady, png, see, settled } from './actions.mjs';
import { openNotebook, openPanels } from './notebook.mjs';
import { manifest, repository, start, visit } from './site.mjs';

const { puzzles } = JSON.parse(await readFile(join(repository, 'www/src/lab/puzzles.json'), 'utf8'));

let site;
before(async () => (site = await start()));
after(() => site.stop());

const examples = (page, kind) => page.locator(`vitrine-example-row button.${kind}`);
/** The class that each model names. */
const named = (page) => page.locator('vitrine-probability-bars tr:has(td.best) th').evaluateAll((heads) => heads.map((head) => head.textContent.trim().slice(0, -(head.querySelector('.label')?.textContent.length ?? 0) || undefined).trim()));

test('every example is answered by one click, without a copy of the data set', () =>
  visit(site, async (page) => {
    const { labels } = await manifest();
    await exactly(examples(page, 'garment'), 10);
    const box = await examples(page, 'garment').first().boundingBox();
    assert.ok(box.y + box.height <= 900, `the first ends at ${box.y + box.height}`);
    await modelsReady(page);
    let right = 0;
    for (const [label, name] of labels.entries()) {
      await see(page, () => examples(page, 'garment').nth(label).click());
      await page.locator('.guest').filter({ hasText: name }).waitFor();
      assert.ok(await allAnswered(page), name);
      if ((await named(page)).includes(name)) right++;
    }
    assert.ok(right >= 8, `${right} of ten are called what they are by any model`);
    for (let rank = 0; rank < 3; rank++) {
      await see(page, () => examples(page, 'puzzle').nth(rank).click());
      assert.ok((await named(page)).length > 1, `number ${rank} is no puzzle: ${await named(page)}`);
    }
    for (const [rank, name] of ['Trouser', 'T-shirt/top'].entries()) {
      await see(page, () => examples(page, 'drawing').nth(rank).click());
      assert.equal(await page.locator('.guest').count(), 0, 'a drawing is on the pad');
      assert.ok((await named(page)).includes(name), `${name}: ${await named(page)}`);
    }
    await see(page, () => examples(page, 'photograph').click());
    await page.locator('.guest').filter({ hasText: 'a photograph that this page drew' }).waitFor();
    await page.locator('vitrine-model-input .text', { hasText: 'prepared as a photograph' }).waitFor();
    assert.ok((await named(page)).includes('Dress'), String(await named(page)));
    // Their pictures are there by now.
    await exactly(page.locator('vitrine-example-row vitrine-pixel-view'), 13);
  }));

test('where models disagree, what most of them name comes first', () =>
  visit(site, async (page) => {
    await modelsReady(page);
    const named = (votes) =>
      page.evaluate(async (votes) => {
        const verdict = document.createElement('vitrine-answer-verdict');
        verdict.votes = votes.map(([model, label]) => ({ model, label }));
        document.body.append(verdict);
        await verdict.updateComplete;
        const lines = [...verdict.shadowRoot.querySelectorAll('.apart li')].map((line) => line.textContent.slice(0, -line.querySelector('small').textContent.length));
        verdict.remove();
        return lines;
      }, votes);
    assert.deepEqual(await named([['mlp', 'Shirt'], ['cnn', 'Dress'], ['cnn-slim', 'Dress'], ['knn', 'Dress']]), ['Dress', 'Shirt']);
    assert.deepEqual(await named([['mlp', 'Shirt'], ['cnn', 'Dress'], ['cnn-slim', 'Dress'], ['knn', 'Shirt']]), ['Shirt', 'Dress'], 'of equally many, the order of the models');
  }));

test('an example is in the link, and Back leads to the one before', () =>
  visit(site, async (page) => {
    await modelsReady(page);
    await see(page, () => examples(page, 'garment').nth(8).click());
    await page.waitForFunction(() => /pixels=/.test(location.hash));
    const bag = await named(page);
    await see(page, () => examples(page, 'garment').nth(1).click());
    await page.waitForFunction((first) => location.hash !== first, await page.evaluate(() => location.hash));
    await page.goBack();
    await settled(page);
    assert.deepEqual(await named(page), bag);
  }));

test('a garment with a label is marked in the table, and each model with a tick or a cross', () =>
  visit(site, async (page) => {
    await modelsReady(page);
    await see(page, () => examples(page, 'puzzle').nth(0).click());
    const bars = page.locator('vitrine-probability-bars');
    const [name, mark] = (await bars.locator('tr.truth th').innerText()).split(/\n|\t/).map((part) => part.trim());
    assert.equal(name, (await manifest()).labels[puzzles[0].label]);
    assert.equal(mark, 'the label');
    const heads = await bars.locator('thead th[data-model]').evaluateAll((all) => all.map((head) => [head.querySelector('.status').textContent.trim(), head.querySelector('.sr').textContent]));
    for (const [shown, heard] of heads) assert.equal(shown.startsWith('✓'), shown.includes(name) && heard === 'as labelled', `${shown}, ${heard}`);
    assert.ok(heads.some(([shown]) => shown.startsWith('✓')) && heads.some(([shown]) => shown.startsWith('✗')), String(heads));
    await page.getByRole('button', { name: 'Back to the sketch pad' }).click();
    assert.equal(await bars.locator('tr.truth').count(), 0);
  }));

test('a blank picture is called blank', () =>
  visit(site, async (page) => {
    await modelsReady(page);
    for (const shade of [255, 128, 0]) {
      await see(page, () => choose(page, 'blank.png', png(60, 80, () => shade)));
      await page.locator('vitrine-answer-verdict').filter({ hasText: 'There is nothing in this picture' }).waitFor();
    }
    await page.getByRole('button', { name: 'Back to the sketch pad' }).click();
    await page.locator('vitrine-answer-verdict').filter({ hasText: 'Draw something' }).waitFor();
  }));

test('models that are hidden are hidden everywhere', () =>
  visit(site, async (page) => {
    await modelsReady(page);
    await see(page, () => examples(page, 'garment').nth(8).click());
    for (const name of [/^KNN/, /^CNN/]) await page.getByRole('checkbox', { name }).uncheck();
    await page.locator('vitrine-nearest-neighbours').waitFor({ state: 'detached' });
    for (const panel of ['occlusion', 'break']) await page.locator(`vitrine-why-section details[data-panel=${panel}] > summary`).click();
    const rows = page.locator('vitrine-break-panel tbody tr[data-model]');
    await rows.first().waitFor();
    assert.deepEqual((await rows.evaluateAll((all) => all.map(({ dataset }) => dataset.model))).toSorted(), ['cnn-slim', 'mlp']);
  }));

test('the list of sections says where one is', () =>
  visit(site, async (page) => {
    await modelsReady(page);
    const here = (name) => page.locator('nav a[aria-current=location]').filter({ hasText: name }).waitFor();
    await here('The lab');
    await page.locator('vitrine-metrics-table').evaluate((table) => table.scrollIntoView());
    await here('How good are they?');
    await exactly(page.locator('nav a[aria-current]'), 1);
  }));

test('a neighbour, a sample and a doubted label go into the lab by a click', () =>
  visit(site, async (page) => {
    await modelsReady(page);
    await see(page, () => examples(page, 'garment').nth(8).click());
    const neighbour = page.locator('vitrine-nearest-neighbours button').nth(3);
    const what = await neighbour.getAttribute('aria-label');
    await see(page, () => neighbour.click());
    const pad = await page.locator('vitrine-picture-view').boundingBox();
    assert.ok(pad.y >= 0 && pad.y < 900, `brought to the garment: ${pad.y}`);
    await page.locator('.guest').filter({ hasText: /: (.*), distance/.exec(what)[1] }).waitFor();
    await openNotebook(page);
    await openPanels(page);
    for (const list of ['vitrine-sample-grid', 'vitrine-suspect-list']) {
      const garment = page.locator(`${list} button.look`).first();
      await garment.waitFor();
      await see(page, () => garment.click());
      await page.waitForFunction(() => scrollY < 400);
      await page.locator('.guest').filter({ hasText: 'training garment' }).waitFor();
    }
  }));
