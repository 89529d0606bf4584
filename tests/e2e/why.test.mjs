/** The panels that explain an answer: occlusion, feature maps, densities, novelty, distortions. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { answers, choose, draw, drawTrousers, exactly, modelsReady, png, settled, shadedPhotograph } from './actions.mjs';
import { manifest, repository, start, visit } from './site.mjs';

let site;
let roles;
before(async () => {
  site = await start();
  roles = (await manifest()).files.map(({ role }) => role);
});
after(() => site.stop());

/** Opens a panel and waits for what stands in it. */
async function open(page, name, content) {
  await page.locator(`vitrine-why-section details[data-panel=${name}] > summary`).click();
  await page.locator(content).first().waitFor();
}

/** Waits until every model's occlusion map is whole. */
async function mapsWhole(page) {
  for (const role of roles) await page.locator(`vitrine-heat-map figure[data-model="${role}"][data-progress="1"] .summary`).waitFor({ timeout: 180_000 });
}

const status = (page) => page.locator('vitrine-app [role=status]');
const texts = (page, selector) => page.locator(selector).allInnerTexts();
/** The pixels of the changed picture, as an address. */
const changedPicture = (page) => page.locator('vitrine-break-panel vitrine-pixel-view canvas[role=img]').evaluate((canvas) => canvas.toDataURL());
const slide = (page, name, value) => page.locator(`vitrine-break-panel input[name=${name}]`).fill(String(value));

test('nothing of the panels is fetched before one is opened', () => {
  const fetched = [];
  return visit(
    site,
    async (page) => {
      await modelsReady(page);
      await drawTrousers(page);
      assert.deepEqual(fetched.filter((url) => /\/(why|eda)/.test(url)), []);
      await open(page, 'fit', 'vitrine-fit-panel svg');
      assert.ok(fetched.some((url) => /\/why/.test(url)) && fetched.some((url) => /\/eda/.test(url)), fetched.join('\n'));
    },
    { before: (page) => page.on('request', (request) => fetched.push(request.url())) },
  );
});

test('occlusion maps appear for a sketch, for any class, and by keyboard', () =>
  visit(site, async (page) => {
    await modelsReady(page);
    await drawTrousers(page);
    await open(page, 'occlusion', 'vitrine-heat-map');
    await mapsWhole(page);
    await exactly(page.locator('vitrine-heat-map'), roles.length);
    for (const text of await texts(page, 'vitrine-heat-map .summary')) assert.match(text, /^(Evidence|No single patch)/);
    // Every model has something to lose somewhere in so large a shape, or something to gain.
    assert.ok((await page.locator('vitrine-heat-map svg rect').count()) > roles.length);

    await page.locator('vitrine-occlusion-panel select[name=target]').selectOption({ label: 'Coat' });
    for (const role of roles) await page.locator(`vitrine-heat-map figure[data-model="${role}"] [aria-label*="for Coat"]`).waitFor();
    for (const text of await texts(page, 'vitrine-heat-map .head')) assert.match(text, /Coat/);
    await page.locator('vitrine-occlusion-panel select[name=measure]').selectOption('odds');

    const [row, column] = ['Row', 'Column'].map((name) => page.locator('vitrine-heat-map').first().getByRole('slider', { name: `${name} of the patch` }));
    const says = (slider, text) => page.waitForFunction(([element, source]) => element.matches(':focus') && new RegExp(source).test(element.ariaValueText), [slider, text]);
    await row.focus();
    await page.keyboard.press('ArrowUp');
    await says(await row.elementHandle(), 'Patch at row 7, column 8: Coat .* bits');
    // What the other slider has become is said of that one.
    await page.keyboard.press('ArrowLeft');
    await says(await column.elementHandle(), 'Patch at row 7, column 7: Coat .* bits');
    await page.keyboard.press('Home');
    await says(await column.elementHandle(), 'row 7, column 1:');
    await page.locator('vitrine-heat-map .cell').first().filter({ hasText: 'row 7, column 1:' }).waitFor();

    await page.locator('vitrine-occlusion-panel details summary').click();
    await exactly(page.locator('vitrine-occlusion-panel tbody tr'), roles.length);
    await exactly(page.locator('vitrine-occlusion-panel tbody tr').first().locator('td'), 10);
  }));

