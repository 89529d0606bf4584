#!/usr/bin/env node
/**
 * This project beside its peers: the same files, the same Chromium, one thread each, in turns. Writes results.json after
 * every part, and measures only parts whose files have changed since, or that were not reached; `--again` begins anew,
 * `--quick` takes less than 90 s and is less exact, `--only PART` measures one part.
 */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join, resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { modelsReady } from '../e2e/actions.mjs';
import { packed, repository, start, visit } from '../e2e/site.mjs';
import { sizes } from './bytes.mjs';
import { multiplyAdds } from './onnx.mjs';
import { render } from './report.mjs';
import { serve } from './server.mjs';

const quick = process.argv.includes('--quick');
const again = process.argv.includes('--again');
const only = process.argv.includes('--only') ? process.argv[process.argv.indexOf('--only') + 1] : undefined;
const results = join(import.meta.dirname, quick ? 'results.quick.json' : 'results.json');
/** Rounds, milliseconds of a turn, and how much of the long parts is done. */
const effort = quick
  ? { rounds: 7, slice: 40, batches: 6, pairs: 1, firsts: 3, watch: 3000, references: 0 }
  : { rounds: 25, slice: 200, batches: 157, pairs: 2, firsts: 9, watch: 10_000, references: 10_000 };
const PAIRED = 313;
const MODELS = ['cnn', 'mlp', 'cnn-slim'];
const file = (model) => `models/${model}.onnx`;

const say = (text) => process.stderr.write(`  ${text}\n`);
const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1];
const summary = (values) => ({ median: median(values), min: Math.min(...values), max: Math.max(...values), count: values.length });
/** Medians of what was measured in the same round. */
const ratio = (own, other) => median(own.map((value, at) => value / other[at]));

/** The first images of an IDX file of the data set, as bytes; undefined where this machine has none. */
function idx(name, header, bytes) {
  const folders = [process.env.VITRINE_DATA, 'data'].filter(Boolean).map((folder) => resolve(repository, folder, name));
  const found = folders.find((path) => existsSync(path));
  return found && gunzipSync(readFileSync(found)).subarray(header, header + bytes);
}

const test = idx('t10k-images-idx3-ubyte.gz', 16, 64 * 784);
/** Without the data set: images of a formula, with as many zeros as garments have. */
const made = Uint8Array.from({ length: 64 * 784 }, (_, at) => (at % 28 < 7 || at % 28 > 20 ? 0 : (at * 31 + (at >> 5) * 7919) % 256));
const images = Array.from(test ?? made);
const training = effort.references > 0 ? idx('train-images-idx3-ubyte.gz', 16, effort.references * 784) : undefined;
const labels = training && idx('train-labels-idx1-ubyte.gz', 8, effort.references);

const files = new Map(training ? [['/data/images', training], ['/data/labels', labels]] : []);
const { url, close } = await serve(files);
const site = await start();

const LOCK = 'tests/bench/package-lock.json';
const WASM = ['www/pkg/vitrine_bg.wasm', 'www/pkg/vitrine_relaxed_bg.wasm'];
/** What measures: a part that is measured in another way has other figures. */
const PAGES = readdirSync(join(import.meta.dirname, 'pages')).map((name) => `tests/bench/pages/${name}`);
/** The built site: names of assets have their content's hash. */
const SITE = ['www/dist/index.html', ...readdirSync(join(repository, 'www/dist/assets')).filter((name) => /\.(js|css)$/.test(name)).map((name) => `www/dist/assets/${name}`)];

/** What a part's figures depend on: this machine, and these files. */
function stampOf(paths) {
  const hash = createHash('sha256').update(`${found.machine.processor} ${found.machine.chromium}`);
  for (const path of paths.toSorted()) hash.update(path).update(readFileSync(join(repository, path)));
  return hash.digest('hex').slice(0, 16);
}

const before = existsSync(results) && !again ? JSON.parse(readFileSync(results, 'utf8')) : undefined;
const found = { quick, machine: machine(), multiplyAdds: work(), stamps: before?.stamps ?? {}, parts: before?.parts ?? {} };

/** Multiply-adds of an image, by model. */
function work() {
  return Object.fromEntries(MODELS.map((model) => [model, multiplyAdds(readFileSync(join(repository, file(model))))]));
}

