/** Photographs and drawings of every kind of file: what the page shows is what is in them, and what it refuses, and why. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { choose, modelsReady, reds, settled } from './actions.mjs';
import { bomb, gif, jpegCmyk, png16, pngAlpha, pngPalette, turned } from './pictures.mjs';
import { start, visit } from './site.mjs';

let site;
before(async () => (site = await start()));
after(() => site.stop());

const problem = (page, text) => page.locator('.problem').filter({ hasText: text }).waitFor();

/** Chooses a file and waits for it; returns its size and the colours at points given as shares of the sides. */
async function shown(page, name, buffer, points, mimeType) {
  await choose(page, name, buffer, mimeType);
  await page.locator('.guest').filter({ hasText: `Showing ${name}` }).waitFor();
  return page.locator('vitrine-picture-view canvas').evaluate((canvas, points) => {
    // A copy: see `reds`.
    const context = new OffscreenCanvas(canvas.width, canvas.height).getContext('2d', { willReadFrequently: true });
    context.drawImage(canvas, 0, 0);
    const colour = ([x, y]) => [...context.getImageData(Math.floor(x * canvas.width), Math.floor(y * canvas.height), 1, 1).data];
    return { size: [canvas.width, canvas.height], colours: points.map(colour) };
  }, points);
}

/** The grey of what the models see at a cell, 0 to 255. */
const seen = async (page, x, y) => {
  await settled(page);
  const [width, , ...values] = await reds(page.locator('vitrine-model-input .view canvas'));
  return values[y * width + x];
};

/** Whether each of the first three channels is within `within` of `grey`. */
const isNear = ([red, green, blue], grey, within = 2) => [red, green, blue].every((value) => Math.abs(value - grey) <= within);

test('16 bits, palettes and CMYK are what they say', () =>
  visit(site, async (page) => {
    const halves = (x) => x >= 20;
    const deep = await shown(page, 'deep.png', png16(40, 30, (x) => (halves(x) ? 0x8000 : 0xffff)), [[0.1, 0.5], [0.9, 0.5]]);
    assert.deepEqual(deep.size, [40, 30]);
    assert.ok(isNear(deep.colours[0], 255) && isNear(deep.colours[1], 128), JSON.stringify(deep));
    const palette = await shown(page, 'palette.png', pngPalette(40, 30, [[255, 255, 255], [200, 10, 30]], (x) => Number(halves(x))), [[0.1, 0.5], [0.9, 0.5]]);
    assert.deepEqual(palette.colours, [[255, 255, 255, 255], [200, 10, 30, 255]]);
    const print = await shown(page, 'print.jpg', jpegCmyk(8, 8, (column) => (column < 4 ? [0, 0, 0, 0] : [0, 0, 0, 255])), [[0.1, 0.5], [0.9, 0.5]], 'image/jpeg');
    assert.deepEqual(print.size, [64, 64]);
    // Colour management makes black ink less than black, paper stays nearly white.
    assert.ok(isNear(print.colours[0], 255, 4) && print.colours[1].slice(0, 3).every((value) => value < 60), JSON.stringify(print));
  }));

test('a photograph is turned as its EXIF says', () =>
  visit(site, async (page) => {
    const upright = Buffer.from(
      await page.evaluate(async () => {
        const canvas = new OffscreenCanvas(80, 40);
        const context = canvas.getContext('2d');
        context.fillStyle = 'white';
        context.fillRect(0, 0, 80, 40);
        context.fillStyle = 'black';
        context.fillRect(0, 0, 40, 40);
        return [...new Uint8Array(await (await canvas.convertToBlob({ type: 'image/jpeg', quality: 1 })).arrayBuffer())];
      }),
    );
    const points = [[0.5, 0.1], [0.5, 0.9]];
    const lying = await shown(page, 'lying.jpg', upright, [[0.1, 0.5], [0.9, 0.5]], 'image/jpeg');
    assert.deepEqual(lying.size, [80, 40]);
    assert.ok(isNear(lying.colours[0], 0, 8) && isNear(lying.colours[1], 255, 8));
    // 6: the first column of what is stored is the top of what was seen.
    const standing = await shown(page, 'standing.jpg', turned(upright, 6), points, 'image/jpeg');
    assert.deepEqual(standing.size, [40, 80]);
    assert.ok(isNear(standing.colours[0], 0, 8) && isNear(standing.colours[1], 255, 8), JSON.stringify(standing));
    const headDown = await shown(page, 'head-down.jpg', turned(upright, 8), points, 'image/jpeg');
    assert.ok(isNear(headDown.colours[0], 255, 8) && isNear(headDown.colours[1], 0, 8), JSON.stringify(headDown));
  }));

test('of an animation the first frame counts', () =>
  visit(site, async (page) => {
    const { size, colours } = await shown(page, 'moving.gif', gif([40, 250]), [[0.5, 0.5]], 'image/gif');
    assert.deepEqual(size, [8, 8]);
    assert.ok(isNear(colours[0], 40), JSON.stringify(colours));
  }));

