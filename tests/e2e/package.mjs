/** The npm package in a browser: pages of other people, made of strings, beside its files. */
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { host } from './host.mjs';
import { freePort, manifest, metrics, repository, testFiles } from './site.mjs';

export const folder = join(repository, 'www/dist-package');
const HEADER = 16;
const PIXELS = 784;
/** Of probabilities: f32 sums in another order, on logits of magnitude 10. */
export const TOLERANCE = 1e-4;

/** A page with `body` that loads the bundle. */
export const document = (body, head = '<script type="module" src="/dist/vitrine.js"></script>') =>
  `<!doctype html><html lang="en"><head><meta charset="utf-8"><link rel="icon" href="data:,"><title>A course</title>${head}</head><body>${body}</body></html>`;

/** Serves the package, and `pages` by path beside it; `asked`: the path of every request so far. */
export async function packageHost(pages, options = {}) {
  assert.ok(existsSync(join(folder, 'package.json')), 'www/dist-package is missing; run ./build.sh package first');
  const asked = [];
  const answer = (path) => (path in pages ? { headers: { 'content-type': 'text/html; charset=utf-8' }, body: pages[path] } : undefined);
  const { url, close } = await host(folder, await freePort(), (path) => asked.push(path), { answer, ...options });
  return { url, close, asked, wasm: () => asked.filter((path) => path.endsWith('.wasm')) };
}

const softmax = (logits, temperature) => {
  const highest = Math.max(...logits);
  const powers = logits.map((logit) => Math.exp((logit - highest) / temperature));
  const sum = powers.reduce((a, b) => a + b);
  return powers.map((power) => power / sum);
};

/** Test images whose logits onnxruntime gave: `[{ ink, expected: { role: probabilities } }]`. */
export async function goldenImages(numbers) {
  const images = gunzipSync(await readFile(testFiles()[0])).subarray(HEADER);
  const { models } = JSON.parse(await readFile(join(repository, 'tests/golden/networks.json'), 'utf8'));
  const { files } = await manifest();
  const measured = await metrics();
  const roles = files.filter(({ path }) => models[path]);
  assert.ok(roles.length >= 2);
  return numbers.map((number) => ({
    ink: [...images.subarray(number * PIXELS, (number + 1) * PIXELS)],
    expected: Object.fromEntries(roles.map(({ path, role }) => [role, softmax(models[path].logits[number], measured[role].temperature)])),
  }));
}

/** Runs in the page: what an element makes of 784 pixels of ink. */
export async function classifyInk([selector, ink]) {
  const rgba = new Uint8ClampedArray(ink.length * 4);
  ink.forEach((value, at) => rgba.set([value, value, value, 255], at * 4));
  const { answers, unlike } = await document.querySelector(selector).classify({ rgba, width: 28, height: 28 });
  return { unlike, answers: Object.fromEntries(answers.map(({ model, label, probabilities }) => [model, { label, probabilities: [...probabilities] }])) };
}

/** Holds answers against those of onnxruntime. */
export function near(answers, expected, what) {
  for (const [role, probabilities] of Object.entries(expected)) {
    const furthest = Math.max(...probabilities.map((probability, label) => Math.abs(probability - answers[role].probabilities[label])));
    assert.ok(furthest <= TOLERANCE, `${what}, ${role}: differs by up to ${furthest}`);
  }
}
