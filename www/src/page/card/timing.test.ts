import { expect, test } from 'vitest';
import { millisecondsAnImage } from './timing';

/** A model that takes `each` ms an image, `more` for every message, and `first` once; a clock of its own. */
function model(each: number, { more = 0, first = 0 } = {}) {
  let time = 0;
  const asked: number[] = [];
  const predict = (pixels: Float32Array): Promise<void> => {
    const images = pixels.length / 4;
    expect(Array.from(pixels.subarray(-4))).toEqual([1, 2, 3, 4]);
    time += images * each + more + (asked.length === 0 ? first : 0);
    asked.push(images);
    return Promise.resolve();
  };
  return { asked, measured: () => millisecondsAnImage(predict, Float32Array.of(1, 2, 3, 4), () => time) };
}

test('a slow model is asked for few images, and what is made once does not count', async () => {
  const slow = model(65, { first: 900 });
  expect(await slow.measured()).toBe(65);
  expect(slow.asked).toEqual([32, 32]);
});

test('a quick one is asked for more, so that a message costs little of it', async () => {
  const quick = model(0.1, { more: 0.5 });
  expect(await quick.measured()).toBeCloseTo(0.1, 2);
  expect(quick.asked).toEqual([32, 32, 64, 128, 256, 512]);
});

test('one that takes no time is not asked for ever', async () => {
  expect(await model(0).measured()).toBe(0);
});
