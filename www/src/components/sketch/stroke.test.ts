/** Segments against their definition, pixel by pixel. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { paintSegment } from './stroke';

const SIDE = 40;
const point = fc.record({ x: fc.integer({ min: -20, max: 60 }), y: fc.integer({ min: -20, max: 60 }) });
const grey = fc.integer({ min: 0, max: 255 });

test('a pixel takes as much ink as its distance to the line says, and none outside the area told', () => {
  fc.assert(
    fc.property(point, point, fc.double({ min: 0.5, max: 25, noNaN: true }), grey, grey, (from, to, radius, ink, ground) => {
      const raster = { grey: new Uint8ClampedArray(SIDE * SIDE).fill(ground), width: SIDE, height: SIDE };
      const { left, top, right, bottom } = paintSegment(raster, from, to, radius, ink);
      let worst = 0;
      const square = (to.x - from.x) ** 2 + (to.y - from.y) ** 2;
      for (let row = 0; row < SIDE; row++) {
        for (let column = 0; column < SIDE; column++) {
          const [x, y] = [column + 0.5, row + 0.5];
          const share = square === 0 ? 0 : Math.min(1, Math.max(0, ((x - from.x) * (to.x - from.x) + (y - from.y) * (to.y - from.y)) / square));
          const distance = Math.hypot(x - from.x - share * (to.x - from.x), y - from.y - share * (to.y - from.y));
          const covered = Math.min(1, Math.max(0, radius + 0.5 - distance));
          const value = raster.grey[row * SIDE + column] ?? NaN;
          const isInside = column >= left && column < right && row >= top && row < bottom;
          worst = Math.max(worst, Math.abs(value - (isInside ? ground + (ink - ground) * covered : ground)));
        }
      }
      // Half a grey is a matter of rounding.
      expect(worst).toBeLessThanOrEqual(0.5 + 1e-6);
    }),
  );
});

test('a line mirrored is the mirrored line', () => {
  const drawn = (x1: number, x2: number): Uint8ClampedArray => {
    const raster = { grey: new Uint8ClampedArray(SIDE * SIDE), width: SIDE, height: SIDE };
    paintSegment(raster, { x: x1, y: 7 }, { x: x2, y: 31 }, 5, 200);
    return raster.grey;
  };
  const there = drawn(9, 22);
  const back = drawn(SIDE - 9, SIDE - 22);
  for (let row = 0; row < SIDE; row++) {
    expect([...back.subarray(row * SIDE, (row + 1) * SIDE)].reverse()).toEqual([...there.subarray(row * SIDE, (row + 1) * SIDE)]);
  }
});
