/** Drawing: by pointer and keyboard, undo and clear, and the answers that follow. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { answers, draw, drawTrousers, exactly, modelsReady, reds, settled } from './actions.mjs';
import { manifest, start, visit } from './site.mjs';

let site;
before(async () => (site = await start()));
after(() => site.stop());

const button = (page, name) => page.getByRole('button', { name, exact: true });
const invitation = (page) => page.locator('vitrine-answer-verdict .invitation');

test('the pad is usable before any wasm has arrived', () => {
  let release;
  const gate = new Promise((open) => (release = open));
  return visit(
    site,
    async (page) => {
      await page.locator('vitrine-sketch-pad canvas').waitFor();
      const box = await page.locator('vitrine-sketch-pad canvas').boundingBox();
      await page.mouse.move(box.x + 60, box.y + 60);
      await page.mouse.down();
      await page.mouse.move(box.x + 200, box.y + 200, { steps: 5 });
      await page.mouse.up();
      await button(page, 'Undo').and(page.locator(':enabled')).waitFor();
      assert.equal(await page.locator('vitrine-probability-bars th[data-status="ready"]').count(), 0);
      release();
      await modelsReady(page);
      await settled(page);
      for (const shown of Object.values(await answers(page))) assert.equal(shown.length, 10);
    },
    {
      before: (page) =>
        page.route('**/*.wasm', async (route) => {
          await gate;
          await route.continue();
        }),
    },
  );
});

test('a drawing is answered by every model, with neighbours and steps', () =>
  visit(site, async (page) => {
    await modelsReady(page);
    await drawTrousers(page);
    const shown = await answers(page);
    const { files, labels } = await manifest();
    for (const { role } of files) {
      assert.equal(shown[role].length, 10, role);
      const total = shown[role].reduce((sum, share) => sum + share, 0);
      // Ten figures rounded to a whole per cent are off by at most half of one each.
      assert.ok(Math.abs(total - 100) <= 5, `${role}: ${total}%`);
      await exactly(page.locator(`vitrine-probability-bars td.best[data-model="${role}"]`), 1);
    }
    const captions = await page.locator('vitrine-nearest-neighbours vitrine-pixel-view canvas').evaluateAll((all) => all.map((each) => each.getAttribute('aria-label')));
    assert.equal(captions.length, 8);
    for (const [rank, caption] of captions.entries()) {
      assert.match(caption, new RegExp(`^Neighbour ${rank + 1}: `));
      assert.ok(labels.some((label) => caption.includes(label)), caption);
    }
    const distances = captions.map((caption) => Number(/distance ([\d.e+-]+)$/.exec(caption)[1]));
    assert.deepEqual(distances, distances.toSorted((a, b) => a - b));
    await page.locator('vitrine-model-input .text', { hasText: 'prepared as a sketch' }).waitFor();
    assert.ok((await page.locator('vitrine-model-input li').count()) >= 3);
  }));

test('a blank pad gets no class, before and after drawing', () =>
  visit(site, async (page) => {
    await modelsReady(page);
    await invitation(page).filter({ hasText: 'Draw something' }).waitFor();
    await drawTrousers(page);
    assert.equal(await invitation(page).count(), 0);
    await button(page, 'Clear').click();
    await invitation(page).filter({ hasText: 'Draw something' }).waitFor();
    for (const shown of Object.values(await answers(page))) assert.deepEqual(shown, []);
    assert.equal(await page.locator('vitrine-nearest-neighbours vitrine-pixel-view canvas[role=img]').count(), 0);
  }));

