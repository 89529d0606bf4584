/** The notebook: fetched late, drawn without complaint, from a cell to its images and into the classifier, copied exactly. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { exactly, modelsReady } from './actions.mjs';
import { drawAll, notebook, openNotebook, openPanels } from './notebook.mjs';
import { manifest, metrics, needsData, packed, repository, start, testFiles, visit } from './site.mjs';

let site;
before(async () => (site = await start()));
after(() => site.stop());

const models = async (name) => JSON.parse(await readFile(join(repository, 'models', name), 'utf8'));

/** A site where only the quick models load: a measurement of all of them takes seconds. */
const quick = {
  before: (page) => page.route(/\/cnn[^/]*\.onnx$/, (route) => route.fulfill({ status: 503, body: '' })),
  expected: [/status of 503/],
  context: { permissions: ['clipboard-read', 'clipboard-write'] },
};

/** Measures the MLP and the KNN. */
async function measure(page) {
  for (const role of ['mlp', 'knn']) await page.locator(`vitrine-probability-bars th[data-model="${role}"][data-status="ready"]`).waitFor();
  if (!packed()) await page.locator('vitrine-measure-panel input[type=file]').setInputFiles(testFiles());
  await page.locator('vitrine-measure-panel').getByRole('button', { name: 'Measure in this browser' }).and(page.locator(':enabled')).click();
  for (const role of ['mlp', 'knn']) await page.locator(`vitrine-measure-panel tr[data-model="${role}"][data-state="done"]`).waitFor({ timeout: 180_000 });
}

test('it is fetched when it comes near the view, and every chart has a name and its data', () =>
  visit(site, async (page) => {
    const fetched = [];
    page.on('request', (request) => fetched.push(new URL(request.url()).pathname));
    await modelsReady(page);
    assert.deepEqual(fetched.filter((path) => /notebook|charts/.test(path)), []);
    await openNotebook(page);
    await openPanels(page);
    await drawAll(page);
    const charts = await page.locator('vitrine-notebook vitrine-chart-figure svg').evaluateAll((all) => all.map((svg) => [svg.getAttribute('aria-label'), svg.querySelectorAll('path, rect, line, circle').length]));
    const history = await models('history.json');
    // Three of the data set, one of the comparison, three of the committed answers' calibration, two of each model with epochs.
    assert.equal(charts.length, 7 + 2 * Object.keys(history).length);
    for (const [name, marks] of charts) {
      assert.match(name, /\S+\. \S+/);
      assert.ok(marks > 5, `${name}: ${marks} marks`);
    }
    assert.equal(await page.locator('vitrine-notebook vitrine-chart-figure style').count(), 0);
    const { classes } = await models('eda.json');
    const table = page.locator('vitrine-chart-figure').filter({ hasText: 'Mean intensity by class' }).locator('tbody tr');
    assert.deepEqual(
      await table.evaluateAll((rows) => rows.map((row) => [row.cells[0].textContent, row.cells[3].textContent])),
      classes.map(({ name, mean_intensity_box: { quartiles } }) => [name, quartiles[1].toFixed(3)]),
    );
  }));

test('doubted labels are shown with their images, and again after a failure', async () => {
  const { suspicious_labels: suspects } = await models('eda.json');
  let refused = 0;
  await visit(site, async (page) => {
    await modelsReady(page);
    await openNotebook(page);
    const oddities = page.locator('vitrine-notebook details.oddities');
    const summary = oddities.locator('summary');
    await summary.click();
    await oddities.locator('.problem').waitFor();
    assert.ok(refused > 0);
    await page.unroute(/\.thumbnails$/);
    await summary.click();
    await summary.click();
    const rows = oddities.locator('tbody tr');
    await rows.nth(suspects.length - 1).waitFor();
    await exactly(rows, suspects.length);
    await oddities.locator('.problem').waitFor({ state: 'detached' });
    // The greys of a garment, not an empty stage.
    const poor = () =>
      oddities.locator('canvas').evaluateAll((canvases) => canvases.filter((canvas) => new Set(canvas.getContext('2d').getImageData(0, 0, 28, 28).data).size < 10).length);
    await exactly(oddities.locator('canvas'), suspects.length);
    assert.equal(await poor(), 0);
    const first = rows.first();
    assert.deepEqual(await first.locator('td.text').allInnerTexts(), [suspects[0].label, suspects[0].suggested]);
    assert.match(await first.locator('canvas').getAttribute('aria-label'), new RegExp(`labelled ${suspects[0].label}$`));
  }, {
    before: (page) => page.route(/\.thumbnails$/, (route) => {
      refused += 1;
      return route.fulfill({ status: 503, body: '' });
    }),
    expected: [/status of 503/],
  });
});

