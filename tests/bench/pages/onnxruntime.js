/** onnxruntime-web's wasm backend in a worker, one thread. */
import './answer.js';
import * as ort from '/npm/onnxruntime-web/dist/ort.wasm.min.mjs';

const sessions = new Map();
ort.env.wasm.numThreads = 1;
ort.env.wasm.wasmPaths = '/npm/onnxruntime-web/dist/';

const run = async (name, pixels) => {
  const image = new ort.Tensor('float32', pixels, [pixels.length / 784, 1, 28, 28]);
  return (await sessions.get(name).run({ image })).logits.data;
};

answer({
  start: () => undefined,
  async load(name) {
    const bytes = new Uint8Array(await (await fetch(`/models/${name}`)).arrayBuffer());
    sessions.set(name, await ort.InferenceSession.create(bytes, { executionProviders: ['wasm'] }));
  },
  logits: async (name, pixels) => Array.from(await run(name, pixels)),
  run: (name, pixels, batch, repetitions) => timed(repetitions, pixels, batch, (images) => run(name, images)),
});
