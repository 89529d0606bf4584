/** LiteRT.js (XNNPACK in wasm, relaxed SIMD where there is any) in a worker, one thread. Classic: its loader imports scripts. */
importScripts('/pages/answer.js');

const wasm = '/npm/@litertjs/core/wasm/';
const models = new Map();
/** A file has a fixed batch. */
const BATCHES = [1, 32];
let litert;

/** `pixels`: as many images as one of the batches has. */
const run = async (name, pixels) => {
  const batch = pixels.length / 784;
  const image = new litert.Tensor(pixels, [batch, 28, 28, 1]);
  const [found] = await models.get(`${name} ${batch}`).run([image]);
  const logits = found.toTypedArray();
  image.delete();
  found.delete();
  return logits;
};

answer({
  async start() {
    litert = await import('/npm/@litertjs/core/dist/index.js');
    globalThis.Module = { locateFile: (file) => wasm + file };
    await litert.loadLiteRt(wasm);
  },
  async load(name) {
    for (const batch of BATCHES) {
      models.set(`${name} ${batch}`, await litert.loadAndCompile(`/litert/${name.replace('.onnx', '')}.${batch}.tflite`, { accelerator: 'wasm' }));
    }
  },
  logits: async (name, pixels) => Array.from(await run(name, pixels)),
  run: (name, pixels, batch, repetitions) => timed(repetitions, pixels, batch, (images) => run(name, images)),
});
