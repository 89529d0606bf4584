/** What a screen reader is told and where the focus goes: axe-core sees neither. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { choose, draw, drawTrousers, exactly, modelsReady, photograph } from './actions.mjs';
import { openNotebook, openPanels } from './notebook.mjs';
import { packed, start, visit } from './site.mjs';

let site;
before(async () => (site = await start(['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'])));
after(() => site.stop());

/** The accessibility tree as Chromium gives it to a screen reader, without what is ignored. */
async function tree(page) {
  const session = await page.context().newCDPSession(page);
  const { nodes } = await session.send('Accessibility.getFullAXTree');
  await session.detach();
  return nodes
    .filter(({ ignored }) => !ignored)
    .map(({ role, name, description, properties = [] }) => ({
      role: role?.value,
      name: name?.value ?? '',
      description: description?.value ?? '',
      ...Object.fromEntries(properties.map(({ name: property, value }) => [property, value.value])),
    }));
}
const named = async (page, role, name) => (await tree(page)).filter((node) => node.role === role && (name === undefined || node.name === name));

/** Every text that a live region has from now on. */
const listen = (region) =>
  region.evaluate((element) => {
    const heard = [];
    new MutationObserver(() => heard.push(element.textContent.trimStart())).observe(element, { childList: true, characterData: true, subtree: true });
    globalThis.heard = heard;
  });
const heard = (page) => page.evaluate(() => globalThis.heard);

/** The element that has the focus, through shadow roots: a selector's match, waited for. */
const focused = (page, selector) =>
  page.waitForFunction((selector) => {
    let element = document.activeElement;
    while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
    return element?.matches(selector);
  }, selector);

const CONTROLS = new Set(['application', 'button', 'checkbox', 'combobox', 'DisclosureTriangle', 'image', 'img', 'link', 'listbox', 'menuitem', 'progressbar', 'radio', 'searchbox', 'slider', 'spinbutton', 'switch', 'tab', 'textbox']);

test('every control and every picture has a name, in every state', () =>
  visit(
    site,
    async (page) => {
      const check = async (state) => assert.deepEqual((await tree(page)).filter(({ role, name }) => CONTROLS.has(role) && name.trim() === ''), [], state);
      await check('models on their way');
      await modelsReady(page);
      await check('blank');
      await drawTrousers(page);
      for (const summary of await page.locator('vitrine-metrics-table summary').all()) await summary.click();
      await check('drawn, reports open');
      for (const panel of await page.locator('vitrine-why-section details').all()) await panel.locator('> summary').click();
      await page.locator('vitrine-break-panel').waitFor();
      await page.locator('vitrine-feature-maps').waitFor();
      assert.equal((await named(page, 'slider')).filter(({ name }) => name !== 'Size').length >= 9, true, 'the sliders that break it');
      await page.getByRole('slider', { name: 'Rotation' }).focus();
      await check('look closer');
      await choose(page, 'no.png', Buffer.from('no'));
      await page.locator('.problem').waitFor();
      await check('a notice');
      await choose(page, 'dress.png', photograph());
      await page.locator('.guest').waitFor();
      await check('a photograph');
      await page.evaluate(() => (location.hash = 'task=Draw%20a%20bag'));
      await page.locator('.task').waitFor();
      await page.getByRole('button', { name: 'Share', exact: true }).click();
      await check('a task, the dialog');
      await page.keyboard.press('Escape');
      await openNotebook(page);
      await openPanels(page);
      await check('the notebook');
    },
  ));

test('what is said in a dialog is said there, however often', () =>
  visit(
    site,
    async (page) => {
      await page.getByRole('button', { name: 'Share', exact: true }).click();
      const said = page.locator('vitrine-share-panel [role=status]');
      await listen(said);
      await page.getByRole('button', { name: 'Copy the link' }).click();
      await said.filter({ hasText: 'Link copied' }).waitFor();
      await page.getByRole('button', { name: 'Copy the link' }).click();
      await page.waitForFunction(() => globalThis.heard.length === 2);
      const [first, second] = await heard(page);
      assert.notEqual(first, second);
      assert.equal(first.trim(), second.trim());
      // The rest of the page is out of reach of a reader, its live region included.
      const regions = (await tree(page)).filter(({ role, live }) => role === 'status' || live === 'polite');
      assert.equal(regions.length, 1);
    },
    { context: { permissions: ['clipboard-read', 'clipboard-write'] } },
  ));

