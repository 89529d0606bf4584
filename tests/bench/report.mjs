#!/usr/bin/env node
/** results.json, native.json, train.json and size-steps.json → the tables of docs/performance.md and the README. `--check` fails when they are stale. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const repository = resolve(import.meta.dirname, '../..');
const read = (name) => JSON.parse(readFileSync(join(import.meta.dirname, name), 'utf8'));

const ms = (value) => (value < 0.1 ? value.toFixed(3) : value < 10 ? value.toFixed(2) : value.toFixed(0));
const spread = ({ median, min, max }) => `${ms(median)} (${ms(min)}–${ms(max)})`;
const kilobytes = (bytes) => (bytes / 1000).toFixed(0);
const row = (cells) => `| ${cells.join(' | ')} |`;

/** Nothing where it was not measured, for want of the test set. */
const mainThread = (found) =>
  found ? ` While two threads measure, the main thread's longest time between two turns was ${found.gap.toFixed(1)} ms of ${found.turns} turns, with ${found.longTasks.length} tasks over 50 ms.` : '';

const NAMES = { vitrine: 'Vitrine', onnxruntime: 'onnxruntime-web', litert: 'LiteRT.js', tfjs: 'TensorFlow.js (wasm)', mlknn: 'ml-knn' };
/** The engines that were measured. */
const measured = (parts) => Object.keys(NAMES).filter((engine) => engine in parts['cnn, batch 1']);

function speeds({ machine, multiplyAdds, parts }) {
  const engines = measured(parts);
  const lines = [row(['ms per image', ...engines.map((name) => NAMES[name]), 'share of the peak']), row(['---', ...engines.map(() => '---:'), '---:'])];
  for (const name of Object.keys(multiplyAdds).flatMap((model) => [`${model}, batch 1`, `${model}, batch 32`])) {
    const part = parts[name];
    const share = multiplyAdds[name.split(',')[0]] / (part.vitrine.median / 1000) / parts.peak.multiplyAddsPerSecond;
    const cell = (engine) => (part[engine].ratio && engine !== 'vitrine' ? `${spread(part[engine])}, ratio ${part[engine].ratio.toFixed(2)}` : spread(part[engine]));
    lines.push(row([name, ...engines.map(cell), `${(share * 100).toFixed(0)} %`]));
  }
  const other = [row(['', 'Vitrine', 'beside it', 'ratio']), row(['---', '---:', '---:', '---:'])];
  const pair = (label, own, peer, unit, peerName) => other.push(row([label, `${spread(own)} ${unit}`, `${peerName}: ${spread(peer)} ${unit}`, peer.ratio.toFixed(3)]));
  const relaxed = parts['relaxed and plain'];
  for (const batch of relaxed ? [1, 32] : []) {
    pair(`CNN with relaxed SIMD, batch ${batch}`, relaxed[`relaxed, batch ${batch}`], relaxed[`plain, batch ${batch}`], 'ms', 'the wasm without it');
  }
  const slim = parts['slim and exact'];
  pair('slim CNN, one image', slim.slim, slim.exact, 'ms', 'exact CNN');
  const near = parts['neighbours and exact'];
  pair('neighbours of one image among 60,000', near.neighbours, near.exact, 'ms', 'exact CNN');
  if (parts.neighbours) pair('the same', parts.neighbours.vitrine, parts.neighbours.mlknn, 'ms', 'ml-knn, 10,000 references');
  const set = parts['test set, two workers'];
  pair('10,000 images, CNN, two workers', set.vitrine, set.onnxruntime, 's', 'onnxruntime-web, two workers');
  const first = parts['first prediction'];
  for (const peer of ['onnxruntime', 'litert']) if (first[peer]) pair('navigation to first prediction (slim CNN)', first.vitrine, first[peer], 'ms', NAMES[peer]);
  return [
    `Chromium ${machine.chromium} on ${machine.processor} (${machine.threads} threads); onnxruntime-web ${machine.onnxruntime}, LiteRT.js ${machine.litert}, TensorFlow.js ${machine.tfjs}, ml-knn ${machine.mlknn}; ${machine.images}. Medians of rounds in turns (lowest–highest); a ratio is the median of Vitrine's time over the other's in the same round. This core's peak in Chromium: ${(parts.peak.multiplyAddsPerSecond / 1e9).toFixed(1)} G multiply-adds/s; Winograd's tiles need fewer than the layers are written with, hence a share of the peak above what is done.`,
    '', ...lines, '', ...other, '',
    `The engines' logits differ by at most ${Math.max(...Object.values(parts.agreement)).toExponential(1)}.${mainThread(parts['main thread'])}`,
  ].join('\n');
}

function bytes({ parts }) {
  const { wasm, wasmRaw, engine, page, later, firstModel, firstLoad, onnxruntime, litert } = parts.bytes;
  return [
    row(['bytes under brotli 11', 'kB']), row(['---', '---:']),
    row(['wasm, the larger of two files of which a browser fetches one', `${kilobytes(wasm)} (${kilobytes(wasmRaw)} raw)`]),
    row(['page: HTML, CSS, JavaScript', kilobytes(page)]),
    row(['the first model (slim CNN)', kilobytes(firstModel)]),
    row(['first load to an answer', kilobytes(firstLoad)]),
    row(['scripts that come when they are wanted: panels, charts, languages', kilobytes(later)]),
    row(['onnxruntime-web alone', kilobytes(onnxruntime)]),
    row(['LiteRT.js alone', kilobytes(litert)]),
    '', `Vitrine's wasm and its worker, ${kilobytes(engine)} kB, are ${(engine / onnxruntime).toFixed(2)} of onnxruntime-web and ${(engine / litert).toFixed(2)} of LiteRT.js.`,
  ].join('\n');
}

