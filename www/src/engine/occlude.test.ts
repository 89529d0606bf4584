import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CELL, CELLS, type Occlusion } from '../shapes.why';
import { occlude, order, without } from './occlude';

const SIDE = CELL * CELLS;
const PIXELS = SIDE * SIDE;
/** Another number than that of the data set: it follows from the answers. */
const CLASSES = 3;

const ink = (places: readonly (readonly [number, number])[]): Float32Array => {
  const pixels = new Float32Array(PIXELS);
  for (const [x, y] of places) pixels[y * SIDE + x] = 1;
  return pixels;
};

/** Says class 0 with the share of the picture's ink in its left half. */
const leftist = {
  calls: [] as number[],
  predict(pixels: Float32Array): Float32Array {
    const count = pixels.length / PIXELS;
    this.calls.push(count);
    const answers = new Float32Array(count * CLASSES);
    for (let row = 0; row < count; row++) {
      const own = pixels.subarray(row * PIXELS, (row + 1) * PIXELS);
      const left = own.reduce((sum, value, at) => (at % SIDE < SIDE / 2 ? sum + value : sum), 0);
      answers[row * CLASSES] = left / PIXELS;
      answers[row * CLASSES + 1] = 1 - left / PIXELS;
    }
    return answers;
  },
};

describe('without', () => {
  it('takes away 6 by 6 pixels around a cell, clipped at the edge', () => {
    const full = new Float32Array(PIXELS).fill(1);
    const taken = (cell: number): number => without(full, cell)?.reduce((sum, value) => sum + 1 - value, 0) ?? 0;
    expect(taken(5 * CELLS + 5)).toBe(36);
    expect(taken(0)).toBe(16);
    expect(taken(CELLS - 1)).toBe(16);
    expect(taken(CELLS * 4)).toBe(24);
    // Cell (5, 5) covers pixels 10 and 11; the patch reaches two further.
    const changed = without(full, 5 * CELLS + 5);
    expect([changed?.[8 * SIDE + 8], changed?.[13 * SIDE + 13], changed?.[7 * SIDE + 8], changed?.[14 * SIDE + 13]]).toEqual([0, 0, 1, 1]);
  });

  it('asks nothing where there is no ink, and leaves the picture alone', () => {
    const pixels = ink([[14, 14]]);
    expect(without(pixels, 0)).toBeUndefined();
    expect(without(pixels, 7 * CELLS + 7)?.some((value) => value > 0)).toBe(false);
    expect(pixels).toEqual(ink([[14, 14]]));
  });
});

describe('order', () => {
  it('has every cell once, and covers the picture before it fills the gaps', () => {
    expect(order().toSorted((a, b) => a - b)).toEqual(Array.from({ length: CELLS * CELLS }, (_, cell) => cell));
    const first = order().slice(0, 16).map((cell) => [cell % CELLS, Math.floor(cell / CELLS)]);
    expect(first).toContainEqual([12, 12]);
    expect(first).toContainEqual([0, 0]);
  });
});

describe('occlude', () => {
  const tools = (): { seen: Occlusion[]; progress: (soFar: Occlusion) => void; turn: () => Promise<void> } => {
    const seen: Occlusion[] = [];
    return { seen, progress: (soFar) => seen.push(soFar), turn: () => Promise.resolve() };
  };

  it('equals asking one patch at a time', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(fc.nat(SIDE - 1), fc.nat(SIDE - 1)), { maxLength: 60 }), async (places) => {
        const pixels = ink(places);
        const map = await occlude('left', leftist, pixels, { ...tools(), signal: new AbortController().signal });
        expect(map.progress).toBe(1);
        for (let cell = 0; cell < CELLS * CELLS; cell++) {
          const alone = leftist.predict(without(pixels, cell) ?? pixels);
          expect(map.without.slice(cell * CLASSES, (cell + 1) * CLASSES)).toEqual(alone);
        }
      }),
      { numRuns: 20 },
    );
  });

  it('asks in batches of 32, tells what it knows so far, and never goes back', async () => {
    leftist.calls = [];
    const { seen, progress, turn } = tools();
    const map = await occlude('left', leftist, new Float32Array(PIXELS).fill(1), { progress, turn, signal: new AbortController().signal });
    expect(leftist.calls).toEqual([1, 32, 32, 32, 32, 32, 32, 4]);
    expect(seen.map(({ known }) => known.reduce((sum, value) => sum + value, 0))).toEqual([32, 64, 96, 128, 160, 192]);
    expect(map.known.every((value) => value === 1)).toBe(true);
  });

  it('stops between two batches when it is cancelled', async () => {
    leftist.calls = [];
    const abort = new AbortController();
    const work = occlude('left', leftist, new Float32Array(PIXELS).fill(1), { progress: () => abort.abort(), turn: () => Promise.resolve(), signal: abort.signal });
    await expect(work).rejects.toThrow();
    expect(leftist.calls).toEqual([1, 32]);
  });

  it('is whole at once for a blank picture', async () => {
    leftist.calls = [];
    const map = await occlude('left', leftist, new Float32Array(PIXELS), { ...tools(), signal: new AbortController().signal });
    expect(leftist.calls).toEqual([1]);
    expect(map.progress).toBe(1);
  });
});