test('the newest drawing is explained, and what runs can be stopped', () =>
  visit(site, async (page) => {
    await modelsReady(page);
    await drawTrousers(page);
    await open(page, 'occlusion', 'vitrine-heat-map');
    const button = (name) => page.getByRole('button', { name, exact: true });
    await button('Stop').click();
    await button('Go on').waitFor();
    // A new drawing starts anew, and overtakes whatever ran.
    await draw(page, [[0.2, 0.2], [0.8, 0.2]]);
    await draw(page, [[0.2, 0.3], [0.8, 0.3], [0.8, 0.5], [0.2, 0.5]]);
    await mapsWhole(page);
    assert.equal(await button('Stop').count() + (await button('Go on').count()), 0);
    const shown = await answers(page);
    const { labels } = await manifest();
    for (const role of roles) {
      const head = await page.locator(`vitrine-heat-map figure[data-model="${role}"] .head`).innerText();
      const [, label, percent] = /\n?(\S.*\S) (\d+)%$/m.exec(head.split('\n').at(-1));
      assert.equal(shown[role][labels.indexOf(label)], Number(percent), `${role}: ${head}`);
    }
    await page.getByRole('button', { name: 'Clear', exact: true }).click();
    await page.locator('vitrine-why-section .invitation').waitFor();
    assert.equal(await page.locator('vitrine-heat-map').count(), 0);
  }));

test('the first convolutions of every network can be seen, each map on its own scale or all on one', () =>
  visit(site, async (page) => {
    await modelsReady(page);
    await drawTrousers(page);
    await open(page, 'occlusion', 'vitrine-feature-maps .sheets');
    await mapsWhole(page);
    const networks = await page.locator('vitrine-feature-maps select[name=network] option').evaluateAll((options) => options.map(({ value }) => value));
    assert.deepEqual(networks.toSorted(), roles.filter((role) => role.startsWith('cnn')).toSorted());
    /** The brightest pixel of each map of the first convolution. */
    const brightest = () =>
      page.locator('vitrine-feature-maps .layer vitrine-map-sheet').first().evaluate(({ maps, renderRoot }) => {
        const { grey, width } = renderRoot.querySelector('.stage vitrine-pixel-view');
        const [, count, high, wide] = maps.shape;
        const columns = Math.ceil(Math.sqrt(count));
        return Array.from({ length: count }, (_, map) => {
          let most = 0;
          for (let at = 0; at < high * wide; at++) most = Math.max(most, grey[(Math.floor(map / columns) * (high + 1) + Math.floor(at / wide)) * width + (map % columns) * (wide + 1) + (at % wide)]);
          return most;
        });
      });
    const scale = page.locator('vitrine-feature-maps select[name=scale]');
    for (const network of networks) {
      await page.locator('vitrine-feature-maps select[name=network]').selectOption(network);
      await page.locator('vitrine-feature-maps .filters canvas[aria-label*="filters"]').waitFor();
      await exactly(page.locator('vitrine-feature-maps .layer'), 2);
      await scale.selectOption('own');
      // White, or black where a filter found nothing.
      assert.deepEqual((await brightest()).filter((most) => most !== 255 && most !== 0), [], network);
      await scale.selectOption('common');
      const common = await brightest();
      assert.equal(Math.max(...common), 255, network);
      assert.ok(common.some((most) => most > 0 && most < 255), network);
    }
  }));

