/** What counts as enclosed is what a fill stays in. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { enclosed } from './enclosed';
import { flood, type Raster } from './flood';
import { paintSegment } from './stroke';

const SIDE = 100;
const blank = (): Raster => ({ grey: new Uint8ClampedArray(SIDE * SIDE), width: SIDE, height: SIDE });

/** Draws a line through `points`. */
function line(raster: Raster, points: readonly (readonly [number, number])[], ink = 200): void {
  for (const [at, [x, y]] of points.entries()) {
    const [px, py] = points[at - 1] ?? [x, y];
    paintSegment(raster, { x: px, y: py }, { x, y }, 3, ink);
  }
}

const box = fc.record({ left: fc.integer({ min: 6, max: 30 }), top: fc.integer({ min: 6, max: 30 }), right: fc.integer({ min: 55, max: 94 }), bottom: fc.integer({ min: 55, max: 94 }) });

test('a closed outline encloses one area, and filling it leaves nothing enclosed', () => {
  fc.assert(
    fc.property(box, fc.constantFrom(145, 200, 255), ({ left, top, right, bottom }, ink) => {
      const raster = blank();
      line(raster, [[left, top], [right, top], [right, bottom], [left, bottom], [left, top]], ink);
      const seeds = enclosed(raster);
      expect(seeds).toHaveLength(1);
      for (const { x, y } of seeds) flood(raster, x, y, ink);
      expect(raster.grey[Math.floor((top + bottom) / 2) * SIDE + Math.floor((left + right) / 2)]).toBe(ink);
      expect(raster.grey[0]).toBe(0);
      expect(enclosed(raster)).toEqual([]);
    }),
  );
});

test('an open outline, one that reaches the edge only, and a gap between strokes enclose nothing', () => {
  const open = blank();
  line(open, [[20, 20], [80, 20], [80, 80], [20, 80]]);
  expect(enclosed(open)).toEqual([]);
  const edge = blank();
  line(edge, [[50, -10], [50, 110]]);
  expect(enclosed(edge)).toEqual([]);
  const gap = blank();
  line(gap, [[20, 20], [34, 20], [34, 34], [20, 34], [20, 20]]);
  expect(enclosed(gap)).toEqual([]);
});

test('sleeves and body are areas of their own', () => {
  const raster = blank();
  line(raster, [[20, 20], [80, 20], [80, 80], [20, 80], [20, 20]]);
  line(raster, [[50, 20], [50, 80]]);
  expect(enclosed(raster)).toHaveLength(2);
});
