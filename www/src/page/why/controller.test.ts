/** How novel a changed picture is: what the panel holds, and what is said of it. */
import { beforeEach, expect, test } from 'vitest';
import type { Engine } from '../../engine/engine';
import { t } from '../../messages';
import type { Distorted, Distortion } from '../../shapes.why';
import { Views } from '../views';
import { type Subject, Why } from './controller';

type Ask = (call: string, ask: { distortion: Distortion }, options: { progress: (seen: Distorted) => void }) => Promise<null>;

const subject: Subject = { pixels: new Float32Array(784).fill(0.5), settled: true, classes: [], models: ['knn'], networks: [], novelty: 0.6, open: new Set(['break']) };
const [like, unlike] = [false, true].map(t.why.break.announceNovelty);
let said: string[];
let why: Why;

/** An engine whose index finds a picture more novel the farther it is shifted; every answer is the first class. */
const ask: Ask = (_call, { distortion }, { progress }) => {
  progress({ part: 'pixels', pixels: new Float32Array(784) });
  progress({ part: 'answer', answer: { model: 'knn', probabilities: [1, 0] } });
  progress({ part: 'novelty', novelty: 0.6 + distortion.shift_x / 10 });
  return Promise.resolve(null);
};

beforeEach(() => {
  said = [];
  why = new Why({ ask } as unknown as Engine, () => undefined, (text) => said.push(text), new Views());
  why.follow(subject);
});

/** Moves the slider, and lets what that sets off end; returns what was said. */
async function shift(amount: number): Promise<string[]> {
  said.length = 0;
  why.distort({ shift_x: amount });
  await new Promise((resolve) => setTimeout(resolve));
  return said.flatMap((text) => text.split('. ')).filter((text) => text === like || text === unlike);
}

test('the novelty of the changed picture is there with the answers, and goes with the changes', async () => {
  await shift(10);
  expect(why.state.novelty).toBeCloseTo(1.6, 12);
  await shift(0);
  expect(why.state.novelty).toBeUndefined();
  await shift(10);
  why.follow({ ...subject, pixels: new Float32Array(784).fill(0.25), open: new Set() });
  expect(why.state.novelty).toBeUndefined();
});

test('it is said when the verdict changes, and only then', async () => {
  expect(await shift(1)).toEqual([]);
  expect(await shift(8)).toEqual([unlike]);
  expect(await shift(10)).toEqual([]);
  expect(await shift(2)).toEqual([like]);
  expect(await shift(9)).toEqual([unlike]);
  // Back by the slider: the picture as it was is like the garments.
  expect(await shift(0)).toEqual([like]);
  expect(await shift(0)).toEqual([]);
  expect(await shift(10)).toEqual([unlike]);
});

test('of a picture that is unlike the garments without changes, it is not said that it is so with them', async () => {
  why.follow({ ...subject, novelty: 1.4 });
  expect(await shift(10)).toEqual([]);
  expect(await shift(1)).toEqual([like]);
});

test('without an index there is nothing to say', async () => {
  const mute: Ask = (call, given, { progress }) => ask(call, given, { progress: (seen) => seen.part !== 'novelty' && progress(seen) });
  why = new Why({ ask: mute } as unknown as Engine, () => undefined, (text) => said.push(text), new Views());
  why.follow({ ...subject, novelty: undefined });
  expect(await shift(10)).toEqual([]);
  expect(await shift(0)).toEqual([]);
  expect(why.state.novelty).toBeUndefined();
});