function machine() {
  const version = (name) => JSON.parse(readFileSync(join(import.meta.dirname, 'node_modules', name, 'package.json'), 'utf8')).version;
  return {
    processor: cpus()[0]?.model.trim() ?? 'unknown',
    threads: cpus().length,
    chromium: site.browser.version(),
    images: test ? 'the first test images' : 'images of a formula (no data set here)',
    onnxruntime: version('onnxruntime-web'),
    litert: version('@litertjs/core'),
    tfjs: version('@tensorflow/tfjs-core'),
    mlknn: version('ml-knn'),
  };
}

async function part(name, paths, work) {
  const stamp = stampOf(paths);
  if (only !== undefined && name !== only) return;
  if (found.parts[name] && found.stamps[name] === stamp) return say(`${name}: measured before`);
  const begun = performance.now();
  found.parts[name] = await work();
  found.stamps[name] = stamp;
  writeFileSync(results, `${JSON.stringify(found, null, 1)}\n`);
  say(`${name}: ${((performance.now() - begun) / 1000).toFixed(0)} s`);
}

async function inPage(work, argument) {
  const context = await site.browser.newContext();
  try {
    const page = await context.newPage();
    page.setDefaultTimeout(0);
    await page.goto(`${url}/pages/index.html`);
    await page.waitForFunction(() => globalThis.bench);
    return await page.evaluate(work, argument);
  } finally {
    await context.close();
  }
}

/** Rounds of engines on models: milliseconds per image, and each peer's share of this project's time. */
const compare = (entries) => async () => {
  const times = await inPage(({ entries, images, rounds, slice }) => globalThis.bench.rounds(entries, images, rounds, slice), {
    entries, images, rounds: effort.rounds, slice: effort.slice,
  });
  return Object.fromEntries(times.map((own, at) => [entries[at].as ?? entries[at].engine, { ...summary(own), ratio: ratio(times[0], own) }]));
};

const ENGINES = ['vitrine', 'onnxruntime', 'litert', 'tfjs'];

