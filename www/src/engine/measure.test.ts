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
const lane = (lost = 0): Lane & { batches: number } => ({
  batches: 0,
  async predict(pixels) {
    this.batches += 1;
    if (this.batches <= lost) throw new Error('lost');
    await new Promise((resolve) => setTimeout(resolve, 1));
    return predictor.predict(pixels);
  },
});
/** Never answers. */
const stuck: Lane = { predict: () => new Promise<Float32Array>(() => undefined) };
const joining =
  (...lanes: readonly Lane[]) =>
  (join: (lane: Lane) => void): void =>
    lanes.forEach(join);
const slow = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 2));
const quiet = { score, progress: () => undefined };

test('other threads share the work, and every image is measured once', async () => {
  const helper = lane();
  const result = await measure(predictor, samples, { ...quiet, turn: slow, signal: new AbortController().signal, joined: joining(helper) });
  expect(result).toMatchObject({ done: 70, total: 70, accuracy: 1, text: '70' });
  // Two of the three from the start.
  expect(helper.batches).toBeGreaterThanOrEqual(2);
});

test('one that comes later shares what is left', async () => {
  const helper = lane();
  let join: ((lane: Lane) => void) | undefined;
  const turnThenJoin = (): Promise<void> => slow().then(() => join?.(helper)).then(() => (join = undefined));
  const signal = new AbortController().signal;
  await measure(predictor, samples, { ...quiet, turn: turnThenJoin, signal, joined: (given) => (join = given) });
  expect(helper.batches).toBe(2);
});

test('what a lost or a stuck thread had is measured by this one', async () => {
  for (const lanes of [[lane(9)], [stuck], [stuck, lane(9), lane()]]) {
    const result = await measure(predictor, samples, { ...quiet, turn, signal: new AbortController().signal, joined: joining(...lanes) });
    expect(result).toMatchObject({ done: 70, total: 70, accuracy: 1 });
    expect(result.outcome?.predicted).toEqual(samples.labels);
  }
});

test('the count of images done waits for no stuck thread until the end', async () => {
  const many: Samples = { ...samples, length: 32 * 100, labels: new Uint8Array(32 * 100), batch: (_, count) => new Float32Array(count * 784) };
  const seen: number[] = [];
  let left = 90;
  const abort = new AbortController();
  const countdown = (): Promise<void> => ((left -= 1) === 0 && abort.abort(), Promise.resolve());
  const { done } = await measure(predictor, many, { score, progress: ({ done: so }) => seen.push(so), turn: countdown, signal: abort.signal, joined: joining(stuck) });
  expect(done).toBeGreaterThanOrEqual(32 * 64);
  expect(done).toBeLessThan(many.length);
});

test('a cancelled measurement waits for no thread, and has no gap', async () => {
  const abort = new AbortController();
  let turns = 0;
  // The stuck lane has the first two batches; this thread has measured the third when it is cancelled.
  const cancelling = (): Promise<void> => ((turns += 1) === 2 && abort.abort(), Promise.resolve());
  const result = await measure(predictor, samples, { ...quiet, turn: cancelling, signal: abort.signal, joined: joining(stuck) });
  expect(result).toMatchObject({ done: 0, total: 70 });
  expect(result.outcome?.predicted.length).toBe(0);
});

test('cancelled after the first batch, it tells what it has', async () => {
  const abort = new AbortController();
  const result = await measure(predictor, samples, { score, turn, progress: () => abort.abort(), signal: abort.signal });
  expect(result).toMatchObject({ done: 32, total: 70, accuracy: 1, text: '32' });
  expect(result.outcome).toMatchObject({ truth: samples.labels.slice(0, 32), predicted: samples.labels.slice(0, 32) });
  expect(result.outcome?.probabilities.length).toBe(320);
});