test('a cut-out stands on the ground that shows it', () =>
  visit(site, async (page) => {
    await modelsReady(page);
    const inside = (x) => x >= 30 && x < 70;
    const cutOut = (shade) => pngAlpha(100, 100, (x, y) => (inside(x) ? [shade(y), shade(y), shade(y), 255] : [0, 0, 0, 0]));
    await shown(page, 'dress.png', cutOut((y) => 20 + y / 2), []);
    await page.locator('vitrine-model-input .text', { hasText: 'prepared as a photograph' }).waitFor();
    assert.ok((await seen(page, 14, 14)) > 150, 'a dark garment is ink');
    assert.equal(await seen(page, 1, 14), 0, 'around it is nothing');
    for (const [name, shade] of [['black.png', 0], ['white.png', 255]]) {
      await shown(page, name, cutOut(() => shade), []);
      await page.locator('vitrine-model-input .text', { hasText: 'prepared as a sketch' }).waitFor();
      assert.ok((await seen(page, 14, 14)) > 250, `${name} is ink`);
      assert.equal(await seen(page, 1, 14), 0, `around ${name} is nothing`);
    }
  }));

test('a bomb is refused by its header, with the limit', () =>
  visit(site, async (page) => {
    // The browser would be asked to decode 400 megapixels: it is not.
    await page.evaluate(() => (globalThis.createImageBitmap = () => Promise.reject(new Error('asked to decode'))));
    await choose(page, 'bomb.png', bomb(20_000, 20_000));
    await problem(page, 'bomb.png has 20000×20000 pixels; the limit is 10,000 a side');
    const webp = Buffer.from([...Buffer.from('RIFF'), 22, 0, 0, 0, ...Buffer.from('WEBPVP8X'), 10, 0, 0, 0, 0, 0, 0, 0, 0x1f, 0x4e, 0, 0x0f, 0, 0]);
    await choose(page, 'bomb.webp', webp, 'image/webp');
    await problem(page, 'bomb.webp has 20000×16 pixels; the limit is 10,000 a side');
  }));

test('a damaged file and an HEIC are named for what they are', () =>
  visit(site, async (page) => {
    await choose(page, 'cut.png', bomb(20, 20).subarray(0, 40));
    await problem(page, 'cut.png looks like PNG, but this browser could not read it');
    const heic = Buffer.from([0, 0, 0, 16, ...Buffer.from('ftypheic'), 0, 0, 0, 0]);
    await choose(page, 'phone.heic', heic, 'image/heic');
    await problem(page, 'phone.heic is an HEIC picture, which this browser does not read. Save it as JPEG');
    await choose(page, 'film.mp4', Buffer.from([0, 0, 0, 20, ...Buffer.from('ftypisom'), 0, 0, 0, 0, ...Buffer.from('mp42')]), 'video/mp4');
    await problem(page, 'film.mp4 is no picture that this browser can read');
  }));

test('an SVG is drawn, its scripts and what it names elsewhere are not', () =>
  visit(site, async (page) => {
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="40" height="20" viewBox="0 0 40 20" onload="parent.hacked = true">
      <script>parent.hacked = true; top.hacked = true;</script>
      <image href="http://192.0.2.1/spy.png" width="9" height="9"/>
      <rect width="40" height="20" fill="white"/><rect x="20" width="20" height="20" fill="rgb(10,20,30)"/>
    </svg>`;
    const { size, colours } = await shown(page, 'drawing.svg', Buffer.from(svg), [[0.2, 0.5], [0.8, 0.5]], 'image/svg+xml');
    assert.deepEqual(size, [1024, 512]);
    assert.deepEqual(colours, [[255, 255, 255, 255], [10, 20, 30, 255]]);
    assert.equal(await page.evaluate(() => globalThis.hacked), undefined);
    const sizes = [
      ['', [512, 1024]],
      ['width="100%" height="100%"', [512, 1024]],
      ['width="0" height="0"', [512, 1024]],
      ['width="7"', [512, 1024]],
      ['height="3cm"', [512, 1024]],
      ['width="30" height="10" preserveAspectRatio="none"', [1024, 341]],
    ];
    for (const [at, [attributes, expected]] of sizes.entries()) {
      const tall = svg.replace('width="40" height="20" viewBox="0 0 40 20"', `${attributes} viewBox="0 0 40 80"`).replaceAll('height="20"', 'height="80"');
      const { size, colours } = await shown(page, `shape-${at}.svg`, Buffer.from(tall), [[0.2, 0.5], [0.8, 0.5]], 'image/svg+xml');
      assert.deepEqual([attributes, size, colours], [attributes, expected, [[255, 255, 255, 255], [10, 20, 30, 255]]]);
    }
    assert.equal(await page.evaluate(() => globalThis.hacked), undefined);
    await choose(page, 'broken.svg', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><rect'), 'image/svg+xml');
    await problem(page, 'broken.svg looks like SVG, but this browser could not read it');
    await choose(page, 'large.svg', Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg">${' '.repeat(1_000_001)}</svg>`), 'image/svg+xml');
    await problem(page, 'large.svg has 1 MB; the limit is 1 MB');
  }));
