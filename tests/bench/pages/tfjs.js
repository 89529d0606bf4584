/** TensorFlow.js on its wasm backend in a worker: the same layers, rebuilt from the same file; bias and rectifier fused. */
importScripts('/pages/answer.js', '/npm/@tensorflow/tfjs-core/dist/tf-core.min.js', '/npm/@tensorflow/tfjs-backend-wasm/dist/tf-backend-wasm.min.js');

const models = new Map();

function floats({ shape, base64 }) {
  const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
  return { shape, values: new Float32Array(bytes.buffer) };
}

/** Layers as functions of what came before; `channels` × `side`² is what the last maps had, for the order of a flattening. */
async function build(name) {
  const layers = await (await fetch(`/layers/${name}`)).json();
  const steps = [];
  let maps = { channels: 1, side: 28 };
  let flattened;
  for (let at = 0; at < layers.length; at++) {
    const { operator, inputs, output, attributes, weight, bias } = layers[at];
    const rectified = (operator === 'Conv' || operator === 'Gemm') && layers[at + 1]?.operator === 'Relu';
    const to = rectified ? layers[++at].output : output;
    const activation = rectified ? 'relu' : 'linear';
    if (operator === 'Conv') {
      const { shape, values } = floats(weight);
      const filter = tf.tidy(() => tf.transpose(tf.tensor(values, shape), [2, 3, 1, 0]));
      const offsets = tf.tensor(floats(bias).values);
      const strides = attributes.strides ?? [1, 1];
      const [top, left, bottom, right] = attributes.pads;
      const pad = [[0, 0], [top, bottom], [left, right], [0, 0]];
      steps.push([to, (value) => tf.fused.conv2d({ x: value(inputs[0]), filter, strides, pad, bias: offsets, activation })]);
      maps = { channels: shape[0], side: Math.floor((maps.side + top + bottom - shape[2]) / strides[0]) + 1 };
    } else if (operator === 'Gemm') {
      const { shape: [rows, columns], values } = floats(weight);
      let b = tf.tensor(values, [rows, columns]);
      // Flattening goes over channels last here, over channels first in the file.
      if (flattened && flattened.side > 1) {
        const maps = tf.reshape(b, [flattened.channels, flattened.side, flattened.side, columns]);
        b = tf.reshape(tf.transpose(maps, [1, 2, 0, 3]), [rows, columns]);
      }
      flattened = undefined;
      const offsets = tf.tensor(floats(bias).values);
      steps.push([to, (value) => tf.fused.matMul({ a: value(inputs[0]), b, bias: offsets, activation })]);
    } else if (operator === 'MaxPool') {
      steps.push([to, (value) => tf.maxPool(value(inputs[0]), 2, 2, 'valid')]);
      maps = { ...maps, side: Math.floor(maps.side / 2) };
    } else if (operator === 'GlobalAveragePool') {
      steps.push([to, (value) => tf.mean(value(inputs[0]), [1, 2], true)]);
      maps = { ...maps, side: 1 };
    } else if (operator === 'Flatten') {
      steps.push([to, (value) => tf.reshape(value(inputs[0]), [value(inputs[0]).shape[0], -1])]);
      flattened = maps;
    } else if (operator === 'Relu') {
      steps.push([to, (value) => tf.relu(value(inputs[0]))]);
    } else if (operator === 'Add') {
      steps.push([to, (value) => tf.add(value(inputs[0]), value(inputs[1]))]);
    } else {
      throw new Error(`${operator} is not known`);
    }
  }
  const input = layers[0].inputs[0];
  return (pixels) => tf.tidy(() => {
    const values = new Map([[input, tf.tensor(pixels, [pixels.length / 784, 28, 28, 1])]]);
    for (const [to, step] of steps) values.set(to, step((name) => values.get(name)));
    return values.get(steps.at(-1)[0]).dataSync();
  });
}

answer({
  async start() {
    tf.wasm.setWasmPaths('/npm/@tensorflow/tfjs-backend-wasm/dist/');
    tf.wasm.setThreadsCount(1);
    await tf.setBackend('wasm');
    await tf.ready();
  },
  load: async (name) => void models.set(name, await build(name)),
  logits: (name, pixels) => Array.from(models.get(name)(pixels)),
  run: (name, pixels, batch, repetitions) => timed(repetitions, pixels, batch, (images) => models.get(name)(images)),
});
