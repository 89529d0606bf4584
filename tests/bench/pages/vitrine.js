/** This project's engine in a worker, with the wasm file that the page would take, or that `?relaxed` or `?plain` names. */
import './answer.js';
import { hasRelaxedSimd } from '/engine/features.js';
import init, { KnnIndex, Network } from '/pkg/vitrine.js';

const files = { relaxed: '/pkg/vitrine_relaxed_bg.wasm', plain: '/pkg/vitrine_bg.wasm' };
const named = new URL(location.href).search.slice(1);
const models = new Map();
const read = async (path) => new Uint8Array(await (await fetch(path)).arrayBuffer());

answer({
  async start() {
    await init({ module_or_path: files[named || (hasRelaxedSimd() ? 'relaxed' : 'plain')] });
  },
  async load(name) {
    const bytes = await read(`/models/${name}`);
    models.set(name, name.endsWith('.onnx') ? new Network(bytes) : new KnnIndex(bytes));
  },
  logits: (name, pixels) => Array.from(models.get(name).logits(pixels)),
  run: (name, pixels, batch, repetitions) => timed(repetitions, pixels, batch, (images) => models.get(name).predict(images)),
});