test('the same sentence twice is heard twice', () =>
  visit(site, async (page) => {
    await modelsReady(page);
    await draw(page, [[0.2, 0.2], [0.8, 0.2]]);
    await draw(page, [[0.2, 0.5], [0.8, 0.5]]);
    const region = page.locator('vitrine-app > .sr[role=status], vitrine-app .sr[role=status]').first();
    await listen(region);
    const undo = page.getByRole('button', { name: 'Undo' });
    for (const count of [1, 2]) {
      await undo.press('Enter');
      await page.waitForFunction((count) => globalThis.heard.filter((text) => text.trim() === 'Undone').length === count, count);
    }
    await page.locator('vitrine-sketch-pad canvas').focus();
    for (let step = 0; step < 20; step++) await page.keyboard.press('ArrowUp');
    // The cursor stands at the edge for the last of them, and each says so.
    const edge = () => page.evaluate(() => globalThis.heard.filter((text) => text.startsWith('Row 1,')).length);
    const before = await edge();
    await page.keyboard.press('ArrowUp');
    await page.waitForFunction((before) => globalThis.heard.filter((text) => text.startsWith('Row 1,')).length > before, before);
    const texts = await heard(page);
    texts.forEach((text, at) => assert.notEqual(text, texts[at - 1]));
  }));

test('the focus stays near when its control goes', () =>
  visit(
    site,
    async (page) => {
      await modelsReady(page);
      await choose(page, 'no.png', Buffer.from('no'));
      await page.locator('.notice.problem').waitFor();
      await page.getByRole('button', { name: 'Hide the task' }).press('Enter');
      await focused(page, '.problem button');
      await page.keyboard.press('Enter');
      await focused(page, 'h2#subject');

      await choose(page, 'dress.png', photograph());
      const back = page.getByRole('button', { name: 'Back to the sketch pad' });
      await page.locator('vitrine-model-input button[data-step=trim]').press('Enter');
      await page.getByRole('button', { name: 'The usual steps' }).press('Enter');
      await focused(page, 'vitrine-model-input select, select');
      await back.press('Enter');
      await focused(page, 'canvas[role=application]');

      await page.keyboard.press('Space');
      for (const name of ['Undo', 'Redo', 'Clear']) {
        const button = page.getByRole('button', { name });
        await button.and(page.locator('[aria-disabled=false]')).press('Enter');
        await button.and(page.locator('[aria-disabled=true]')).waitFor();
        await focused(page, 'button[aria-disabled=true]');
        const [node] = await named(page, 'button', name);
        assert.deepEqual([node.disabled, node.focused], [true, true], name);
        // It does nothing, and stays where it is.
        await page.keyboard.press('Enter');
        await focused(page, 'button[aria-disabled=true]');
      }
    },
    { path: '#task=Draw%20a%20bag' },
  ));

test('the focus stays near when a measurement begins', { skip: !packed() && 'this build packs no test set' }, () =>
  visit(site, async (page) => {
    await modelsReady(page);
    const start = page.locator('vitrine-measure-panel').getByRole('button', { name: 'Measure in this browser' });
    await start.press('Enter');
    await start.and(page.locator('[aria-disabled=true]')).waitFor();
    await focused(page, 'button.primary[aria-disabled=true]');
    const cancel = page.locator('vitrine-measure-panel').getByRole('button', { name: 'Cancel' });
    await cancel.and(page.locator('[aria-disabled=false]')).press('Enter');
    await cancel.and(page.locator('[aria-disabled=true]')).waitFor();
    await focused(page, 'button[aria-disabled=true]');
    await openNotebook(page);
    await page.locator('vitrine-notebook').getByRole('button', { name: 'Measure in this browser' }).last().press('Enter');
    await focused(page, 'h2#trust');
  }));

/** Fails what matches until told otherwise. */
const failing = (pattern) => {
  const state = { fails: true };
  const before = (page) => page.route(pattern, (route) => (state.fails ? route.fulfill({ status: 503, body: '' }) : route.continue()));
  return { state, before, expected: [/status of 503/] };
};

test('why a model did not load is written under the answers, and “Try again” keeps the focus in its column', () => {
  const { state, ...options } = failing(/\/cnn-(?!slim-)[^/]*\.onnx$/);
  return visit(
    site,
    async (page) => {
      const cause = page.locator('vitrine-probability-bars #failures');
      await cause.filter({ hasText: /^\s*CNN: / }).waitFor();
      const button = (await named(page, 'button')).find(({ name }) => /^Try again ?: CNN$/.test(name));
      assert.equal(button.description.trim(), (await cause.innerText()).trim());
      state.fails = false;
      await page.getByRole('button', { name: /^Try again ?: CNN$/ }).press('Enter');
      await focused(page, 'th[data-model=cnn]');
      await modelsReady(page);
      await cause.waitFor({ state: 'detached' });
      await focused(page, 'th[data-model=cnn]');
    },
    options,
  );
});

