#!/usr/bin/env node
/** What travels before the first answer, in bytes under brotli 11, and the limits that it must keep. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { brotliCompress, constants } from 'node:zlib';

const repository = resolve(import.meta.dirname, '../..');
const LIMITS = JSON.parse(readFileSync(join(import.meta.dirname, 'limits.json'), 'utf8'));

export async function compressed(path) {
  const bytes = readFileSync(path);
  const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 24, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
  return (await promisify(brotliCompress)(bytes, { params })).length;
}

/** The names in `assets/` that an English visitor's browser fetches before the first answer, beside the wasm: scripts, styles, the first model. */
export function firstFiles(dist) {
  const html = readFileSync(join(dist, 'index.html'), 'utf8');
  const named = [...html.matchAll(/assets\/([\w-]+\.(?:js|css))/g)].map(([, name]) => name);
  const own = readdirSync(join(dist, 'assets')).filter((name) => /^worker-(?!classic-).*\.js$|^cnn-slim-.*\.onnx$/.test(name));
  return [...new Set([...named, ...own])].sort();
}

/** Of the built site (`www/dist`) and, when asked for, of its peers, which take a minute to compress. */
export async function sizes({ peer }) {
  const dist = join(repository, 'www/dist');
  if (!existsSync(join(dist, 'index.html'))) throw new Error('www/dist is missing; run ./build.sh build first');
  const assets = readdirSync(join(dist, 'assets')).map((name) => join(dist, 'assets', name));
  const total = async (paths) => (await Promise.all(paths.map(compressed))).reduce((sum, size) => sum + size, 0);
  const ending = (pattern) => assets.filter((path) => pattern.test(path));
  // A browser fetches one of the two wasm files: the larger one counts.
  const files = ending(/\.wasm$/);
  if (files.length !== 2) throw new Error(`www/dist has ${files.length} wasm files, expected 2; run ./build.sh build`);
  const wasm = await Promise.all(files.map(async (path) => ({ raw: readFileSync(path).length, compressed: await compressed(path) })));
  const largest = wasm.reduce((one, other) => (other.compressed > one.compressed ? other : one));
  const first = firstFiles(dist).map((name) => join(dist, 'assets', name));
  const [models, scripts] = [first.filter((path) => path.endsWith('.onnx')), first.filter((path) => !path.endsWith('.onnx'))];
  const later = ending(/\.(js|css)$/).filter((path) => !scripts.includes(path));
  const found = {
    wasm: largest.compressed,
    wasmRaw: largest.raw,
    // Beside a peer's wasm and its JavaScript.
    engine: largest.compressed + (await total(scripts.filter((path) => /\/worker-[^/]+$/.test(path)))),
    page: await total([join(dist, 'index.html'), ...scripts]),
    later: await total(later),
    firstModel: await total(models),
  };
  found.firstLoad = found.wasm + found.page + found.firstModel;
  if (peer) {
    const peers = ['ort.wasm.min.mjs', 'ort-wasm-simd-threaded.mjs', 'ort-wasm-simd-threaded.wasm'];
    const packages = join(import.meta.dirname, 'node_modules');
    found.onnxruntime = await total(peers.map((name) => join(packages, 'onnxruntime-web/dist', name)));
    // What a browser with relaxed SIMD, without isolation, fetches.
    const others = ['core/dist/index.js', 'wasm-utils/dist/index.js', 'core/wasm/litert_wasm_internal.js', 'core/wasm/litert_wasm_internal.wasm'];
    found.litert = await total(others.map((name) => join(packages, '@litertjs', name)));
  }
  return found;
}

/** What others hand on: the pages that are one file as they lie on a disk, the element's scripts under brotli. */
async function products() {
  const www = join(repository, 'www');
  const paths = { oneFile: 'dist/vitrine.html', oneFileSmall: 'dist/vitrine-small.html', element: 'dist-package/dist/vitrine.js', elementWorker: 'dist-package/dist/worker.js' };
  for (const path of Object.values(paths)) if (!existsSync(join(www, path))) throw new Error(`www/${path} is missing; run ./build.sh build and ./build.sh package first`);
  const [element, worker] = await Promise.all([paths.element, paths.elementWorker].map((path) => compressed(join(www, path))));
  return { oneFile: statSync(join(www, paths.oneFile)).size, oneFileSmall: statSync(join(www, paths.oneFileSmall)).size, element: element + worker };
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const found = { ...(await sizes({ peer: false })), ...(await products()) };
  let failed = false;
  for (const [name, limit] of Object.entries(LIMITS)) {
    const over = found[name] > limit;
    failed ||= over;
    process.stdout.write(`${name}: ${found[name]} bytes${name.startsWith('oneFile') ? '' : ' under brotli'}, limit ${limit}${over ? ': OVER; find what grew, or raise tests/bench/limits.json with a reason' : ''}\n`);
  }
  process.exitCode = failed ? 1 : 0;
}
