/** What a visitor does, and the states that tests wait for. */
import { deflateSync } from 'node:zlib';
import { manifest } from './site.mjs';

/** Waits until every model of the manifest is ready. */
export async function modelsReady(page) {
  const { files } = await manifest();
  for (const { role } of files) await page.locator(`probability-bars th[data-model="${role}"][data-status="ready"]`).waitFor();
}

/** Waits until the last look asked for has ended; returns its number. Every change of the drawing asks for one. */
export async function settled(page, after = 0) {
  await page.waitForFunction((number) => {
    const { asked, seen } = document.querySelector('vitrine-app').dataset;
    return Number(seen) > number && asked === seen;
  }, after);
  return Number(await page.locator('vitrine-app').getAttribute('data-seen'));
}

/** Draws a line through `points`, given as shares of the pad's sides. */
export async function draw(page, points) {
  const before = Number(await page.locator('vitrine-app').getAttribute('data-asked'));
  const canvas = page.locator('sketch-pad canvas');
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
  await page.locator('sketch-pad input[type=range]').fill('8');
  await draw(page, [[0.36, 0.12], [0.64, 0.12], [0.66, 0.9], [0.64, 0.2], [0.5, 0.25], [0.36, 0.2], [0.34, 0.9]]);
}

/** Whether every model marks its highest probability. */
export async function allAnswered(page) {
  const { files } = await manifest();
  return (await page.locator('probability-bars td.best').count()) === files.length;
}

/** The columns of probabilities: role → ten percentages as shown, `[]` where there are none. */
export async function answers(page) {
  const { files } = await manifest();
  const columns = {};
  for (const { role } of files) {
    const texts = await page.locator(`probability-bars td[data-model="${role}"] .value`).allInnerTexts();
    columns[role] = texts.map((text) => text.trim()).filter((text) => text !== '').map((text) => Number.parseInt(text, 10));
  }
  return columns;
}

const crcTable = Array.from({ length: 256 }, (_, index) => {
  let value = index;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1;
  return value >>> 0;
});
/** The checksum of PNG chunks (W3C PNG, annex D); zlib.crc32 is missing from Node before 20.15. */
const crc32 = (bytes) => (bytes.reduce((crc, byte) => crcTable[(crc ^ byte) & 255] ^ (crc >>> 8), 0xffffffff) ^ 0xffffffff) >>> 0;

/** A grey PNG; `shade(x, y)` gives 0 to 255. */
export function png(width, height, shade) {
  const rows = Buffer.alloc(height * (width + 1));
  for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) rows[y * (width + 1) + 1 + x] = shade(x, y);
  const chunk = (type, data) => {
    const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
    const frame = Buffer.alloc(8);
    frame.writeUInt32BE(data.length, 0);
    frame.writeUInt32BE(crc32(body), 4);
    return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
  };
  const header = Buffer.from([0, 0, 0, 0, 0, 0, 0, 0, 8, 0, 0, 0, 0]);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([signature, chunk('IHDR', header), chunk('IDAT', deflateSync(rows)), chunk('IEND', Buffer.alloc(0))]);
}

/** A dark dress on a light wall, 200×300. */
export const photograph = () => png(200, 300, (x, y) => (Math.abs(x - 100) < 30 + y / 8 && y > 30 && y < 270 ? 40 : 245));
