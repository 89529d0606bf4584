import { describe, expect, it } from 'vitest';
import { NONE } from '../../components/why/distortions';
import type { Robustness } from '../../shapes.why';
import { current, curves, unmeasured } from './corruption';
import { fits, isUsual, shareBelow } from './fit';
import { linear, logarithmic, ticks } from './scale';

describe('scale', () => {
  it('maps ends to ends', () => {
    expect([0, 5, 10].map(linear([0, 10], [100, 200]))).toEqual([100, 150, 200]);
    const log = logarithmic([0.25, 4], [0, 80]);
    expect([0.25, 1, 4].map(log)).toEqual([0, 40, 80]);
  });

  it('has round ticks inside the domain', () => {
    expect(ticks(0, 589.75, 5)).toEqual([0, 200, 400]);
    expect(ticks(0.1, 0.9, 4)).toHaveLength(4);
  });
});

describe('fit', () => {
  const grid = [0, 1, 2, 3, 4];

  it('integrates a triangle', () => {
    const triangle = [0, 0.25, 0.5, 0.25, 0];
    expect(shareBelow(grid, triangle, -1)).toBe(0);
    expect(shareBelow(grid, triangle, 1)).toBeCloseTo(0.125, 12);
    expect(shareBelow(grid, triangle, 2)).toBeCloseTo(0.5, 12);
    // Within a step: ∫₀^½ x/4 dx = 1/32.
    expect(shareBelow(grid, triangle, 0.5)).toBeCloseTo(1 / 32, 12);
    expect(shareBelow(grid, triangle, 9)).toBe(1);
    expect(shareBelow(grid, [0, 0, 0, 0, 0], 2)).toBe(0);
  });

  it('calls the middle of a class usual', () => {
    const flat = { name: 'flat', values: [1, 1, 1, 1, 1] };
    const usual = (total: number): boolean => fits({ grid, classes: [flat] }, total).every(isUsual);
    expect([0.2, 1, 3.5, 3.9].map(usual)).toEqual([false, true, true, false]);
  });
});

/** As `vitrine evaluate` writes it (src/measure/corruption.rs), shortened. */
const robustness: Robustness = {
  images: 2000,
  clean: { cnn: 0.9, knn: 0.91 },
  rows: [
    { corruption: 'shift', strength: 1, amount: '2 pixels', accuracy: { cnn: 0.85, knn: 0.8 } },
    { corruption: 'shift', strength: 3, amount: '6 pixels', accuracy: { cnn: 0.4, knn: 0.3 } },
    { corruption: 'shift', strength: 2, amount: '4 pixels', accuracy: { cnn: 0.6, knn: 0.5 } },
    { corruption: 'scale', strength: 1, amount: '0.8 of the size', accuracy: { cnn: 0.7, knn: 0.6 } },
  ],
};

describe('curves', () => {
  it('start from the picture as it was and go by strength', () => {
    expect(curves(robustness)).toEqual([
      { corruption: 'shift', unit: 'pixels', amounts: [0, 2, 4, 6], accuracy: { cnn: [0.9, 0.85, 0.6, 0.4], knn: [0.91, 0.8, 0.5, 0.3] } },
      { corruption: 'scale', unit: 'of the size', amounts: [1, 0.8], accuracy: { cnn: [0.9, 0.7], knn: [0.91, 0.6] } },
    ]);
  });

  it('know where the sliders stand', () => {
    const moved = { ...NONE, shift_x: 3, shift_y: -4, degrees: -20, erase: 6 };
    expect(['shift', 'rotate', 'erase', 'scale', 'fog'].map((name) => current(name, moved))).toEqual([5, 20, 6, 1, undefined]);
  });

  it('know what lies beyond them', () => {
    const [shift, scale] = curves(robustness);
    if (!shift || !scale) throw new Error('two curves');
    expect([0, 6, 6.5].map((amount) => unmeasured(shift, amount))).toEqual([undefined, undefined, 'stronger']);
    expect([1, 0.8, 0.7, 1.2].map((amount) => unmeasured(scale, amount))).toEqual([undefined, undefined, 'stronger', 'milder']);
    expect(unmeasured(shift, undefined)).toBeUndefined();
  });
});
