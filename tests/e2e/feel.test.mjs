/** How the page feels: paint, shifts and reaction in figures; touch, pens, steps, forced colours, reduced motion. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { allAnswered, answers, choose, draw, drawTrousers, exactly, modelsReady, reds, settled } from './actions.mjs';
import { png } from './pictures.mjs';
import { start, visit } from './site.mjs';

let site;
before(async () => (site = await start()));
after(() => site.stop());

const step = (page, name) => page.locator(`vitrine-model-input button[data-step=${name}]`);

test('it paints before it loads anything else, and shifts at most by 0.02', () =>
  visit(
    site,
    async (page) => {
      await modelsReady(page);
      await drawTrousers(page);
      await step(page, 'centre').click();
      await page.getByRole('checkbox', { name: 'MLP' }).uncheck();
      await settled(page);
      const { paint, pad, others, shift } = await page.evaluate(() => ({
        paint: performance.getEntriesByName('first-contentful-paint')[0].startTime,
        pad: document.querySelector('vitrine-app').shadowRoot.querySelector('vitrine-sketch-pad') !== null,
        others: performance.getEntriesByType('resource').filter(({ name }) => /worker|wasm|onnx|index$/.test(name)).map(({ name, startTime }) => ({ name, startTime })),
        shift: globalThis.shifts.reduce((sum, { value, hadRecentInput }) => sum + (hadRecentInput ? 0 : value), 0),
      }));
      assert.ok(pad && others.length > 0);
      // How long a paint takes is Lighthouse's to say (docs/lighthouse.json); that nothing comes before it is seen here.
      for (const { name, startTime } of others) assert.ok(startTime >= paint, `${name} was asked for ${paint - startTime} ms before the first paint`);
      assert.ok(shift <= 0.02, `cumulative layout shift ${shift}`);
    },
    {
      before: (page) =>
        page.addInitScript(() => {
          globalThis.shifts = [];
          new PerformanceObserver((list) => globalThis.shifts.push(...list.getEntries())).observe({ type: 'layout-shift', buffered: true });
        }),
    },
  ));

test('each step can be switched, the answers follow, and the usual ones come back', () =>
  visit(site, async (page) => {
    await modelsReady(page);
    await draw(page, [[0.1, 0.1], [0.2, 0.1], [0.2, 0.4], [0.1, 0.4]]);
    const usual = await answers(page);
    const view = async () => (await reds(page.locator('vitrine-model-input .view canvas'))).join();
    const seen = await view();
    for (const name of ['invert', 'trim', 'fit', 'sharpen', 'centre']) {
      const before = Number(await page.locator('vitrine-app').getAttribute('data-asked'));
      const pressed = await step(page, name).getAttribute('aria-pressed');
      await step(page, name).click();
      await settled(page, before);
      assert.notEqual(await step(page, name).getAttribute('aria-pressed'), pressed, name);
      assert.notEqual(await view(), seen, name);
      const usualSteps = page.getByRole('button', { name: 'The usual steps' });
      await usualSteps.click();
      await settled(page, before + 1);
      assert.deepEqual(await answers(page), usual, name);
      await usualSteps.waitFor({ state: 'hidden' });
    }
    await page.getByLabel('Prepare it').selectOption('photograph');
    await page.locator('vitrine-model-input .text', { hasText: 'prepared as a photograph' }).waitFor();
    await exactly(page.locator('vitrine-model-input li button'), 7);
    await page.getByLabel('Prepare it').selectOption('auto');
    await page.locator('vitrine-model-input .text', { hasText: 'prepared as a sketch' }).waitFor();
  }));

test('the last model shown stays; hidden ones have no say', () =>
  visit(site, async (page) => {
    await modelsReady(page);
    await drawTrousers(page);
    for (const name of ['MLP', 'CNN', 'Slim CNN']) await page.getByRole('checkbox', { name: new RegExp(`^${name}`, 'u') }).uncheck();
    assert.ok(await page.getByRole('checkbox', { name: 'KNN' }).isDisabled());
    await exactly(page.locator('vitrine-probability-bars th[data-model]'), 1);
    await page.locator('vitrine-answer-verdict').filter({ hasText: 'according to KNN' }).waitFor();
  }));

test('a finger draws and does not scroll; a second one does nothing; a pen’s pressure counts', () =>
  visit(
    site,
    async (page) => {
      await modelsReady(page);
      const canvas = page.locator('vitrine-sketch-pad canvas');
      await canvas.scrollIntoViewIfNeeded();
      const box = await canvas.boundingBox();
      const session = await page.context().newCDPSession(page);
      const at = (x, y) => ({ x: box.x + box.width * x, y: box.y + box.height * y });
      const top = await page.evaluate(() => scrollY);
      const touch = (type, ...points) => session.send('Input.dispatchTouchEvent', { type, touchPoints: points.map(({ x, y }, id) => ({ x, y, id })) });
      await touch('touchStart', at(0.5, 0.8));
      await touch('touchMove', at(0.5, 0.4));
      await touch('touchMove', at(0.5, 0.4), at(0.9, 0.9));
      await touch('touchMove', at(0.5, 0.2), at(0.1, 0.9));
      await touch('touchEnd');
      await settled(page);
      assert.equal(await page.evaluate(() => scrollY), top);
      const ink = async (x, y) => {
        const [width, height, ...values] = await reds(canvas);
        return values[Math.floor(height * y) * width + Math.floor(width * x)];
      };
      assert.equal(await ink(0.5, 0.4), 200);
      assert.equal(await ink(0.7, 0.9), 0);
      const widthOf = async (y, force) => {
        for (const [type, x] of [['mousePressed', 0.2], ['mouseMoved', 0.3], ['mouseReleased', 0.3]]) {
          await session.send('Input.dispatchMouseEvent', { type, ...at(x, y), button: 'left', buttons: 1, clickCount: 1, pointerType: 'pen', force: type === 'mouseReleased' ? 0 : force });
        }
        await settled(page);
        const [width, height, ...values] = await reds(canvas);
        const column = Array.from({ length: Math.floor(height * 0.24) }, (_, row) => values[Math.floor(height * (y - 0.12) + row) * width + Math.floor(width * 0.27)]);
        return column.filter((value) => value > 127).length;
      };
      const [light, firm] = [await widthOf(0.3, 0.1), await widthOf(0.7, 1)];
      assert.ok(light > 0 && firm > light * 1.3, `a light line of ${light} pixels, a firm one of ${firm}`);
    },
    { context: { hasTouch: true, viewport: { width: 390, height: 700 } } },
  ));

test('with forced colours and without motion everything is there', () =>
  visit(
    site,
    async (page) => {
      await modelsReady(page);
      await drawTrousers(page);
      assert.ok(await allAnswered(page));
      const { moving, bar, text } = await page.evaluate(() => {
        const bars = document.querySelector('vitrine-app').shadowRoot.querySelector('vitrine-probability-bars').shadowRoot;
        const style = getComputedStyle(bars.querySelector('td.best .bar'));
        return { moving: style.transitionDuration, bar: style.backgroundImage, text: getComputedStyle(document.body).backgroundColor };
      });
      assert.equal(moving, '0s');
      assert.match(bar, /gradient/);
      assert.notEqual(bar.match(/rgb\([^)]*\)/)?.[0], text, 'a bar has the colour of the page');
      // Shadows and washes are not painted there: the place and the pressed button are told by other means.
      const edge = (link) => link.evaluate((link) => getComputedStyle(link).borderBlockEndStyle);
      assert.deepEqual([await edge(page.locator('nav a[aria-current]').first()), await edge(page.locator('nav a:not([aria-current])').first())], ['solid', 'none']);
      await choose(page, 'light.png', png(60, 60, (x, y) => (x > 20 && x < 40 && y > 10 && y < 50 ? 30 : 240)));
      await page.locator('.guest').waitFor();
      await page.getByRole('button', { name: 'Set a frame' }).click();
      await page.getByRole('button', { name: 'Set a frame', pressed: true }).waitFor();
      const painted = (name) => page.getByRole('button', { name }).evaluate((button) => {
        const { backgroundColor, color } = getComputedStyle(button);
        return { backgroundColor, color };
      });
      // The pointer is on it, and then elsewhere.
      const hovered = await painted('Set a frame');
      assert.notEqual(hovered.backgroundColor, (await painted('Tap the ground')).backgroundColor);
      await page.mouse.move(0, 0);
      assert.deepEqual(await painted('Set a frame'), hovered);
    },
    { context: { forcedColors: 'active', reducedMotion: 'reduce' } },
  ));

test('all of the lab by keyboard alone', () =>
  visit(site, async (page) => {
    await modelsReady(page);
    const focused = () =>
      page.evaluate(() => {
        let element = document.activeElement;
        while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
        return element?.dataset.step ?? element?.getAttribute('aria-label') ?? element?.name ?? element?.textContent?.trim();
      });
    const tabTo = async (wanted) => {
      for (let count = 0; count < 60; count++) {
        await page.keyboard.press('Tab');
        if ((await focused()) === wanted) return;
      }
      assert.fail(`Tab never reaches ${wanted}`);
    };
    await tabTo('Sketch pad, 28 by 28 cells');
    await page.keyboard.press('Enter');
    for (let count = 0; count < 8; count++) await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await settled(page);
    assert.ok(await allAnswered(page));
    await page.locator('[role=status]').filter({ hasText: /agree|disagree/ }).waitFor({ state: 'attached' });
    await tabTo('knn');
    await page.keyboard.press('Space');
    await page.locator('vitrine-probability-bars th[data-model=knn]').waitFor({ state: 'detached' });
    await tabTo('centre');
    await page.keyboard.press('Space');
    await page.locator('vitrine-model-input button[data-step=centre][aria-pressed=false]').waitFor();
    await page.locator('[role=status]').filter({ hasText: 'Centre off' }).waitFor({ state: 'attached' });
    assert.equal(await focused(), 'centre');
    await page.keyboard.press('Shift+Tab');
    await page.getByRole('link', { name: 'How good are they?' }).focus();
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => /at=metrics/.test(location.hash));
    assert.equal(await focused(), 'How good are they?');
  }));
