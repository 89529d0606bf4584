/** One road from a picture file to what the models see: the page and `vitrine classify` give the same 784 numbers. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { after, before, test } from 'node:test';
import { choose, modelsReady, settled } from './actions.mjs';
import { bmpAlpha, gif, png, png16, pngAlpha, pngPalette, pngWith, turned } from './pictures.mjs';
import { manifest, repository, start, visit } from './site.mjs';

const command = resolve(repository, process.env.CARGO_TARGET_DIR ?? 'target', 'release/vitrine');
const skip = !existsSync(command) && 'the command line is not built: cargo build --release --bin vitrine';
assert.ok(!skip || !process.env.CI, `CI must not skip: ${skip}`);
/**
 * A JPEG is decoded by another library in each, two shades apart at most. Levelling divides by the ground's shade, 0.91, and sharpening
 * may add what is around to what it doubles: by (2 · 4.9 + 3.9) / 5.9 in all.
 */
const JPEG = (2 / 0.91) * 2.33 / 255;

let site;
let folder;
before(async () => {
  site = await start();
  folder = mkdtempSync(join(tmpdir(), 'vitrine-road-'));
});
after(() => {
  rmSync(folder, { recursive: true });
  site.stop();
});

/** What the command line makes of files, by name. */
function classified(files, more = []) {
  const paths = Object.entries(files).map(([name, bytes]) => {
    const path = join(folder, name);
    writeFileSync(path, bytes);
    return path;
  });
  const lines = execFileSync(command, ['classify', '--json', '--models', join(repository, 'models'), ...more, ...paths], { encoding: 'utf8', maxBuffer: 1 << 26 });
  return Object.fromEntries(lines.trim().split('\n').map((line, at) => [Object.keys(files)[at], JSON.parse(line)]));
}

/** What the page makes of a file: what the lab was told last. */
async function shown(page, name, bytes, type = 'image/png') {
  await choose(page, name, bytes, type);
  await page.locator('.guest').filter({ hasText: `Showing ${name}` }).waitFor();
  await settled(page);
  return page.locator('vitrine-model-input').evaluate(({ prepared }) => ({ pixels: [...prepared.pixels], recipe: prepared.recipe, ground: prepared.ground, blank: prepared.blank }));
}

async function alike(page, files, { within = 0, type } = {}) {
  const natively = classified(files);
  for (const [name, bytes] of Object.entries(files)) {
    const mine = await shown(page, name, bytes, type);
    const { pixels, recipe, ground, blank } = natively[name];
    assert.deepEqual({ recipe: mine.recipe, ground: mine.ground, blank: mine.blank }, { recipe, ground, blank }, name);
    const furthest = Math.max(...mine.pixels.map((value, at) => Math.abs(value - Math.fround(pixels[at]))));
    assert.ok(furthest <= within, `${name}: differs by ${furthest * 255} of 255`);
  }
}

/** A garment of stripes on a wall with noise, at any size. */
function scene(width, height = width) {
  return (x, y) => {
    const [u, v] = [x / width - 0.5, y / height - 0.5];
    const noise = (Math.imul(x * 73856093 ^ y * 19349663, 2654435761) >>> 24) % 7;
    const isGarment = Math.abs(u) < 0.2 + 0.1 * v && Math.abs(v) < 0.38;
    return isGarment ? 60 + (((v * 12) & 1) * 50) + noise : 232 + noise;
  };
}

test('pictures of 29 to 4096 pixels a side', { skip }, () =>
  visit(site, async (page) => {
    await modelsReady(page);
    for (const side of [29, 64, 300, 1023, 1024, 1025, 2000, 4096]) {
      const down = Math.round(side * 0.77);
      await alike(page, { [`${side}.png`]: png(side, down, scene(side, down)) });
    }
    await alike(page, { 'long.png': png(10_000, 40, scene(10_000, 40)) });
  }));

