/** Measuring in the browser: progress, cancel, partial figures, and the committed figures reached exactly. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { allAnswered, draw, modelsReady } from './actions.mjs';
import { metrics, needsData, packed, start, testFiles, visit } from './site.mjs';

let site;
before(async () => (site = await start()));
after(() => site.stop());

const row = (page, role, state) => page.locator(`vitrine-measure-panel tr[data-model="${role}"]${state ? `[data-state="${state}"]` : ''}`);

/** Opens the visitor's own test set where the build packs none. */
async function withTestSet(page) {
  await modelsReady(page);
  if (packed()) return;
  await page.locator('vitrine-measure-panel input[type=file]').setInputFiles(testFiles());
  await page.locator('vitrine-measure-panel').getByRole('button', { name: 'Measure in this browser' }).and(page.locator(':enabled')).waitFor();
}

const begin = (page) => page.locator('vitrine-measure-panel').getByRole('button', { name: 'Measure in this browser' }).click();
const cancel = (page) => page.locator('vitrine-measure-panel').getByRole('button', { name: 'Cancel' }).click();

test('progress is shown, the pad still answers, and cancelling keeps what there is', { skip: needsData() }, () =>
  visit(site, async (page) => {
    await withTestSet(page);
    await begin(page);
    // The CNN takes long enough to be cancelled.
    await row(page, 'cnn', 'running').locator('.lead').filter({ hasText: /^0\.\d{4}$/ }).waitFor({ timeout: 180_000 });
    await draw(page, [[0.3, 0.2], [0.6, 0.7], [0.3, 0.7]]);
    assert.ok(await allAnswered(page));
    await cancel(page);
    // On a quick machine the model after the CNN may have begun meanwhile; those after it have nothing.
    const cancelled = page.locator('vitrine-measure-panel tr[data-state="cancelled"]').filter({ hasText: 'Cancelled; what it has so far' });
    await cancelled.waitFor();
    const { value, max } = await cancelled.locator('progress').evaluate(({ value, max }) => ({ value, max }));
    assert.ok(value > 0 && value < max, `${value} of ${max}`);
    assert.equal(max, 10_000);
    await page.locator('vitrine-measure-panel').getByRole('button', { name: 'Measure in this browser' }).and(page.locator(':enabled')).waitFor();
  }));

test('the MLP reaches its committed figures exactly', { skip: needsData() }, () =>
  visit(site, async (page) => {
    await withTestSet(page);
    await begin(page);
    await row(page, 'mlp', 'done').waitFor({ timeout: 180_000 });
    const { mlp } = await metrics();
    assert.equal(await row(page, 'mlp').locator('.lead').innerText(), mlp.accuracy.toFixed(4));
    const measured = await page.locator('vitrine-measure-panel').evaluate((panel) => panel.trials.find(({ model }) => model === 'mlp').measurement);
    assert.deepEqual(measured.confusion, mlp.confusion);
    assert.equal(measured.accuracy, mlp.accuracy);
    assert.equal(measured.text.trimEnd(), mlp.text.trimEnd());
    assert.match(await row(page, 'mlp').innerText(), /Equal to the committed figure/);
    await cancel(page);
  }));

/** A site whose data/ is missing: what a build without the data set has, too. */
const withoutData = { before: (page) => page.route('**/t10k-*', (route) => route.fulfill({ status: 404, body: '' })), expected: [/status of 404/] };

/** Asks for a measurement, which a packed build only then finds to lack its data. */
async function wantFiles(page) {
  await modelsReady(page);
  if (packed()) await begin(page);
  const input = page.locator('vitrine-measure-panel input[type=file]');
  await input.waitFor({ state: 'attached' });
  return input;
}

test('where the site has no test set, the visitor’s two files serve', { skip: needsData() }, () =>
  visit(
    site,
    async (page) => {
      const input = await wantFiles(page);
      await input.setInputFiles(testFiles());
      await page.locator('vitrine-measure-panel').getByRole('button', { name: 'Measure in this browser' }).and(page.locator(':enabled')).waitFor();
      await begin(page);
      await row(page, 'mlp').locator('.lead').filter({ hasText: /^0\.\d{4}$/ }).waitFor();
      await cancel(page);
    },
    withoutData,
  ));

test('a test set that did not come once is not said to be missing, and comes the next time', { skip: needsData() || !packed() }, () =>
  visit(
    site,
    async (page) => {
      await modelsReady(page);
      await page.getByRole('button', { name: 'A test image at random' }).click();
      await page.locator('vitrine-measure-panel .drop').filter({ hasText: 'did not come' }).waitFor();
      assert.equal(await page.getByText('has no copy of the test set').count(), 0);
      await page.unroute('**/t10k-*');
      await begin(page);
      // Running or done: the MLP is quick.
      await row(page, 'mlp').locator('.lead').filter({ hasText: /^0\.\d{4}$/ }).waitFor();
      assert.equal(await page.locator('vitrine-measure-panel .drop').count(), 0);
      await cancel(page);
    },
    { before: (page) => page.route('**/t10k-*', (route) => route.abort('internetdisconnected')), expected: [/ERR_INTERNET_DISCONNECTED/] },
  ));

test('two wrong files are refused with what was expected', () =>
  visit(site, async (page) => {
    const input = await wantFiles(page);
    await input.setInputFiles([{ name: 'one', mimeType: '', buffer: Buffer.from('one') }]);
    await page.locator('.problem').filter({ hasText: 'Expected the two files' }).waitFor();
    await input.setInputFiles([{ name: 'a', mimeType: '', buffer: Buffer.alloc(99) }, { name: 'b', mimeType: '', buffer: Buffer.alloc(9) }]);
    await page.locator('.problem').filter({ hasText: 'IDX' }).waitFor();
  }, withoutData));

test('the committed figures, reports and confusion matrices are on the page', () =>
  visit(site, async (page) => {
    const committed = await metrics();
    for (const [role, { accuracy, text, confusion }] of Object.entries(committed)) {
      const shown = page.locator(`vitrine-metrics-table tr[data-model="${role}"] .lead`);
      assert.equal(await shown.innerText(), accuracy.toFixed(4));
      const details = page.locator(`vitrine-metrics-table details[data-model="${role}"]`);
      await details.locator('summary').click();
      assert.equal(await details.locator('pre').textContent(), text);
      const counts = (await details.locator('vitrine-confusion-matrix td').allInnerTexts()).map(Number);
      assert.deepEqual(counts, confusion.flat());
    }
  }));
