/** Flood fill against a plain reference, and its borders. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { flood } from './flood';

const SIDE = 60;
/** A closed ring of ink with a hole, both wider than the creep. */
function ring(): Uint8ClampedArray {
  const grey = new Uint8ClampedArray(SIDE * SIDE);
  for (let y = 10; y < 50; y++) for (let x = 10; x < 50; x++) if (x < 18 || x >= 42 || y < 18 || y >= 42) grey[y * SIDE + x] = 255;
  return grey;
}

test('fills the hole of a ring and nothing outside it', () => {
  const grey = ring();
  expect(flood({ grey, width: SIDE, height: SIDE }, 30, 30, 255)).toBe(24 * 24);
  expect(grey[30 * SIDE + 30]).toBe(255);
  expect(grey[5 * SIDE + 5]).toBe(0);
});

test('fills from any point outside up to the ring, never its hole', () => {
  const outside = fc.tuple(fc.nat(SIDE - 1), fc.nat(SIDE - 1)).filter(([x, y]) => x < 10 || x >= 50 || y < 10 || y >= 50);
  fc.assert(
    fc.property(outside, ([x, y]) => {
      const grey = ring();
      flood({ grey, width: SIDE, height: SIDE }, x, y, 200);
      expect([grey[0], grey[SIDE * SIDE - 1], grey[30 * SIDE + 30]]).toEqual([200, 200, 0]);
    }),
  );
});

test('covers the soft edge between line and area', () => {
  const grey = ring();
  for (let y = 18; y < 42; y++) grey[y * SIDE + 18] = 128;
  flood({ grey, width: SIDE, height: SIDE }, 30, 30, 255);
  expect(grey[30 * SIDE + 18]).toBe(255);
});

test('outside the raster nothing happens', () => {
  const grey = ring();
  expect(flood({ grey, width: SIDE, height: SIDE }, -1, 3, 255)).toBe(0);
  expect(flood({ grey, width: SIDE, height: SIDE }, 3, SIDE, 255)).toBe(0);
  expect(grey).toEqual(ring());
});