test('the notebook and the panels keep the focus when they are fetched again', () => {
  const { state, ...options } = failing(/\/assets\/(notebook|why)-[^/]*\.js$/);
  return visit(
    site,
    async (page) => {
      await modelsReady(page);
      const summary = page.locator('vitrine-why-section details[data-panel=break] > summary');
      await summary.press('Enter');
      await page.locator('vitrine-why-section .problem button').press('Enter');
      await focused(page, 'details[data-panel=break] > summary');
      await page.locator('vitrine-notebook-slot').scrollIntoViewIfNeeded();
      const again = page.locator('vitrine-notebook-slot').getByRole('button', { name: 'Try again' });
      await again.waitFor();
      state.fails = false;
      await again.press('Enter');
      await focused(page, 'vitrine-notebook-slot');
    },
    { ...options, expected: [/status of 503/, /Failed to fetch dynamically imported module/] },
  );
});

test('what a step does is described, and shown to whoever points, tabs or taps', () =>
  visit(
    site,
    async (page) => {
      await modelsReady(page);
      await drawTrousers(page);
      for (const [name, text] of [['Trim', 'Empty edges go.'], ['Centre', 'The garment moves to the middle.']]) {
        const button = page.locator('vitrine-model-input').getByRole('button', { name });
        const [node] = (await named(page, 'button')).filter((node) => node.name.includes(name));
        assert.ok(node.description.startsWith(text), node.description);
        assert.equal(await button.getAttribute('title'), null);
        await button.tap();
        await page.locator('vitrine-model-input .hint').filter({ hasText: text }).waitFor();
      }
      await page.locator('vitrine-model-input button[data-step=fit]').focus();
      await page.locator('vitrine-model-input .hint').filter({ hasText: 'The longer side becomes 28 pixels.' }).waitFor();
      await page.locator('vitrine-model-input button[data-step=grey]').hover();
      await page.locator('vitrine-model-input .hint').filter({ hasText: 'Colours become grey.' }).waitFor();
      await page.locator('vitrine-model-choice').getByText('Multilayer perceptron').waitFor();
    },
    { context: { hasTouch: true } },
  ));

test('what a badge means is written beside the images, and described to whoever hears one', () =>
  visit(site, async (page) => {
    await openNotebook(page);
    await page.evaluate(() => {
      const images = document.createElement('vitrine-cell-images');
      images.heading = () => 'A cell';
      images.groups = [{ title: () => 'Group', members: [{ index: 7, confidence: 0.5, badges: ['duplicate'] }, { index: 8, confidence: 0.4, badges: [] }] }];
      document.body.append(images);
    });
    await page.locator('vitrine-cell-images dl').getByText('The same picture, pixel by pixel, is among the training images.').waitFor();
    const described = (await named(page, 'button')).map(({ description }) => description).filter((text) => text !== '');
    assert.deepEqual(described.filter((text) => text.startsWith('The same picture')), ['The same picture, pixel by pixel, is among the training images.']);
  }));

test('a map’s patch is moved by two sliders, and only the pad takes all keys', () =>
  visit(site, async (page) => {
    await modelsReady(page);
    await drawTrousers(page);
    await page.locator('vitrine-why-section details[data-panel=occlusion] > summary').click();
    await page.locator('vitrine-heat-map figure[data-progress="1"]').first().waitFor();
    const sliders = (await named(page, 'slider')).filter(({ name }) => name.endsWith('of the patch'));
    const maps = (await named(page, 'group')).filter(({ name }) => /^Occlusion map of \S.* for /.test(name));
    assert.ok(maps.length > 0);
    assert.equal(sliders.length, 2 * maps.length);
    for (const slider of await page.locator('vitrine-heat-map').getByRole('slider').all()) assert.match(await slider.getAttribute('aria-valuetext'), /^Patch at row \d+, column \d+: /);
    assert.deepEqual((await named(page, 'application')).map(({ name }) => name), ['Sketch pad, 28 by 28 cells']);
  }));

test('English in a German page is told to be English', () => {
  const { before } = failing(/\/cnn-(?!slim-)[^/]*\.onnx$/);
  return visit(
    site,
    async (page) => {
      const english = (place) => place.evaluate((element) => element.closest('[lang]')?.lang);
      const details = page.locator('.notice.problem [lang=en], vitrine-probability-bars #failures [lang=en]');
      await details.nth(1).waitFor();
      for (const text of await details.allInnerTexts()) assert.match(text, /cnn/);
      await exactly(page.locator('vitrine-app .sr[role=status] [lang=en]'), 1);
      await page.locator('vitrine-metrics-table summary').first().click();
      assert.equal(await english(page.locator('vitrine-metrics-table pre').first()), 'en');
      await openNotebook(page);
      const facts = page.locator('vitrine-notebook .facts dd [lang=en]');
      await facts.first().waitFor({ state: 'attached' });
      assert.match((await facts.allTextContents()).join(' '), /\w/);
      await page.locator('vitrine-notebook details.model > summary').first().click();
      assert.equal(await english(page.locator('vitrine-notebook .total span').first()), 'en');
    },
    { path: '?lang=de', before, expected: [/status of 503/] },
  );
});
