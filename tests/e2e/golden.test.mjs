/** The committed networks in this browser's wasm against onnxruntime's logits of 64 real test images. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { needsData, repository, start, testFiles, visit } from './site.mjs';

const HEADER = 16;
const PIXELS = 784;
/** f32 sums in another order, on logits of magnitude 10. */
const TOLERANCE = 1e-4;

let site;
before(async () => (site = await start()));
after(() => site.stop());

/** Serves the wasm package and the models beside the site, as files that only this test knows. */
async function serveFiles(page) {
  await page.route('**/golden/*', async (route) => {
    const name = new URL(route.request().url()).pathname.split('/').at(-1);
    const path = join(repository, name.endsWith('.onnx') ? 'models' : 'www/pkg', name);
    const contentType = name.endsWith('.js') ? 'text/javascript' : name.endsWith('.wasm') ? 'application/wasm' : 'application/octet-stream';
    await route.fulfill({ body: await readFile(path), contentType });
  });
}

/** Runs in the page. */
async function logitsInPage({ file: wasmFile, name, bytes }) {
  const wasm = await import('/golden/vitrine.js');
  await wasm.default({ module_or_path: `/golden/${wasmFile}` });
  const file = new Uint8Array(await (await fetch(`/golden/${name}`)).arrayBuffer());
  const network = new wasm.Network(file);
  return Array.from(network.logits(Float32Array.from(bytes, (byte) => byte / 255)));
}

// A page each: the package is started once in a page.
for (const file of ['vitrine_bg.wasm', 'vitrine_relaxed_bg.wasm']) test(`${file}: logits of real images equal onnxruntime’s`, { skip: needsData() }, async () => {
  const golden = JSON.parse(await readFile(join(repository, 'tests/golden/networks.json'), 'utf8'));
  const images = gunzipSync(await readFile(testFiles()[0])).subarray(HEADER);
  await visit(site, async (page) => {
    await serveFiles(page);
    for (const [name, { logits }] of Object.entries(golden.models)) {
      const bytes = Array.from(images.subarray(0, logits.length * PIXELS));
      const found = await page.evaluate(logitsInPage, { file, name, bytes });
      const furthest = Math.max(...logits.flat().map((expected, at) => Math.abs(expected - found[at])));
      assert.ok(furthest <= TOLERANCE, `${file}, ${name}: differs by up to ${furthest}`);
    }
    assert.ok(Object.keys(golden.models).length >= 2);
  });
});