test('a map is shown large by click and by keys, with its filter and what its greys mean, and the link has it', () =>
  visit(site, async (page) => {
    await modelsReady(page);
    await drawTrousers(page);
    await open(page, 'occlusion', 'vitrine-feature-maps .sheets');
    const [filters, first, second] = [0, 1, 2].map((at) => page.locator('vitrine-map-sheet').nth(at));
    const number = (of) => of.locator('.said strong').innerText();
    const [count, before] = [await first.evaluate(({ maps }) => maps.shape[1]), await number(second)];
    assert.equal(await number(filters), await number(first));
    // The first tile of the first sheet: filter and map are marked together, by the pointer and when chosen.
    await filters.locator('.stage').hover({ position: { x: 8, y: 8 } });
    for (const marked of [filters, first]) await marked.locator('rect.pointed').waitFor({ state: 'attached' });
    assert.equal(await second.locator('rect.pointed').count(), 0);
    await filters.locator('.stage').click({ position: { x: 8, y: 8 } });
    for (const marked of [filters, first]) await marked.locator('strong').filter({ hasText: /^Number 1$/ }).waitFor();
    assert.equal(await number(second), before);

    const slider = first.getByRole('slider', { name: 'Shown large: number' });
    await slider.focus();
    const columns = Math.ceil(Math.sqrt(count));
    for (const [key, at] of [['ArrowRight', 2], ['ArrowDown', 2 + columns], ['ArrowLeft', 1 + columns], ['ArrowUp', 1], ['ArrowUp', 1], ['End', count], ['ArrowRight', count]]) {
      await page.keyboard.press(key);
      for (const marked of [filters, first]) await marked.locator('strong').filter({ hasText: new RegExp(`^Number ${at}$`) }).waitFor();
      assert.match(await slider.getAttribute('aria-valuetext'), new RegExp(`^Number ${at} of ${count}: at most [\\d.,]+, the strongest of all [\\d.,]+$`));
    }
    // The large picture is the tile, and the legend ends at its largest value.
    const large = await first.evaluate(({ maps, chosen, renderRoot }) => {
      const [, , high, wide] = maps.shape;
      const own = maps.values.subarray(chosen * high * wide, (chosen + 1) * high * wide);
      return { picture: [...renderRoot.querySelector('.large vitrine-pixel-view').grey], values: [...own], end: renderRoot.querySelector('.ends span:last-child').textContent };
    });
    const most = Math.max(...large.values);
    assert.deepEqual(large.picture, large.values.map((value) => (most === 0 ? 0 : Math.round((255 * Math.max(0, value)) / most))));
    assert.equal(Number(large.end), Number(most.toPrecision(2)));

    await page.waitForFunction((end) => new URLSearchParams(location.hash.slice(1)).get('maps') === `first:${end}`, count);
    await page.reload();
    await first.locator('strong').filter({ hasText: new RegExp(`^Number ${count}$`) }).waitFor();
    // Numbers of one network mean nothing in another.
    const network = page.locator('vitrine-feature-maps select[name=network]');
    const others = await network.locator('option').evaluateAll((options, own) => options.map(({ value }) => value).filter((value) => value !== own), await network.inputValue());
    if (others.length === 0) return;
    await network.selectOption(others[0]);
    await page.waitForFunction(() => !new URLSearchParams(location.hash.slice(1)).has('maps'));
  }));

test('a picture is placed among the training garments, and a blank canvas is not', () =>
  visit(site, async (page) => {
    await modelsReady(page);
    await open(page, 'fit', 'vitrine-fit-panel svg');
    await page.locator('vitrine-fit-panel .invitation').waitFor();
    assert.equal(await page.locator('vitrine-fit-panel .own, vitrine-fit-panel .marker').count(), 0);
    await drawTrousers(page);
    await page.locator('vitrine-fit-panel .ink').filter({ hasText: /total intensity of \d+/ }).waitFor();
    await page.locator('vitrine-fit-panel .novelty').filter({ hasText: /times that threshold/ }).waitFor();
    await exactly(page.locator('vitrine-fit-panel .own-text'), 2);
    await page.locator('vitrine-fit-panel section').first().locator('summary').click();
    await exactly(page.locator('vitrine-fit-panel section').first().locator('tbody tr'), 10);
    // A chessboard is no garment.
    const board = png(28, 28, (x, y) => ((x >> 1) + (y >> 1)) % 2 * 255);
    await page.locator('vitrine-image-drop input[type=file]').setInputFiles({ name: 'board.png', mimeType: 'image/png', buffer: board });
    await page.locator('.guest').waitFor();
    await settled(page);
    await page.locator('vitrine-fit-panel .unlike-note').filter({ hasText: 'Unlike the training data' }).waitFor();
  }));

test('sliders change what the models say, alike each time, and can be taken back', () =>
  visit(site, async (page) => {
    await modelsReady(page);
    await drawTrousers(page);
    await open(page, 'break', 'vitrine-break-panel table');
    const rows = page.locator('vitrine-break-panel .answers tbody tr');
    await exactly(rows, roles.length);
    const before = await texts(page, 'vitrine-break-panel .answers td.now');
    const untouched = await changedPicture(page);
    assert.ok(await page.getByRole('button', { name: 'Reset', exact: true }).isDisabled());

    await slide(page, 'degrees', 90);
    await page.locator('vitrine-break-panel .answers tr[data-kept=false]').first().waitFor();
    await status(page).filter({ hasText: 'now says' }).waitFor();
    assert.notEqual(await changedPicture(page), untouched);

    await page.getByRole('button', { name: 'Reset', exact: true }).click();
    await status(page).filter({ hasText: 'taken back' }).waitFor();
    assert.deepEqual(await texts(page, 'vitrine-break-panel .answers td.now'), before);
    assert.equal(await changedPicture(page), untouched);

    const differs = (picture) => page.waitForFunction((old) => document.querySelector('vitrine-app').shadowRoot.querySelector('vitrine-why-section').shadowRoot.querySelector('vitrine-break-panel').shadowRoot.querySelectorAll('vitrine-pixel-view')[1].shadowRoot.querySelector('canvas').toDataURL() !== old, picture);
    await slide(page, 'noise', 0.3);
    await differs(untouched);
    const noisy = await changedPicture(page);
    await page.getByRole('button', { name: 'Other noise' }).click();
    await differs(noisy);
    const other = await changedPicture(page);
    await slide(page, 'noise', 0);
    await differs(other);
    await slide(page, 'noise', 0.3);
    await differs(untouched);
    // The seed stayed: the same noise comes again.
    assert.equal(await changedPicture(page), other);
  }));

