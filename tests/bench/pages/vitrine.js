/** This project's engine in a worker. */
import './answer.js';
import init, { KnnIndex, Network } from '/pkg/vitrine.js';

const models = new Map();
const read = async (path) => new Uint8Array(await (await fetch(path)).arrayBuffer());

answer({
  async start() {
    await init({ module_or_path: '/pkg/vitrine_bg.wasm' });
  },
  async load(name) {
    const bytes = await read(`/models/${name}`);
    models.set(name, name.endsWith('.onnx') ? new Network(bytes) : new KnnIndex(bytes));
  },
  logits: (name, pixels) => Array.from(models.get(name).logits(pixels)),
  run: (name, pixels, repetitions) => timed(repetitions, () => models.get(name).predict(pixels)),
});
