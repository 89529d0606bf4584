/** From navigation to the first prediction of the model that answers first, by the engine that the address names. */
const engine = new URL(location.href).searchParams.get('engine');
const model = '/models/cnn-slim.onnx';
const pixels = new Float32Array(784).fill(0.5);

async function vitrine() {
  const bytes = fetch(model).then((response) => response.arrayBuffer());
  // As the site does: the file's name is known before the JavaScript beside it is there.
  const wasm = import('/engine/features.js').then(({ hasRelaxedSimd }) => fetch(hasRelaxedSimd() ? '/pkg/vitrine_relaxed_bg.wasm' : '/pkg/vitrine_bg.wasm'));
  const { default: init, Network } = await import('/pkg/vitrine.js');
  await init({ module_or_path: wasm });
  return new Network(new Uint8Array(await bytes)).logits(pixels);
}

async function onnxruntime() {
  const bytes = fetch(model).then((response) => response.arrayBuffer());
  const ort = await import('/npm/onnxruntime-web/dist/ort.wasm.min.mjs');
  ort.env.wasm.numThreads = 1;
  ort.env.wasm.wasmPaths = '/npm/onnxruntime-web/dist/';
  const session = await ort.InferenceSession.create(new Uint8Array(await bytes), { executionProviders: ['wasm'] });
  return (await session.run({ image: new ort.Tensor('float32', pixels, [1, 1, 28, 28]) })).logits.data;
}

async function litert() {
  const bytes = fetch('/litert/cnn-slim.1.tflite').then((response) => response.arrayBuffer());
  const { loadLiteRt, loadAndCompile, Tensor } = await import('/npm/@litertjs/core/dist/index.js');
  await loadLiteRt('/npm/@litertjs/core/wasm/');
  const network = await loadAndCompile(new Uint8Array(await bytes), { accelerator: 'wasm' });
  const [found] = await network.run([new Tensor(pixels, [1, 28, 28, 1])]);
  return found.toTypedArray();
}

const logits = await { vitrine, onnxruntime, litert }[engine]();
globalThis.first = { milliseconds: performance.now(), logits: Array.from(logits) };
