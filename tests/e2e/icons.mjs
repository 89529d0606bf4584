/** The icons of the installed page, out of www/public/icon.svg: PNG for those who take no SVG, and one that may be cut to any shape. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';
import { FLAGS, repository } from './site.mjs';

const folder = join(repository, 'www/public');

/** By file: its side in pixels, and whether its ground fills the square. */
export const ICONS = { 'icon-192.png': [192, false], 'icon-512.png': [512, false], 'icon-maskable.png': [512, true] };

/** By file, its bytes. */
export async function icons() {
  const svg = await readFile(join(folder, 'icon.svg'), 'utf8');
  if (!/<rect [^>]* rx="\d+"/.test(svg)) throw new Error('icon.svg: expected a ground with round corners, <rect … rx="…">');
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM || '/usr/bin/chromium', args: FLAGS });
  try {
    const page = await browser.newPage();
    const made = {};
    for (const [name, [side, isFull]] of Object.entries(ICONS)) {
      await page.setViewportSize({ width: side, height: side });
      await page.setContent(`<style>body { margin: 0 } svg { display: block }</style>${(isFull ? svg.replace(/ rx="\d+"/, '') : svg).replace('<svg ', `<svg width="${side}" height="${side}" `)}`);
      made[name] = await page.screenshot({ omitBackground: true });
    }
    return made;
  } finally {
    await browser.close();
  }
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  for (const [name, bytes] of Object.entries(await icons())) {
    await writeFile(join(folder, name), bytes);
    process.stdout.write(`${name}: ${bytes.length} bytes\n`);
  }
}
