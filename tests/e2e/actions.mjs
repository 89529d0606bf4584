/** What a visitor does, and the states that tests wait for. */
import assert from 'node:assert/strict';
import { png } from './pictures.mjs';
import { manifest } from './site.mjs';

/** Waits until every model of the manifest is ready. */
export async function modelsReady(page) {
  const { files } = await manifest();
  for (const { role } of files) await page.locator(`vitrine-probability-bars th[data-model="${role}"][data-status="ready"]`).waitFor();
}

/** Waits until so many of something are there, which a count alone does not, and asserts that there are no more. */
export async function exactly(locator, number) {
  await locator.nth(number - 1).waitFor({ state: 'attached' });
  assert.equal(await locator.count(), number);
}

/** Waits until the last look asked for has ended; returns its number. Every change of the drawing asks for one. */
export async function settled(page, after = 0) {
  await page.waitForFunction((number) => {
    const { asked, seen } = document.querySelector('vitrine-app').dataset;
    return Number(seen) > number && asked === seen;
  }, after);
  return Number(await page.locator('vitrine-app').getAttribute('data-seen'));
}

/** Does something that changes the picture, and waits for what is said of it. */
export async function see(page, act) {
  const before = Number(await page.locator('vitrine-app').getAttribute('data-asked'));
  await act();
  return settled(page, before);
}

/** Draws a line through `points`, given as shares of the pad's sides. */
export async function draw(page, points) {
  const before = Number(await page.locator('vitrine-app').getAttribute('data-asked'));
  const canvas = page.locator('vitrine-sketch-pad canvas');
  await canvas.scrollIntoViewIfNeeded();
  const box = await canvas.boundingBox();
  const [first, ...rest] = points.map(([x, y]) => [box.x + box.width * x, box.y + box.height * y]);
  await page.mouse.move(...first);
  await page.mouse.down();
  for (const point of rest) await page.mouse.move(...point, { steps: 5 });
  await page.mouse.up();
  return settled(page, before);
}

/** A pair of trousers, filled. */
export async function drawTrousers(page) {
  await page.locator('vitrine-sketch-pad input[type=range]').fill('8');
  await draw(page, [[0.36, 0.12], [0.64, 0.12], [0.66, 0.9], [0.64, 0.2], [0.5, 0.25], [0.36, 0.2], [0.34, 0.9]]);
}

/** Whether every model marks its highest probability. */
export async function allAnswered(page) {
  const { files } = await manifest();
  return (await page.locator('vitrine-probability-bars td.best').count()) === files.length;
}

/** The columns of probabilities: role → ten percentages as shown, `[]` where there are none. */
export async function answers(page) {
  const { files } = await manifest();
  const columns = {};
  for (const { role } of files) {
    const texts = await page.locator(`vitrine-probability-bars td[data-model="${role}"] .value`).allInnerTexts();
    columns[role] = texts.map((text) => text.trim()).filter((text) => text !== '').map((text) => Number.parseInt(text, 10));
  }
  return columns;
}

/**
 * The red of a canvas' pixels, row-major, as `[width, height, ...values]`. Read from a copy: reading the canvas itself
 * would turn it into one that the page did not ask for, and Chromium says so.
 */
export const reds = (canvas) =>
  canvas.evaluate((canvas) => {
    const copy = new OffscreenCanvas(canvas.width, canvas.height).getContext('2d', { willReadFrequently: true });
    copy.drawImage(canvas, 0, 0);
    return [canvas.width, canvas.height, ...copy.getImageData(0, 0, canvas.width, canvas.height).data.filter((_, at) => at % 4 === 0)];
  });

/** Chooses a file by the button. */
export const choose = (page, name, buffer, mimeType = 'image/png') => page.locator('vitrine-image-drop input[type=file]').setInputFiles({ name, mimeType, buffer });

export { png };

/** A dark dress on a light wall, 200×300. */
export const photograph = () => dress(() => 40);

/** The same dress in cloth with shades: a flat cut-out is unlike the training garments. */
export const shadedPhotograph = () => dress((x, y) => 60 + 0.8 * Math.abs(x - 100) + 20 * Math.sin(y / 9));

const dress = (shade) => png(200, 300, (x, y) => (Math.abs(x - 100) < 30 + y / 8 && y > 30 && y < 270 ? shade(x, y) : 245));