test('opacity, palettes, sixteen bits, gamma and profiles', { skip }, () =>
  visit(site, async (page) => {
    await modelsReady(page);
    const inside = (x, y, side) => Math.abs(x - side / 2) < side / 4 && Math.abs(y - side / 2) < side / 3;
    const soft = (side) => pngAlpha(side, side, (x, y) => (inside(x, y, side) ? [x % 200, (y * 3) % 256, 90, 1 + ((x + y) % 255)] : [17, 200, 33, (x * y) % 3]));
    await alike(page, {
      'faint.png': pngAlpha(28, 28, (x, y) => [x * 9, 255 - y * 9, 120, x + y]),
      'soft.png': soft(90),
      'soft-large.png': soft(1500),
      'erased.png': pngAlpha(100, 100, (x, y) => (inside(x, y, 100) ? [90, 40 + y, 30, 255] : [255, 0, 0, 0])),
      'palette.png': pngPalette(120, 90, [[250, 250, 250], [120, 10, 30], [10, 40, 90]], (x, y) => (inside(x, y, 90) ? 1 + ((x >> 3) & 1) : 0)),
      'deep.png': png16(300, 200, (x, y) => (inside(x, y, 200) ? (x * 257 * y) % 30_000 : 60_123 + ((x * y) % 300))),
      'deep-exact.png': png16(28, 28, (x, y) => (x * 2221 + y * 3137) % 65_536),
      'gamma.png': pngWith(png(28, 28, (x, y) => x * 9 + (y % 4)), 'gAMA', [0, 1, 0x86, 0xa0]),
      'gamma-usual.png': pngWith(png(60, 60, scene(60)), 'gAMA', [0, 0, 0xb1, 0x8f]),
      'srgb.png': pngWith(png(60, 60, scene(60)), 'sRGB', [0]),
      'chromatic.png': pngWith(pngPalette(60, 60, [[240, 230, 220], [200, 20, 60]], (x, y) => Number(inside(x, y, 60))), 'cHRM', [0, 0, 0x7a, 0x26, 0, 0, 0x80, 0x84, 0, 0, 0xfa, 0, 0, 0, 0x80, 0xe8, 0, 0, 0x75, 0x30, 0, 0, 0xea, 0x60, 0, 0, 0x3a, 0x98, 0, 0, 0x17, 0x70]),
    });
    await alike(page, { 'moving.gif': gif([40, 250]) }, { type: 'image/gif' });
    await alike(page, { 'true.bmp': bmpAlpha(50, 40, (x, y) => (inside(x, y, 40) ? [10, 80, x, 255] : [240, 241, 242, 255])) }, { type: 'image/bmp' });
  }));

/** A picture as this browser writes it. */
const written = async (page, { side, type, quality, colour = true }) =>
  Buffer.from(
    await page.evaluate(
      async ({ side, type, quality, colour }) => {
        const canvas = new OffscreenCanvas(side, Math.round(side * 0.8));
        const context = canvas.getContext('2d');
        context.fillStyle = 'rgb(236, 233, 228)';
        context.fillRect(0, 0, canvas.width, canvas.height);
        const cloth = context.createLinearGradient(0, 0, side, canvas.height);
        cloth.addColorStop(0, colour ? 'rgb(40, 60, 130)' : 'rgb(40, 40, 40)');
        cloth.addColorStop(1, colour ? 'rgb(120, 40, 90)' : 'rgb(140, 140, 140)');
        context.fillStyle = cloth;
        context.beginPath();
        for (const [x, y] of [[0.35, 0.1], [0.65, 0.1], [0.85, 0.3], [0.76, 0.42], [0.68, 0.35], [0.68, 0.9], [0.32, 0.9], [0.32, 0.35], [0.24, 0.42], [0.15, 0.3]]) context.lineTo(x * side, y * canvas.height);
        context.fill();
        return [...new Uint8Array(await (await canvas.convertToBlob({ type, quality })).arrayBuffer())];
      },
      { side, type, quality, colour },
    ),
  );

test('JPEG, turned in every way, and WebP', { skip }, () =>
  visit(site, async (page) => {
    await modelsReady(page);
    for (const side of [64, 301, 1025, 2000]) {
      const jpeg = await written(page, { side, type: 'image/jpeg', quality: 0.92 });
      await alike(page, { [`${side}.jpg`]: jpeg }, { within: JPEG, type: 'image/jpeg' });
      if (side === 301) for (let way = 1; way <= 8; way++) await alike(page, { [`way-${way}.jpg`]: turned(jpeg, way) }, { within: JPEG, type: 'image/jpeg' });
      await alike(page, { [`${side}-lossless.webp`]: await written(page, { side, type: 'image/webp', quality: 1 }) }, { type: 'image/webp' });
    }
  }));

test('twelve photographs of the project’s own; the best model knows nine', { skip }, () =>
  visit(site, async (page) => {
    await modelsReady(page);
    const own = join(folder, 'own');
    const said = execFileSync(command, ['photographs', own], { encoding: 'utf8' }).trim().split('\n');
    const { labels } = await manifest();
    const right = new Map();
    for (const line of said) {
      const [, path, label] = /^(\S+) .*\(([^)]+)\)$/.exec(line);
      const name = basename(path);
      await alike(page, { [name]: await readFile(path) });
      const bars = await page.locator('vitrine-probability-bars').evaluate(({ columns }) => columns.map(({ model, best }) => [model, best]));
      for (const [model, best] of bars) right.set(model, (right.get(model) ?? 0) + Number(labels[best] === label));
    }
    assert.equal(said.length, 12);
    assert.ok([...right.values()].some((count) => count >= 9), JSON.stringify([...right]));
  }));
