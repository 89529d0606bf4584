/** A measurement reads every image once, ends early when cancelled, and breaks ties downwards. */
import { expect, test } from 'vitest';
import { best, measure, type Samples, type Score } from './measure';

/** 70 images whose first pixel is their label over 10. */
const samples: Samples = {
  length: 70,
  labels: Uint8Array.from({ length: 70 }, (_, index) => index % 10),
  batch: (start, count) => {
    const pixels = new Float32Array(count * 784);
    for (let row = 0; row < count; row++) pixels[row * 784] = ((start + row) % 10) / 10;
    return pixels;
  },
};
const predictor = {
  predict: (pixels: Float32Array): Float32Array => {
    const rows = pixels.length / 784;
    const out = new Float32Array(rows * 10);
    for (let row = 0; row < rows; row++) out[row * 10 + Math.round((pixels[row * 784] ?? 0) * 10)] = 1;
    return out;
  },
};
const score: Score = (truth, predicted) => ({
  accuracy: truth.length === 0 ? 0 : truth.filter((label, at) => predicted[at] === label).length / truth.length,
  interval: [0, 1],
  macroF1: 0,
  rows: [],
  confusion: [],
  text: String(truth.length),
});
const turn = (): Promise<void> => Promise.resolve();

test('all images are measured, the last short batch too', async () => {
  const result = await measure(predictor, samples, { score, turn, progress: () => undefined, signal: new AbortController().signal });
  expect(result).toMatchObject({ done: 70, total: 70, accuracy: 1, text: '70' });
  expect(result.outcome?.truth).toEqual(samples.labels);
  expect(result.outcome?.predicted).toEqual(samples.labels);
  expect(result.outcome?.probabilities).toEqual(Float32Array.from({ length: 700 }, (_, at) => Number(at % 10 === Math.floor(at / 10) % 10)));
});

test('cancelled after the first batch, it tells what it has', async () => {
  const abort = new AbortController();
  const result = await measure(predictor, samples, { score, turn, progress: () => abort.abort(), signal: abort.signal });
  expect(result).toMatchObject({ done: 32, total: 70, accuracy: 1, text: '32' });
  expect(result.outcome).toMatchObject({ truth: samples.labels.slice(0, 32), predicted: samples.labels.slice(0, 32) });
  expect(result.outcome?.probabilities.length).toBe(320);
});

test('of equal probabilities the lowest label wins', () => {
  expect([best([0, 3, 3, 1]), best([2]), best([])]).toEqual([1, 0, 0]);
});