test('undo, redo and the eraser change the answer back and forth', () =>
  visit(site, async (page) => {
    await modelsReady(page);
    await drawTrousers(page);
    const trousers = await answers(page);
    await draw(page, [[0.1, 0.5], [0.9, 0.5], [0.9, 0.6], [0.1, 0.6], [0.1, 0.7], [0.9, 0.7]]);
    const crossed = await answers(page);
    assert.notDeepEqual(crossed, trousers);
    const undo = async (name) => {
      const number = Number(await page.locator('vitrine-app').getAttribute('data-asked'));
      await button(page, name).click();
      await settled(page, number);
    };
    await undo('Undo');
    assert.deepEqual(await answers(page), trousers);
    await undo('Redo');
    assert.deepEqual(await answers(page), crossed);
    await undo('Undo');
    await undo('Undo');
    await invitation(page).waitFor();
    assert.ok(await button(page, 'Undo').isDisabled());
    await undo('Redo');
    await page.getByRole('radio', { name: 'Eraser' }).check();
    const rows = Array.from({ length: 10 }, (_, row) => row / 10 + 0.05);
    await draw(page, rows.flatMap((y, row) => (row % 2 ? [[0.02, y], [0.98, y]] : [[0.98, y], [0.02, y]])));
    await invitation(page).waitFor();
  }));

test('the newest drawing wins', () =>
  visit(site, async (page) => {
    await modelsReady(page);
    await drawTrousers(page);
    const trousers = await answers(page);
    // Many strokes without waiting for answers, all taken back in the end.
    const box = await page.locator('vitrine-sketch-pad canvas').boundingBox();
    for (let stroke = 0; stroke < 6; stroke++) {
      await page.mouse.move(box.x + 20, box.y + 30 + stroke * 50);
      await page.mouse.down();
      await page.mouse.move(box.x + box.width - 20, box.y + 30 + stroke * 50, { steps: 8 });
      await page.mouse.up();
    }
    const number = Number(await page.locator('vitrine-app').getAttribute('data-asked'));
    await page.locator('vitrine-sketch-pad canvas').focus();
    for (let stroke = 0; stroke < 6; stroke++) await page.keyboard.press('Control+z');
    await settled(page, number);
    assert.deepEqual(await answers(page), trousers);
  }));

test('everything can be drawn by keyboard, and is announced', () =>
  visit(site, async (page) => {
    await modelsReady(page);
    await page.locator('vitrine-sketch-pad canvas').focus();
    const status = page.locator('[role=status]');
    await page.keyboard.press('ArrowRight');
    await status.filter({ hasText: 'Row 15, column 16, empty' }).waitFor();
    await page.keyboard.press('Space');
    await status.filter({ hasText: 'Row 15, column 16, ink 78%' }).waitFor();
    await page.keyboard.press('Enter');
    for (let step = 0; step < 3; step++) await page.keyboard.press('Shift+ArrowDown');
    await page.keyboard.press('Enter');
    await page.keyboard.press('ArrowUp');
    await status.filter({ hasText: 'column 16, ink 78%' }).waitFor();
    await settled(page);
    for (const shown of Object.values(await answers(page))) assert.equal(shown.length, 10);
    await status.filter({ hasText: /agree|disagree|says/ }).waitFor();
    for (let step = 0; step < 2; step++) await page.keyboard.press('Control+z');
    await invitation(page).waitFor();
  }));

test('what an outline encloses is filled with one button, and taken back with one', () =>
  visit(site, async (page) => {
    await modelsReady(page);
    const offer = button(page, 'Fill it');
    const middle = async () => {
      const [width, height, ...values] = await reds(page.locator('vitrine-sketch-pad canvas'));
      return values[Math.floor(height * 0.5) * width + Math.floor(width * 0.5)];
    };
    const outline = [[0.3, 0.2], [0.7, 0.2], [0.7, 0.8], [0.3, 0.8]];
    await draw(page, outline);
    assert.equal(await offer.count(), 0, 'nothing is enclosed yet');
    await draw(page, [outline.at(-1), outline[0]]);
    const number = Number(await page.locator('vitrine-app').getAttribute('data-asked'));
    await offer.click();
    await settled(page, number);
    assert.equal(await middle(), 200);
    assert.equal(await offer.count(), 0);
    await button(page, 'Undo').click();
    assert.equal(await middle(), 0);
    await offer.waitFor();
    await button(page, 'Clear').click();
    await offer.waitFor({ state: 'detached' });
  }));