test('each model is drawn from its file, with the parameters that it holds', () =>
  visit(site, async (page) => {
    await modelsReady(page);
    await openNotebook(page);
    await openPanels(page);
    const history = await models('history.json');
    for (const [role, { epochs }] of Object.entries(history)) {
      const diagram = page.locator(`details.model[data-model="${role}"] vitrine-model-diagram`);
      const drawn = await diagram.evaluate((element) => element.diagram.layers);
      // The count beside the drawing is that of the tensors whose shapes stand in it.
      const sizes = drawn.flatMap(({ weights }) => weights.map((tensor) => /\(([\d, ]+)\)/.exec(tensor)[1].split(', ').reduce((size, extent) => size * extent, 1)));
      const total = sizes.reduce((sum, size) => sum + size, 0);
      assert.ok(total > 100_000, `${role}: ${total}`);
      assert.match(await page.locator(`details.model[data-model="${role}"] .total`).textContent(), new RegExp(`^${total.toLocaleString('en')} parameters in all`));
      assert.deepEqual(drawn.at(-1).shape, [1, 10]);
      assert.ok(drawn.some(({ activation }) => activation === 'Relu'));
      await exactly(diagram.locator('li'), drawn.length + 2);
      const course = page.locator(`details.model[data-model="${role}"] vitrine-chart-figure`).first();
      assert.equal(await course.evaluate((figure) => figure.spec.data.validation.length), epochs.length);
    }
    const index = await page.locator('details.model[data-model="knn"] vitrine-model-diagram').evaluate((element) => element.diagram.layers.map(({ name }) => name));
    assert.deepEqual(index, ['features', 'encoder', 'search', 'vote']);
  }));

test('before measuring there are the committed counts and shares, and the report is copied exactly', () =>
  visit(
    site,
    async (page) => {
      await openNotebook(page);
      const committed = await metrics();
      const [first] = await page.locator('vitrine-confusion-explorer select').first().locator('option').evaluateAll((all) => all.map(({ value }) => value));
      const cells = await page.locator('vitrine-confusion-explorer td button').evaluateAll((all) => all.map((cell) => cell.querySelector('.count').textContent));
      assert.deepEqual(cells.map((text) => Number(text.replace(',', ''))), committed[first].confusion.flat());
      const [role] = Object.keys(committed).filter((candidate) => candidate !== first);
      await page.locator('vitrine-confusion-explorer select').first().selectOption(role);
      await page.locator('details.report > summary').click();
      await page.locator('vitrine-report-actions .copy').click();
      await page.locator('vitrine-report-actions [role=status]').filter({ hasText: 'Copied' }).waitFor();
      assert.equal(await page.evaluate(() => navigator.clipboard.readText()), committed[role].text);
      const saved = async (name) => {
        const [download] = await Promise.all([page.waitForEvent('download'), page.locator('vitrine-report-actions').getByRole('button', { name }).click()]);
        return readFile(await download.path(), 'utf8');
      };
      assert.equal(await saved(`Save vitrine-${role}-report.txt`), committed[role].text);
      const csv = (await saved(`Save vitrine-${role}-report.csv`)).trimEnd().split('\r\n');
      assert.equal(csv.length, 12);
      assert.equal(csv[1], [committed[role].report[0].name, ...['precision', 'recall', 'f1', 'support'].map((key) => committed[role].report[0][key])].join(','));
      const json = JSON.parse(await saved(`Save vitrine-${role}-report.json`));
      assert.deepEqual([json.accuracy, json.confusion_matrix], [committed[role].accuracy, committed[role].confusion]);
    },
    { context: { permissions: ['clipboard-read', 'clipboard-write'] } },
  ));