function native({ onnxruntime, images, batch, rounds, rows }) {
  const lines = [row(['images a second', 'threads', 'Vitrine', 'onnxruntime', 'times as many']), row(['---', '---:', '---:', '---:', '---:'])];
  const whole = (value) => value.toFixed(0);
  for (const { model, threads, vitrine, onnxruntime: other, ratio } of rows) lines.push(row([model, threads, whole(vitrine), whole(other), ratio.toFixed(2)]));
  return [...lines, '', `\`vitrine evaluate\` beside onnxruntime ${onnxruntime} for Python: ${images} test images in batches of ${batch}, medians of ${rounds} rounds in turns.`].join('\n');
}

function training({ processor, threads, rounds, rows }) {
  const lines = [row(['network', 'batch', 'images a second', 'earlier build', 'times as many', 'CPU seconds, earlier build', 'images']), row(['---', '---:', '---:', '---:', '---:', '---:', '---:'])];
  const or = (value, text) => (value === undefined ? '–' : text(value));
  for (const { network, images, batch, vitrine, cpu_seconds: busy, earlier, earlier_cpu_seconds: earlierBusy, ratio } of rows) {
    lines.push(row([network, batch, vitrine.toFixed(0), or(earlier, (value) => value.toFixed(0)), or(ratio, (value) => value.toFixed(2)), `${busy.toFixed(1)}, ${or(earlierBusy, (value) => value.toFixed(1))}`, images]));
  }
  return [...lines, '', `One epoch of \`vitrine train\` on ${processor}, ${threads} threads: so many images are learned from, by this build its drawings beside them, which count and are in its seconds; as many other images are validated on. Medians of ${rounds} rounds in turns; the CPU's seconds are those of the whole command, reading the data set included.`].join('\n');
}

function steps() {
  const lines = [row(['step', 'raw, kB', 'brotli 11, kB']), row(['---', '---:', '---:'])];
  for (const { step, raw, brotli } of read('size-steps.json')) lines.push(row([step, kilobytes(raw), kilobytes(brotli)]));
  return lines.join('\n');
}

function summary({ parts, machine }) {
  const of = (name, engine) => parts[name][engine];
  const engines = measured(parts);
  const lines = [row(['', ...engines.map((name) => NAMES[name])]), row(['---', ...engines.map(() => '---:')])];
  for (const [label, name] of [['CNN, ms per image', 'cnn, batch 1'], ['CNN, ms per image in batches of 32', 'cnn, batch 32'], ['slim CNN, ms per image', 'cnn-slim, batch 1'], ['MLP, ms per image', 'mlp, batch 1']]) {
    lines.push(row([label, ...engines.map((engine) => ms(of(name, engine).median))]));
  }
  const sizes = { vitrine: kilobytes(parts.bytes.engine), onnxruntime: kilobytes(parts.bytes.onnxruntime), litert: kilobytes(parts.bytes.litert), tfjs: '' };
  lines.push(row(['wasm and its JavaScript, kB under brotli', ...engines.map((engine) => sizes[engine])]));
  return [...lines, '', `One thread each, Chromium ${machine.chromium} on ${machine.processor}; \`./build.sh bench\` measures it on your machine, [docs/performance.md](docs/performance.md) has the rest.`].join('\n');
}

/** Replaces what stands between `<!-- bench NAME … -->` and `<!-- /bench NAME -->`. */
function replaced(text, name, content) {
  const pattern = new RegExp(`(<!-- bench ${name}:[^>]*-->\\n)[\\s\\S]*?(<!-- /bench ${name} -->)`);
  if (!pattern.test(text)) throw new Error(`the marks of "bench ${name}" are missing`);
  return text.replace(pattern, (_, open, close) => `${open}${content}\n${close}`);
}

/** Path → text, as it should be. */
function documents(found) {
  const performance = join(repository, 'docs/performance.md');
  const readme = join(repository, 'README.md');
  let text = replaced(readFileSync(performance, 'utf8'), 'steps', steps());
  let first = readFileSync(readme, 'utf8');
  if (existsSync(join(import.meta.dirname, 'native.json'))) text = replaced(text, 'native', native(read('native.json')));
  if (existsSync(join(import.meta.dirname, 'train.json'))) text = replaced(text, 'training', training(read('train.json')));
  if (found) {
    text = replaced(replaced(text, 'speeds', speeds(found)), 'bytes', bytes(found));
    first = replaced(first, 'summary', summary(found));
  }
  return new Map([[performance, text], [readme, first]]);
}

export function render(found) {
  for (const [path, text] of documents(found)) writeFileSync(path, text);
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const results = join(import.meta.dirname, 'results.json');
  const found = existsSync(results) ? read('results.json') : undefined;
  if (process.argv.includes('--check')) {
    const stale = [...documents(found)].filter(([path, text]) => readFileSync(path, 'utf8') !== text).map(([path]) => path);
    if (stale.length > 0) {
      process.stderr.write(`stale: ${stale.join(', ')}; run node tests/bench/report.mjs\n`);
      process.exitCode = 1;
    }
  } else {
    render(found);
  }
}
