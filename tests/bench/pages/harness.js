/** The page's half: engines in workers of which one computes at a time, and rounds in which each has its turn. */
import { peak } from './peak.js';

const engines = new Map();
const scripts = { vitrine: ['vitrine.js', 'module'], relaxed: ['vitrine.js?relaxed', 'module'], plain: ['vitrine.js?plain', 'module'], onnxruntime: ['onnxruntime.js', 'module'], tfjs: ['tfjs.js', 'classic'], litert: ['litert.js', 'classic'], mlknn: ['knn.js', 'module'] };

function spawn(kind) {
  const [script, type] = scripts[kind];
  const worker = new Worker(`/pages/${script}`, { type });
  const waiting = new Map();
  let last = 0;
  worker.onmessage = ({ data: { id, value, error } }) => {
    const { resolve, reject } = waiting.get(id);
    waiting.delete(id);
    if (error === undefined) resolve(value);
    else reject(new Error(`${kind}: ${error}`));
  };
  worker.onerror = (event) => waiting.forEach(({ reject }) => reject(new Error(`${kind}: ${event.message}`)));
  const ask = (call, ...given) => new Promise((resolve, reject) => {
    waiting.set(++last, { resolve, reject });
    worker.postMessage({ id: last, call, given });
  });
  return { ask, end: () => worker.terminate() };
}

/** The engine `name`, such as `vitrine` or `vitrine.2`, started when it is first asked for, with `model` loaded. */
async function engine(name, model, ...more) {
  let found = engines.get(name);
  if (!found) {
    found = { ...spawn(name.split('.')[0]), loaded: new Set() };
    engines.set(name, found);
    await found.ask('start');
  }
  if (!found.loaded.has(model)) {
    found.loaded.add(model);
    await found.ask('load', model, ...more);
  }
  return found;
}

/** As many images as the largest batch has: whatever its size, the same ones are answered. */
const IMAGES = 32;
const first = (images) => Float32Array.from(images.slice(0, IMAGES * 784), (ink) => ink / 255);

/** Milliseconds per image of each of `entries` (`{ engine, model, batch }`), in `rounds` rounds of at least `slice` ms each. */
async function rounds(entries, images, count, slice) {
  const runners = [];
  for (const { engine: name, model, batch, more = [] } of entries) {
    const found = await engine(name, model, ...more);
    const run = (repetitions) => found.ask('run', model, first(images), batch, repetitions);
    await run(1);
    // Warm: the browser compiles hot code a second time.
    let repetitions = 1;
    for (let took = await run(1); took < slice; took = await run(repetitions)) repetitions = Math.ceil(repetitions * Math.min(8, Math.max(1.2, slice / Math.max(took, 0.05))));
    runners.push({ run: async () => (await run(repetitions)) / repetitions / batch });
  }
  const times = entries.map(() => []);
  for (let round = 0; round < count; round++) {
    for (let turn = 0; turn < runners.length; turn++) {
      const at = round % 2 ? runners.length - 1 - turn : turn;
      times[at].push(await runners[at].run());
    }
  }
  return times;
}

/** Milliseconds in which two workers of each of `names` do `batches` batches of 32 each, `pairs` times in turn. */
async function together(names, model, images, batches, pairs) {
  const pixels = first(images);
  const times = names.map(() => []);
  for (const name of names) for (const half of ['', '.2']) await (await engine(name + half, model)).ask('run', model, pixels, IMAGES, 1);
  for (let pair = 0; pair < pairs; pair++) {
    for (const [at, name] of names.entries()) {
      const workers = await Promise.all(['', '.2'].map((half) => engine(name + half, model)));
      const begun = performance.now();
      await Promise.all(workers.map(({ ask }) => ask('run', model, pixels, IMAGES, batches)));
      times[at].push(performance.now() - begun);
    }
  }
  return times;
}

async function logits(name, model, images) {
  return (await engine(name, model)).ask('logits', model, Float32Array.from(images, (ink) => ink / 255));
}

function end() {
  engines.forEach((found) => found.end());
  engines.clear();
}

globalThis.bench = { rounds, together, logits, peak, end };
