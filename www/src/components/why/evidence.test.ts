import { describe, expect, it } from 'vitest';
import { CELLS, type Occlusion } from '../../shapes.why';
import { amount, fullScale, losses, regions, strongest, whereabouts } from './evidence';

const ALL = CELLS * CELLS;
/** Another number than that of the data set: it follows from the answers. */
const CLASSES = 8;

/** A map in which class 3 has `share` in the whole picture, and `shares(cell)` without each patch; the rest is class 7's. */
function occlusion(share: number, shares: (x: number, y: number) => number | undefined): Occlusion {
  const without = new Float32Array(ALL * CLASSES);
  const known = new Uint8Array(ALL);
  for (let cell = 0; cell < ALL; cell++) {
    const value = shares(cell % CELLS, Math.floor(cell / CELLS));
    known[cell] = Number(value !== undefined);
    without[cell * CLASSES + 3] = value ?? 0;
    without[cell * CLASSES + 7] = 1 - (value ?? 0);
  }
  const whole = Array.from({ length: CLASSES }, (_, label) => (label === 3 ? share : label === 7 ? 1 - share : 0));
  return { model: 'm', whole, without, known, progress: 1 };
}

describe('losses', () => {
  it('are what the class loses, and unknown where nobody was asked', () => {
    const values = losses(occlusion(0.75, (x, y) => (y === 0 ? (x === 0 ? 0.25 : 1) : undefined)), 3, 'probability');
    expect(values[0]).toBeCloseTo(0.5, 6);
    expect(values[1]).toBeCloseTo(-0.25, 6);
    expect(values[CELLS]).toBeUndefined();
  });

  it('are bits of log-odds where asked for, finite for certain answers', () => {
    const values = losses(occlusion(0.8, () => 0.2), 3, 'odds');
    // log2(4) − log2(1/4).
    expect(values[0]).toBeCloseTo(4, 4);
    expect(amount([0, 1], 0, 'odds')).toBeCloseTo(-Math.log2(1e6), 3);
    expect(amount([1, 0], 0, 'odds')).toBeCloseTo(Math.log2(1e6), 3);
  });
});

describe('scale', () => {
  it('ends at the largest change, but not below a point', () => {
    expect(fullScale([0.2, -0.4, undefined], 'probability')).toBe(0.4);
    expect(fullScale([0.002, undefined], 'probability')).toBe(0.01);
    expect(fullScale([], 'odds')).toBe(0.1);
  });
});

describe('strongest', () => {
  it('is the greatest loss or gain that is worth a word', () => {
    const values = [0.02, 0.3, undefined, -0.5, 0.1];
    expect(strongest(values, 1, 'probability')).toBe(1);
    expect(strongest(values, -1, 'probability')).toBe(3);
    expect(strongest([0.005, -0.005], 1, 'probability')).toBeUndefined();
  });
});

describe('whereabouts', () => {
  const where = (inside: (x: number, y: number) => boolean): unknown =>
    whereabouts(losses(occlusion(0.9, (x, y) => (inside(x, y) ? 0.1 : 0.9)), 3, 'probability'), 'probability');

  it('names a region, a band, the whole, or nothing', () => {
    expect(where((x, y) => x < 4 && y < 4)).toEqual({ kind: 'region', row: 0, column: 0 });
    expect(where((x, y) => x > 9 && y > 9)).toEqual({ kind: 'region', row: 2, column: 2 });
    expect(where((_, y) => y > 9)).toEqual({ kind: 'row', row: 2 });
    expect(where((x) => x < 4)).toEqual({ kind: 'column', column: 0 });
    expect(where(() => true)).toEqual({ kind: 'spread' });
    expect(where(() => false)).toEqual({ kind: 'none' });
  });

  it('goes by losses alone: gains elsewhere do not count', () => {
    const values = losses(occlusion(0.5, (x, y) => (x < 4 && y < 4 ? 0.1 : 0.9)), 3, 'probability');
    expect(whereabouts(values, 'probability')).toEqual({ kind: 'region', row: 0, column: 0 });
  });

  it('stands on nine regions that share out every cell', () => {
    const values = Array.from({ length: ALL }, () => 2);
    expect(regions(values)).toEqual(Array.from({ length: 9 }, () => 2));
    expect(regions(values.map((_, cell) => (cell === 0 ? 25 : 0)))[0]).toBe(1);
  });
});