try {
  await part('peak', ['tests/bench/pages/peak.js'], () => inPage(async ({ quick }) => ({ multiplyAddsPerSecond: await globalThis.bench.peak(quick ? 5 : 15, 50) }), { quick }));

  await part('agreement', [LOCK, ...PAGES, ...WASM, ...MODELS.map(file)], async () => {
    const few = images.slice(0, 32 * 784);
    const furthest = {};
    for (const model of MODELS.map((name) => `${name}.onnx`)) {
      const answers = await inPage(async ({ engines, model, few }) => {
        const logits = [];
        for (const engine of engines) logits.push(await globalThis.bench.logits(engine, model, few));
        return logits;
      }, { engines: ENGINES, model, few });
      const off = answers.slice(1).map((other) => Math.max(...other.map((value, at) => Math.abs(value - answers[0][at]))));
      furthest[model] = Math.max(...off);
      if (!(furthest[model] < 1e-3)) throw new Error(`${model}: logits differ from vitrine's by ${off.map((value, at) => `${value} (${ENGINES[at + 1]})`).join(', ')}: not the same network`);
    }
    return furthest;
  });

  for (const model of MODELS) {
    for (const batch of [1, 32]) {
      await part(`${model}, batch ${batch}`, [LOCK, ...PAGES, ...WASM, file(model)], compare(ENGINES.map((engine) => ({ engine, model: `${model}.onnx`, batch }))));
    }
  }
  await part('relaxed and plain', [...PAGES, ...WASM, file('cnn')], async () => {
    const rows = {};
    for (const batch of [1, 32]) Object.assign(rows, await compare(['relaxed', 'plain'].map((engine) => ({ engine, as: `${engine}, batch ${batch}`, model: 'cnn.onnx', batch })))());
    return rows;
  });
  await part('slim and exact', [...PAGES, ...WASM, file('cnn'), file('cnn-slim')], compare([{ engine: 'vitrine', as: 'slim', model: 'cnn-slim.onnx', batch: 1 }, { engine: 'vitrine', as: 'exact', model: 'cnn.onnx', batch: 1 }]));
  await part('neighbours and exact', [...PAGES, ...WASM, file('cnn'), 'models/knn.index'], compare([{ engine: 'vitrine', as: 'neighbours', model: 'knn.index', batch: 1 }, { engine: 'vitrine', as: 'exact', model: 'cnn.onnx', batch: 1 }]));
  if (training) {
    await part('neighbours', [LOCK, ...PAGES, ...WASM, 'models/knn.index'], compare([{ engine: 'vitrine', model: 'knn.index', batch: 1 }, { engine: 'mlknn', model: '/data/', batch: 1, more: [effort.references] }]));
  }

  await part('test set, two workers', [LOCK, ...PAGES, ...WASM, file('cnn')], async () => {
    const times = await inPage(({ names, images, batches, pairs }) => globalThis.bench.together(names, 'cnn.onnx', images, batches, pairs), {
      names: ['vitrine', 'onnxruntime'], images, batches: effort.batches, pairs: effort.pairs,
    });
    const scaled = times.map((own) => own.map((value) => (value / effort.batches) * (PAIRED / 2) / 1000));
    return { images: effort.batches * 64, vitrine: summary(scaled[0]), onnxruntime: { ...summary(scaled[1]), ratio: ratio(scaled[0], scaled[1]) } };
  });

  await part('first prediction', [LOCK, ...PAGES, ...WASM, file('cnn-slim')], async () => {
    const times = { vitrine: [], onnxruntime: [], litert: [] };
    for (let round = 0; round < effort.firsts; round++) {
      for (const engine of Object.keys(times)) {
        const context = await site.browser.newContext();
        const page = await context.newPage();
        await page.goto(`${url}/pages/first.html?engine=${engine}`);
        await page.waitForFunction(() => globalThis.first);
        times[engine].push((await page.evaluate(() => globalThis.first)).milliseconds);
        await context.close();
      }
    }
    return Object.fromEntries(Object.entries(times).map(([engine, own]) => [engine, engine === 'vitrine' ? summary(own) : { ...summary(own), ratio: ratio(times.vitrine, own) }]));
  });

  // Without the test set nothing would compute meanwhile.
  if (packed()) await part('main thread', [...WASM, ...SITE], async () => {
    let longest;
    await visit(site, async (page) => {
      await modelsReady(page);
      await page.evaluate(() => {
        // The time between two turns of the event loop: no task was longer.
        const { port1, port2 } = new MessageChannel();
        globalThis.gaps = [];
        let last = performance.now();
        port1.onmessage = () => {
          const now = performance.now();
          globalThis.gaps.push(now - last);
          last = now;
          setTimeout(() => { last = performance.now(); port2.postMessage(null); }, 0);
        };
        port2.postMessage(null);
        globalThis.longTasks = [];
        new PerformanceObserver((list) => globalThis.longTasks.push(...list.getEntries().map(({ duration }) => duration))).observe({ type: 'longtask' });
      });
      await page.locator('vitrine-measure-panel button').first().click();
      await page.locator('vitrine-measure-panel progress').first().waitFor();
      await page.waitForTimeout(effort.watch);
      longest = await page.evaluate(() => ({
        gap: globalThis.gaps.reduce((most, gap) => Math.max(most, gap), 0),
        turns: globalThis.gaps.length,
        longTasks: globalThis.longTasks,
      }));
    }, { expected: [/./] });
    return longest;
  });

  await part('bytes', [LOCK, 'tests/bench/bytes.mjs', ...WASM, file('cnn-slim'), ...SITE], () => sizes({ peer: !quick }));
  if (!quick) {
    render(found);
    say('docs/performance.md and README.md have their tables');
  }
  process.stdout.write(table());
} finally {
  await site.stop();
  close();
}

function table() {
  const { parts } = found;
  const lines = parts.peak ? [`peak: ${(parts.peak.multiplyAddsPerSecond / 1e9).toFixed(1)} G multiply-adds/s`] : [];
  for (const [name, rows] of Object.entries(parts)) {
    for (const [engine, { median, min, max, ratio }] of Object.entries(rows)) {
      if (median !== undefined) lines.push(`${name.padEnd(24)} ${engine.padEnd(12)} ${median.toFixed(4)} (${min.toFixed(4)}–${max.toFixed(4)})${ratio ? `  vitrine/this: ${ratio.toFixed(3)}` : ''}`);
    }
  }
  lines.push(`main thread: longest ${JSON.stringify(parts['main thread'] ?? 'not measured: no test set')}`, `bytes: ${JSON.stringify(parts.bytes)}`);
  return `${lines.join('\n')}\n`;
}