test('the cells of a row are as high, the columns as wide as each other, and no figure is broken', () =>
  visit(
    site,
    async (page) => {
      await openNotebook(page);
      const explorer = page.locator('vitrine-confusion-explorer');
      for (const beside of [0, 2]) {
        await explorer.locator('select').nth(1).selectOption({ index: beside });
        const rows = await explorer.locator('tbody tr').evaluateAll((all) => all.map((row) => [...row.querySelectorAll('button')].map((cell) => cell.getBoundingClientRect())));
        // A table gives out whole pixels.
        const isOne = (sizes) => Math.max(...sizes) - Math.min(...sizes) <= 1;
        for (const cells of rows) assert.ok(isOne(cells.map(({ height }) => height)));
        assert.ok(isOne(rows.flat().map(({ width }) => width)));
        const wrapped = await explorer.locator('small').evaluateAll((all) => all.filter((figure) => figure.getClientRects().length > 1 || figure.scrollWidth > figure.closest('button').clientWidth).length);
        assert.equal(wrapped, 0);
      }
    },
    { context: { viewport: { width: 390, height: 844 }, locale: 'de' } },
  ));

test('panels that are opened in one moment all stay open', () =>
  visit(site, async (page) => {
    await openNotebook(page);
    const models = page.locator('vitrine-notebook details.model');
    await models.locator('> summary').evaluateAll((summaries) => summaries.forEach((summary) => summary.click()));
    await page.waitForFunction(() => /model\.mlp.*model\.knn|model\.knn.*model\.mlp/.test(location.hash));
    assert.ok((await models.evaluateAll((all) => all.map(({ open }) => open))).every(Boolean));
  }));

test('how a model was made stands in words that its command does not contradict', () =>
  visit(site, async (page) => {
    await openNotebook(page);
    await openPanels(page);
    for (const [role, { epochs, hyperparameters }] of Object.entries(await models('history.json'))) {
      const facts = page.locator(`details.model[data-model="${role}"] .facts`);
      // What is far from the view is not laid out, and has no inner text.
      const told = (await facts.locator('dt, dd').allTextContents()).join('\n');
      assert.match(told, new RegExp(`\\b${epochs.length}\\b`));
      if (hyperparameters?.teachers?.length && hyperparameters.distillation) assert.match(told, /Taught by/);
      assert.doesNotMatch(told, /--epochs|[0-9a-f]{64}/);
    }
  }));

test('without measuring a cell opens, its images are gone through, and Back returns to them', { skip: needsData() || !packed() }, () =>
  visit(site, async (page) => {
    await modelsReady(page);
    await openNotebook(page);
    const explorer = page.locator('vitrine-confusion-explorer');
    await explorer.locator('[data-cell="6-0"]').click();
    const images = page.locator('vitrine-cell-images li button');
    await images.first().waitFor();
    const { mlp } = await metrics();
    assert.match(await page.locator('vitrine-cell-images h4').innerText(), new RegExp(`\\(${mlp.confusion[6][0]}\\)`));
    // Calibration and coverage are there, too; the curves of a class need every probability.
    await page.locator('#trust').scrollIntoViewIfNeeded();
    await page.locator('vitrine-calibration-panel output').filter({ hasText: 'of the images get an answer' }).waitFor();
    await images.nth(1).scrollIntoViewIfNeeded();
    const number = await images.nth(1).getAttribute('data-image');
    await images.nth(1).click();
    const walk = page.locator('vitrine-image-walk');
    await walk.filter({ hasText: `2 of ${mlp.confusion[6][0]}` }).waitFor();
    await page.locator('vitrine-app').getByText(`test image ${number}, labelled Shirt`).first().waitFor();
    await walk.getByRole('button', { name: 'Next' }).click();
    await walk.filter({ hasText: `3 of ${mlp.confusion[6][0]}` }).waitFor();
    await walk.getByRole('button', { name: 'Back to the images' }).click();
    await page.waitForFunction(() => {
      const cell = document.querySelector('vitrine-app').shadowRoot.querySelector('vitrine-notebook-slot').shadowRoot.querySelector('vitrine-notebook').shadowRoot.querySelector('#images');
      const { top } = cell.getBoundingClientRect();
      return top >= 0 && top < innerHeight;
    });
    assert.match(page.url(), /cell=cell:6-0/);
  }));