test('who draws with a mouse sees no ring and no cursor, and scrolls with the keys', () =>
  visit(site, async (page) => {
    await modelsReady(page);
    await draw(page, [[0.3, 0.2], [0.7, 0.2]]);
    const marks = () => page.evaluate(() => document.querySelector('vitrine-app').shadowRoot.querySelector('vitrine-sketch-pad').marks.length);
    const cursor = page.locator('vitrine-sketch-pad .cursor');
    const ring = () => page.locator('vitrine-sketch-pad canvas').evaluate((canvas) => getComputedStyle(canvas).outlineStyle);
    assert.equal(await ring(), 'none');
    assert.ok(!(await cursor.isVisible()));
    await page.keyboard.press('Space');
    await page.waitForFunction(() => scrollY > 0);
    assert.equal(await marks(), 1);
    await page.keyboard.press('Enter');
    await cursor.waitFor();
    assert.equal(await ring(), 'solid');
    await page.keyboard.press('Enter');
    assert.equal(await marks(), 2);
    // The mouse again: the cursor goes.
    await draw(page, [[0.3, 0.6], [0.7, 0.6]]);
    await cursor.waitFor({ state: 'hidden' });
    await page.keyboard.press('Tab');
    await page.keyboard.press('Shift+Tab');
    await cursor.waitFor();
  }));

test('an empty pad shows what may be drawn, another garment at another visit', async () => {
  const seen = new Set();
  for (const random of [0, 0.35, 0.95]) {
    await visit(
      site,
      async (page) => {
        const ghost = page.locator('vitrine-sketch-pad .ghost');
        await ghost.waitFor();
        assert.notEqual(await ghost.evaluate((svg) => getComputedStyle(svg).fill), 'none');
        seen.add(await ghost.locator('path').getAttribute('d'));
        await draw(page, [[0.3, 0.2], [0.7, 0.2]]);
        await ghost.waitFor({ state: 'hidden' });
      },
      { before: (page) => page.addInitScript((value) => (Math.random = () => value), random) },
    );
  }
  assert.equal(seen.size, 3);
});

test('a pen presses, and touch is ignored while it is down', () =>
  visit(site, async (page) => {
    const widths = await page.locator('vitrine-sketch-pad').evaluate(async (pad) => {
      const canvas = pad.shadowRoot.querySelector('canvas');
      const box = canvas.getBoundingClientRect();
      canvas.setPointerCapture = () => undefined;
      const send = (type, pointerType, pointerId, x, y, pressure) =>
        canvas.dispatchEvent(
          new PointerEvent(type, { pointerType, pointerId, pressure, button: type === 'pointermove' ? -1 : 0, clientX: box.left + box.width * x, clientY: box.top + box.height * y, bubbles: true, cancelable: true }),
        );
      const ink = (column) => {
        const { data } = canvas.getContext('2d').getImageData(Math.round(canvas.width * column), 0, 1, canvas.height);
        return data.filter((value, at) => at % 4 === 0 && value > 127).length;
      };
      const line = (y, pressure) => {
        send('pointerdown', 'pen', 7, 0.1, y, pressure);
        send('pointerdown', 'touch', 8, 0.5, 0.95, 1);
        send('pointermove', 'touch', 8, 0.9, 0.95, 1);
        send('pointermove', 'pen', 7, 0.4, y, pressure);
        send('pointerup', 'touch', 8, 0.9, 0.95, 0);
        send('pointerup', 'pen', 7, 0.4, y, 0);
        return { pen: ink(0.25), touch: ink(0.7) };
      };
      return { light: line(0.2, 0.05), both: line(0.7, 1) };
    });
    assert.equal(widths.both.touch, 0);
    // Never thinner than two of the network's pixels, which are 32 of the canvas's; one row of the edge is half covered.
    assert.ok(widths.light.pen >= 31, `light: ${widths.light.pen}`);
    const hard = widths.both.pen - widths.light.pen;
    assert.ok(hard > 1.3 * widths.light.pen, `hard ${hard}, light ${widths.light.pen}`);
  }));
