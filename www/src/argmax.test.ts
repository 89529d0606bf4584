/** The index of the largest value: the first of several. */
import { expect, test } from 'vitest';
import { argmax } from './argmax';

test('the greatest value; of equals the lowest; 0 of nothing', () => {
  expect([argmax([0, 3, 3, 1]), argmax([2]), argmax([]), argmax(Float32Array.of(-1, -2))]).toEqual([1, 0, 0, 0]);
});