test('after a walk through a cell the browser’s Back returns, step by step, to the cell', { skip: needsData() }, () =>
  visit(site, async (page) => {
    await openNotebook(page);
    await page.locator('vitrine-confusion-explorer [data-cell="6-0"]').click();
    const images = page.locator('vitrine-cell-images li button');
    await images.first().waitFor();
    await images.nth(1).scrollIntoViewIfNeeded();
    await images.nth(1).click();
    const walk = page.locator('vitrine-image-walk');
    await walk.filter({ hasText: '2 of' }).waitFor();
    const sample = () => page.evaluate(() => new URLSearchParams(location.hash.slice(1)).get('sample'));
    await page.waitForFunction(() => location.hash.includes('sample='));
    const second = await sample();
    await walk.getByRole('button', { name: 'Next' }).click();
    await page.waitForFunction((before) => location.hash.includes('sample=') && !location.hash.includes(`sample=${before}`), second);
    await page.goBack();
    await page.waitForFunction((before) => new URLSearchParams(location.hash.slice(1)).get('sample') === before, second);
    await page.goBack();
    await page.waitForFunction(() => !location.hash.includes('sample='));
    assert.match(page.url(), /cell=cell/);
    await page.locator('vitrine-picture-view').waitFor({ state: 'detached' });
    await page.waitForFunction(() => {
      const cell = document.querySelector('vitrine-app').shadowRoot.querySelector('vitrine-notebook-slot').shadowRoot.querySelector('vitrine-notebook').shadowRoot.querySelector('vitrine-cell-images');
      const { top, bottom } = cell.getBoundingClientRect();
      return bottom > 0 && top < innerHeight;
    });
  }));

test('the images on which one model alone is right open at once', () =>
  visit(site, async (page) => {
    await openNotebook(page);
    const only = page.locator('.sets button[data-set="only.knn"]');
    await only.click();
    const count = Number((await only.locator('.number').innerText()).replace(',', ''));
    assert.ok(count > 0);
    await page.locator('vitrine-cell-images h4').filter({ hasText: `Only KNN is right (${count})` }).waitFor();
  }));

test('from a cell by keyboard to its images, surest first, beside another model, and into the classifier', { skip: needsData() }, () =>
  visit(
    site,
    async (page) => {
      await measure(page);
      await openNotebook(page);
      const { mlp } = await metrics();
      await page.locator('vitrine-confusion-explorer select').first().selectOption('mlp');
      await page.locator('vitrine-confusion-explorer td button[tabindex="0"]').focus();
      for (let step = 0; step < 6; step++) await page.keyboard.press('ArrowDown');
      await page.keyboard.press('Enter');
      assert.equal(await page.locator('vitrine-confusion-explorer button[aria-pressed=true]').getAttribute('data-cell'), '6-0');
      const images = page.locator('vitrine-cell-images');
      await images.locator('h4').filter({ hasText: `(${mlp.confusion[6][0]})` }).waitFor();
      const order = () => images.locator('li .number').evaluateAll((all) => all.map(({ innerText }) => Number.parseInt(innerText, 10)));
      const falling = await order();
      assert.ok(falling.length > 10);
      assert.deepEqual(falling, falling.toSorted((a, b) => b - a));
      await images.locator('select').selectOption('rising');
      const rising = await order();
      assert.deepEqual(rising, rising.toSorted((a, b) => a - b));
      await page.locator('vitrine-confusion-explorer select').nth(1).selectOption('knn');
      await images.locator('h4').filter({ hasText: 'Both MLP and KNN' }).waitFor();
      const counts = await images.locator('h4').evaluateAll((all) => all.map(({ innerText }) => Number(/\((\d+)\)$/.exec(innerText)[1])));
      const knn = await notebook(page).evaluate(({ trials }) => trials.find(({ model }) => model === 'knn').measurement.confusion);
      assert.deepEqual([counts[0] + counts[1], counts[0] + counts[2]], [mlp.confusion[6][0], knn[6][0]]);
      // The picture has arrived when its canvas holds something.
      const shown = images.locator('button[data-image]').first();
      await shown.locator('vitrine-pixel-view').evaluate((view) => new Promise((done) => {
        const look = () => (view.grey ? done() : requestAnimationFrame(look));
        look();
      }));
      const index = await shown.getAttribute('data-image');
      await shown.focus();
      await page.keyboard.press('Enter');
      await page.locator('.guest').filter({ hasText: `test image ${index}, labelled Shirt` }).waitFor();
      assert.equal(await page.evaluate(() => document.querySelector('vitrine-app').shadowRoot.activeElement?.id), 'subject');
      await page.locator('vitrine-model-input .text', { hasText: 'taken pixel for pixel' }).waitFor();
    },
    quick,
  ));