test('sliders can make a garment unlike the training data, and the verdict stands beside the answers', () =>
  visit(site, async (page) => {
    await modelsReady(page);
    await choose(page, 'shaded.png', shadedPhotograph());
    await page.locator('.guest').waitFor();
    await settled(page);
    // The verdict is spoken a moment after the look: what the panel says comes after it.
    await status(page).filter({ hasText: /agree/ }).waitFor();
    await open(page, 'break', 'vitrine-break-panel tfoot');
    await open(page, 'fit', 'vitrine-fit-panel .novelty');
    const verdicts = page.locator('vitrine-break-panel tfoot td');
    const [was, now] = [verdicts.first(), verdicts.last()];
    const untouched = await was.innerText();
    const score = (text) => Number(/([\d.]+) times/.exec(text)[1]);
    assert.match(untouched, /^Like the training data/);
    assert.equal(await now.innerText(), untouched);
    // The same score as where the picture is placed among the training garments.
    assert.equal(score(untouched), score(await page.locator('vitrine-fit-panel .novelty').innerText()));

    await slide(page, 'shift_x', 10);
    await now.filter({ hasText: 'Unlike the training data' }).waitFor();
    await status(page).filter({ hasText: 'Now unlike the training data' }).waitFor();
    assert.ok(score(await now.innerText()) > Math.max(1, score(untouched)), await now.innerText());
    assert.equal(await was.innerText(), untouched);
    await page.getByLabel('Language').selectOption('de');
    await now.filter({ hasText: /Anders als die Trainingsdaten\s*\d,\d\d-fache Schwelle/ }).waitFor();
    await page.getByLabel('Sprache').selectOption('en');

    await slide(page, 'shift_x', 0);
    await now.filter({ hasText: /^\s*Like the training data/ }).waitFor();
    await status(page).filter({ hasText: 'Now like the training data' }).waitFor();
    assert.equal(await now.innerText(), untouched);
  }));

test('the curves are those of metrics.json', () =>
  visit(site, async (page) => {
    await modelsReady(page);
    await drawTrousers(page);
    await open(page, 'break', 'vitrine-break-panel table');
    const { robustness } = JSON.parse(await readFile(join(repository, 'models/metrics.json'), 'utf8'));
    assert.ok(robustness, 'models/metrics.json holds them');
    const corruptions = [...new Set(robustness.rows.map(({ corruption }) => corruption))];
    await page.locator('vitrine-robustness-curves svg[role=img]').first().waitFor();
    const shown = await page.locator('vitrine-robustness-curves figure').evaluateAll((figures) => figures.map(({ dataset }) => dataset.corruption));
    assert.deepEqual(shown, corruptions);
    await page.locator('vitrine-robustness-curves summary').click();
    await exactly(page.locator('vitrine-robustness-curves tbody tr'), robustness.rows.length + corruptions.length);
  }));

for (const [colorScheme, width] of [['light', 320], ['dark', 1280]]) {
  test(`axe-core finds nothing with all panels open: ${colorScheme}, ${width} px`, () =>
    visit(
      site,
      async (page) => {
        const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
        const violations = async () => {
          await page.evaluate(axe);
          const { violations: found } = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ['violations'] }));
          return found.map(({ id, help, nodes }) => `${id}: ${help}\n  ${nodes.map(({ target, failureSummary }) => `${target}: ${failureSummary}`).join('\n  ')}`);
        };
        await modelsReady(page);
        await open(page, 'occlusion', 'vitrine-why-section .invitation');
        await open(page, 'fit', 'vitrine-fit-panel svg');
        await open(page, 'break', 'vitrine-why-section details[data-panel=break] .invitation');
        assert.deepEqual(await violations(), [], 'blank');
        await drawTrousers(page);
        await mapsWhole(page);
        for (const summary of await page.locator('vitrine-why-section .data > summary').all()) await summary.click();
        await slide(page, 'degrees', 90);
        await page.locator('vitrine-break-panel .answers tr[data-kept=false]').first().waitFor();
        assert.deepEqual(await violations(), [], 'drawn');
        assert.equal(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth), 0, 'the page scrolls sideways');
      },
      { context: { viewport: { width, height: 800 }, colorScheme } },
    ));
}
