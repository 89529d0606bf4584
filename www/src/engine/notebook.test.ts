/** Which garments a gallery shows. */
import { expect, test } from 'vitest';
import { firstOfEach, spreadOverIndex } from './notebook';

test('the first images of each class, fewer where there are fewer', () => {
  const labels = Uint8Array.of(1, 0, 1, 1, 0, 9);
  expect(firstOfEach(labels, 2)).toEqual([
    { label: 0, at: 1 },
    { label: 0, at: 4 },
    { label: 1, at: 0 },
    { label: 1, at: 2 },
    { label: 9, at: 5 },
  ]);
});

test('references of each class, spread over its range', () => {
  // 40 of class 0, one of class 3, 8 of class 9.
  const sorted = [...Array.from({ length: 40 }, () => 0), 3, ...Array.from({ length: 8 }, () => 9)];
  const chosen = spreadOverIndex({ size: sorted.length, label: (at) => sorted[at] ?? -1 }, 4);
  expect(chosen).toEqual([
    { label: 0, at: 5 },
    { label: 0, at: 15 },
    { label: 0, at: 25 },
    { label: 0, at: 35 },
    { label: 3, at: 40 },
    { label: 9, at: 42 },
    { label: 9, at: 44 },
    { label: 9, at: 46 },
    { label: 9, at: 48 },
  ]);
});