test('calibration is that of the committed figures; the threshold trades coverage for accuracy', { skip: needsData() }, () =>
  visit(
    site,
    async (page) => {
      await openNotebook(page);
      const panel = page.locator('vitrine-calibration-panel');
      const { mlp } = await metrics();
      await page.locator('#trusted').selectOption('mlp');
      // The committed answers hold no probabilities of the other classes: a class's curves need a measurement.
      await panel.locator('vitrine-chart-figure').nth(2).waitFor();
      await exactly(panel.locator('vitrine-chart-figure'), 3);
      const told = await panel.evaluate(({ calibration }) => ({ error: calibration.error, logLoss: calibration.logLoss }));
      // Confidences are committed in multiples of 1/4095: each is off by half of one at most, and so is the mean of their errors.
      assert.ok(Math.abs(told.error - mlp.calibration_error) <= 0.5 / 4095, `${told.error} and ${mlp.calibration_error}`);
      assert.equal(told.logLoss, undefined);
      await panel.locator('dd').filter({ hasText: told.error.toFixed(4) }).waitFor();
      await measure(page);
      await panel.locator('vitrine-chart-figure').nth(4).waitFor();
      const found = await panel.evaluate(({ calibration }) => calibration);
      assert.equal(found.images, 10_000);
      assert.equal(found.error.toFixed(6), mlp.calibration_error.toFixed(6));
      // Of probabilities in f32 here, of logits there.
      assert.ok(Math.abs(found.logLoss - mlp.log_loss) < 1e-5, `${found.logLoss} and ${mlp.log_loss}`);
      assert.ok(found.topTwo > mlp.accuracy);
      const answered = await page.locator('vitrine-notebook').evaluate(({ trials }) => {
        const { truth, predicted, probabilities } = trials.find(({ model }) => model === 'mlp').measurement.outcome;
        const sure = [...truth.keys()].filter((image) => probabilities[image * 10 + predicted[image]] >= Math.fround(0.9));
        return { images: sure.length, right: sure.filter((image) => truth[image] === predicted[image]).length };
      });
      await page.locator('#threshold').fill('90');
      await panel.locator('output').filter({ hasText: `${(answered.images / 100).toFixed(1)}% of the images get an answer, of which ${((answered.right / answered.images) * 100).toFixed(2)}% are right` }).waitFor();
      await drawAll(page);
      await page.locator('#class').selectOption({ label: 'Bag' });
      await panel.locator('vitrine-chart-figure').filter({ hasText: 'Bag: area 0.99' }).waitFor();
      await page.locator('#trusted').selectOption('knn');
      await panel.locator('dl').first().filter({ hasText: 'a vote can be 0' }).waitFor();
    },
    quick,
  ));

test('without the test set the examples come from the index', () =>
  visit(
    site,
    async (page) => {
      await modelsReady(page);
      await openNotebook(page);
      await page.locator('.samples').filter({ hasText: 'as the index remembers them' }).waitFor();
      // A row a turn.
      await page.locator('vitrine-sample-grid vitrine-pixel-view').nth(99).waitFor();
      await exactly(page.locator('vitrine-sample-grid vitrine-pixel-view'), 100);
    },
    { before: (page) => page.route('**/t10k-*', (route) => route.fulfill({ status: 404, body: '' })), expected: [/status of 404/] },
  ));

for (const [colorScheme, width] of [['light', 320], ['dark', 1280]]) {
  test(`axe-core finds nothing with all panels open: ${colorScheme}, ${width} px`, { skip: needsData() }, () =>
    visit(
      site,
      async (page) => {
        await measure(page);
        await openNotebook(page);
        await page.locator('vitrine-confusion-explorer select').nth(1).selectOption('knn');
        await page.locator('[data-cell="6-0"]').click();
        await page.locator('vitrine-cell-images button[data-image]').first().waitFor();
        await openPanels(page);
        await drawAll(page);
        await page.evaluate(await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8'));
        const { violations } = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ['violations'] }));
        assert.deepEqual(violations.map(({ id, help, nodes }) => `${id}: ${help}\n${nodes.slice(0, 5).map(({ target, failureSummary }) => `${target}: ${failureSummary}`).join('\n')}`), []);
        assert.equal(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth), 0, 'the page scrolls sideways');
      },
      { ...quick, context: { viewport: { width, height: 800 }, colorScheme } },
    ));
}
