/** ml-knn in a worker: a KD-tree over the pixels of training images. */
import './answer.js';
import KNN from '/npm/ml-knn/src/index.js';

let knn;

answer({
  start: () => undefined,
  async load(path, count) {
    const [pixels, labels] = await Promise.all([`${path}images`, `${path}labels`].map(async (file) => new Uint8Array(await (await fetch(file)).arrayBuffer())));
    const rows = Array.from({ length: count }, (_, at) => Array.from(pixels.subarray(at * 784, (at + 1) * 784), (ink) => ink / 255));
    knn = new KNN(rows, Array.from(labels.subarray(0, count)), { k: 5 });
  },
  run: (_name, pixels, batch, repetitions) => timed(repetitions, pixels, batch, (images) => knn.predict([Array.from(images)])),
});
