/** What a visitor says of a photograph: where its ground is, and which part counts; by pointer, by keys, and by a link. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { choose, modelsReady, settled } from './actions.mjs';
import { png, pngAlpha } from './pictures.mjs';
import { packed, start, visit } from './site.mjs';

let site;
before(async () => (site = await start()));
after(() => site.stop());

/** Two garments on a light ground: a dark one in the upper left, a lighter one in the lower right. */
const two = () => png(300, 200, (x, y) => (x > 30 && x < 100 && y > 20 && y < 90 ? 20 : x > 180 && x < 270 && y > 100 && y < 190 ? 90 : 250));
/** A dark garment on a ground that falls off. */
const slope = () => png(300, 300, (x, y) => (x > 90 && x < 210 && y > 60 && y < 240 ? 30 : 245 - Math.floor(x / 3)));

const prepared = async (page) => {
  await settled(page);
  return page.locator('vitrine-model-input').evaluate(({ prepared }) => ({ ...prepared, pixels: [...prepared.pixels] }));
};
const region = (page) => page.locator('vitrine-picture-region').evaluate(({ ground, frame }) => ({ ground, frame }));
const inLink = (page, text) => page.waitForFunction((text) => decodeURIComponent(location.hash).includes(text), text);

test('a frame is set, moved, resized and taken away by keys, and says where it is', () =>
  visit(site, async (page) => {
    await modelsReady(page);
    await choose(page, 'two.png', two());
    await page.locator('.guest').waitFor();
    const whole = await prepared(page);
    await page.getByRole('button', { name: 'Set a frame' }).focus();
    await page.keyboard.press('Enter');
    const frame = page.getByRole('group', { name: /^Frame: 15% from the left, 15% from the top, 70% wide, 70% high/ });
    await frame.waitFor();
    assert.ok(await frame.evaluate((element) => element.matches(':focus')));
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('Shift+ArrowUp');
    assert.deepEqual((await region(page)).frame, [130, 150, 700, 680]);
    await page.locator('[role=status]', { hasText: 'Frame: 13% from the left' }).waitFor({ state: 'attached' });
    await inLink(page, 'frame=130,150,700,680');
    assert.notDeepEqual((await prepared(page)).pixels, whole.pixels);
    await page.keyboard.press('Escape');
    assert.equal((await region(page)).frame, undefined);
    assert.ok(await page.getByRole('button', { name: 'Set a frame' }).evaluate((element) => element.matches(':focus')));
    assert.deepEqual((await prepared(page)).pixels, whole.pixels);
  }));

test('a frame is drawn by a pointer, and what is outside does not count', () =>
  visit(site, async (page) => {
    await modelsReady(page);
    await choose(page, 'two.png', two());
    await page.locator('.guest').waitFor();
    await page.getByRole('button', { name: 'Set a frame' }).click();
    const area = page.locator('vitrine-picture-region .area');
    await area.scrollIntoViewIfNeeded();
    const { x, y, width, height } = await area.boundingBox();
    const to = (across, down) => page.mouse.move(x + across * width, y + down * height, { steps: 3 });
    // Two corners of the first frame are dragged: around the lighter garment.
    await to(0.15, 0.15);
    await page.mouse.down();
    await to(0.55, 0.45);
    await page.mouse.up();
    await to(0.85, 0.85);
    await page.mouse.down();
    await to(0.95, 0.99);
    await page.mouse.up();
    const { frame } = await region(page);
    assert.ok(Math.abs(frame[0] - 550) < 15 && Math.abs(frame[0] + frame[2] - 950) < 15, String(frame));
    const { pixels } = await prepared(page);
    assert.ok(pixels.every((ink) => ink > 0.5 && ink < 0.8), 'the lighter garment fills it');
  }));

test('the ground is tapped by a pointer and by keys; the way back is a button', () =>
  visit(site, async (page) => {
    await modelsReady(page);
    await choose(page, 'slope.png', slope());
    await page.locator('.guest').waitFor();
    assert.equal((await prepared(page)).ground, 'uneven');
    await page.locator('vitrine-model-input .note', { hasText: 'The ground of this picture is not even' }).waitFor();
    const button = page.getByRole('button', { name: 'Tap the ground' });
    await button.click();
    await page.locator('vitrine-picture-region .aim').click({ position: { x: 12, y: 20 } });
    assert.equal((await prepared(page)).ground, 'tapped');
    await page.locator('vitrine-model-input .note').waitFor({ state: 'detached' });
    const [across] = (await region(page)).ground;
    assert.ok(across < 100, String(across));
    await inLink(page, 'ground=');
    await button.click();
    assert.equal((await prepared(page)).ground, 'uneven');
    await button.focus();
    await page.keyboard.press('Enter');
    for (let at = 0; at < 20; at++) await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('Enter');
    assert.deepEqual((await region(page)).ground, [100, 500]);
    assert.equal((await prepared(page)).ground, 'tapped');
    // Another picture begins anew.
    await choose(page, 'two.png', two());
    await page.locator('.guest').filter({ hasText: 'two.png' }).waitFor();
    assert.deepEqual(await region(page), { ground: undefined, frame: undefined });
  }));

test('what is lost is said, and a wall alone is blank', () =>
  visit(site, async (page) => {
    await modelsReady(page);
    await choose(page, 'light.png', png(200, 200, (x, y) => (x > 60 && x < 140 && y > 40 && y < 160 ? 255 : 120)));
    await page.locator('.guest').waitFor();
    await page.locator('vitrine-model-input .text', { hasText: 'prepared as light on dark' }).waitFor();
    await page.getByLabel('Prepare it').selectOption('photograph');
    await page.locator('vitrine-model-input .note', { hasText: 'is lost' }).waitFor();
    await choose(page, 'wall.png', png(200, 200, (x) => 240 - Math.floor(x / 2)));
    await page.locator('.guest').filter({ hasText: 'wall.png' }).waitFor();
    assert.ok((await prepared(page)).blank);
  }));

test('a link brings ground and frame back; what makes no sense is refused', { skip: !packed() && 'this build packs no test set' }, () =>
  visit(
    site,
    async (page) => {
      await modelsReady(page);
      await page.locator('vitrine-picture-region').waitFor();
      await settled(page);
      assert.deepEqual(await region(page), { ground: [0, 1000], frame: [100, 0, 800, 1000] });
      const { recipe } = await prepared(page);
      assert.notEqual(recipe, 'exact', 'a part of a test image is prepared');
    },
    { path: '#sample=7&ground=0,1000&frame=100,0,800,1000' },
  ));

test('a cut-out of one shade is still a drawing', () =>
  visit(site, async (page) => {
    await modelsReady(page);
    await choose(page, 'cut.png', pngAlpha(120, 120, (x, y) => (Math.abs(x - 60) < 25 && Math.abs(y - 60) < 40 ? [9, 9, 9, 255] : [0, 0, 0, 0])));
    await page.locator('.guest').waitFor();
    assert.equal((await prepared(page)).recipe, 'sketch');
  }));
