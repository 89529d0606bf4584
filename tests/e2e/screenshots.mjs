/** Pictures of the page's main states for the documentation: docs/screenshots/*.png, from drawn sketches only. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { choose, draw, modelsReady, settled } from './actions.mjs';
import { png } from './pictures.mjs';
import { repository, start, visit } from './site.mjs';

const folder = process.argv[2] ?? join(repository, 'docs/screenshots');

/** A T-shirt, filled: the sleeves, then the body. */
async function drawShirt(page) {
  await page.locator('vitrine-sketch-pad input[type=range]').fill('6');
  await draw(page, [[0.3, 0.22], [0.14, 0.38], [0.2, 0.42], [0.34, 0.3], [0.34, 0.86], [0.66, 0.86], [0.66, 0.3], [0.8, 0.42], [0.86, 0.38], [0.7, 0.22], [0.58, 0.2], [0.5, 0.26], [0.42, 0.2], [0.3, 0.22]]);
  await draw(page, [[0.44, 0.36], [0.44, 0.8], [0.56, 0.8], [0.56, 0.36], [0.5, 0.4], [0.5, 0.8]]);
}

/** A dark dress on a grey wall: waist, straps and skirt. */
const dress = () =>
  png(240, 320, (x, y) => {
    const half = y < 40 ? 0 : y < 130 ? 44 - y / 8 : 28 + (y - 130) / 3;
    const isStrap = y < 70 && Math.abs(Math.abs(x - 120) - 28) > 8;
    return y > 24 && y < 300 && Math.abs(x - 120) < half && !isStrap ? 46 + ((x * 7) % 11) : 226;
  });

/** Without a caret or a blinking outline: the same picture each time. */
async function shoot(page, name, options = {}) {
  await page.evaluate(() => document.activeElement?.blur());
  await page.mouse.move(0, 0);
  await page.screenshot({ path: join(folder, `${name}.png`), animations: 'disabled', caret: 'hide', ...options });
}

const views = [
  { name: 'drawn', width: 1440, height: 900, colorScheme: 'light' },
  { name: 'drawn-dark', width: 1440, height: 900, colorScheme: 'dark' },
  { name: 'drawn-phone', width: 390, height: 844, colorScheme: 'light', fullPage: true },
  { name: 'photograph', width: 1440, height: 900, colorScheme: 'light', picture: true },
  { name: 'empty', width: 1440, height: 900, colorScheme: 'light', blank: true },
  { name: 'german-phone-dark', width: 390, height: 844, colorScheme: 'dark', locale: 'de-DE' },
];

await mkdir(folder, { recursive: true });
const site = await start();
try {
  for (const { name, width, height, colorScheme, locale = 'en', fullPage = false, picture, blank } of views) {
    await visit(
      site,
      async (page) => {
        await modelsReady(page);
        if (picture) {
          await choose(page, 'dress.png', dress());
          await page.locator('.guest').waitFor();
          await settled(page);
        } else if (!blank) {
          await drawShirt(page);
        }
        await shoot(page, name, { fullPage });
      },
      // The same silhouette each time.
      { context: { viewport: { width, height }, colorScheme, locale }, before: (page) => page.addInitScript(() => (Math.random = () => 0)) },
    );
    process.stdout.write(`${join(folder, name)}.png\n`);
  }
} finally {
  await site.stop();
}
