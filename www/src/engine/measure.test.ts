/** A measurement reads every image once, and ends early when cancelled. */
import { expect, test } from 'vitest';
import { measure, type Lane, type Samples, type Score } from './measure';

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

/** Answers as `predictor` does, a turn later; its first `lost` batches are lost. */
const lane = (lost = 0): Lane & { asked: number } => ({
  asked: 0,
  ready: () => Promise.resolve(),
  async predict(pixels) {
    this.asked += 1;
    if (this.asked <= lost) throw new Error('lost');
    await new Promise((resolve) => setTimeout(resolve, 1));
    return predictor.predict(pixels);
  },
});

test('other threads share the work, and every image is measured once', async () => {
  const helper = lane();
  const slow = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 2));
  const signal = new AbortController().signal;
  const result = await measure(predictor, samples, { score, turn: slow, progress: () => undefined, signal, lanes: [helper] });
  expect(result).toMatchObject({ done: 70, total: 70, accuracy: 1, text: '70' });
  expect(helper.asked).toBeGreaterThan(0);
});

test('what a lost thread had is measured by this one', async () => {
  const result = await measure(predictor, samples, {
    score,
    turn,
    progress: () => undefined,
    signal: new AbortController().signal,
    lanes: [lane(9), { ready: () => Promise.reject(new Error('none')), predict: () => Promise.reject(new Error('none')) }],
  });
  expect(result).toMatchObject({ done: 70, total: 70, accuracy: 1 });
});

test('a cancelled measurement waits for no thread, and has no gap', async () => {
  const abort = new AbortController();
  const stuck: Lane = { ready: () => Promise.resolve(), predict: () => new Promise<Float32Array>(() => undefined) };
  const running = measure(predictor, samples, { score, turn, progress: () => undefined, signal: abort.signal, lanes: [stuck] });
  setTimeout(() => abort.abort(), 5);
  const { done, accuracy } = await running;
  expect([0, 32, 64, 70]).toContain(done);
  expect(done === 0 || accuracy === 1).toBe(true);
});

test('cancelled after the first batch, it tells what it has', async () => {
  const abort = new AbortController();
  const result = await measure(predictor, samples, { score, turn, progress: () => abort.abort(), signal: abort.signal });
  expect(result).toMatchObject({ done: 32, total: 70, accuracy: 1, text: '32' });
  expect(result.outcome).toMatchObject({ truth: samples.labels.slice(0, 32), predicted: samples.labels.slice(0, 32) });
  expect(result.outcome?.probabilities.length).toBe(320);
});
