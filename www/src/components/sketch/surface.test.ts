/** The surface on a canvas that only takes pixels: what was done gives the picture, and undo and redo give it back. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Mark, MARGIN, PRESSURES, SIDE } from './marks';
import { Surface } from './surface';

/** A canvas that can be put pixels on; nothing of it can be read. */
function paper(): { readonly canvas: HTMLCanvasElement; readonly shown: Uint8ClampedArray } {
  const shown = new Uint8ClampedArray(SIDE * SIDE * 4);
  const context = {
    createImageData: (width: number, height: number) => ({ data: new Uint8ClampedArray(width * height * 4), width, height }),
    putImageData({ data }: ImageData, _x: number, _y: number, left: number, top: number, width: number, height: number) {
      for (let row = top; row < top + height; row++) {
        const [from, to] = [(row * SIDE + left) * 4, (row * SIDE + left + width) * 4];
        shown.set(data.subarray(from, to), from);
      }
    },
  };
  return { canvas: { getContext: () => context } as unknown as HTMLCanvasElement, shown };
}

const near = fc.integer({ min: -MARGIN, max: SIDE + MARGIN });
const point = fc.record({ x: near, y: near, pressure: fc.integer({ min: 0, max: PRESSURES }).map((level) => level / PRESSURES) });
const nib = fc.record({ ink: fc.integer({ min: 0, max: 255 }), width: fc.integer({ min: 4, max: 16 }).map((halves) => halves / 2) });
const inside = fc.integer({ min: 0, max: SIDE - 1 });
const deed = fc.oneof(
  fc.record({ kind: fc.constant('stroke' as const), nib, points: fc.array(point, { minLength: 1, maxLength: 4 }) }),
  fc.record({ kind: fc.constant('fill' as const), ink: fc.integer({ min: 0, max: 255 }), x: inside, y: inside }),
  fc.record({ kind: fc.constantFrom('clear' as const, 'undo' as const, 'redo' as const) }),
);

const [BLACK] = new Uint32Array(Uint8Array.of(0, 0, 0, 255).buffer);

/** Compared as bytes: vitest's own comparison goes through 800,000 numbers one by one. */
const same = (one: Uint8ClampedArray, other: Uint8ClampedArray): boolean => Buffer.from(one.buffer).equals(Buffer.from(other.buffer));

function act(surface: Surface, deeds: readonly (Mark | { readonly kind: 'clear' | 'undo' | 'redo' })[]): void {
  for (const done of deeds) {
    if (done.kind === 'fill') surface.fill(done.x, done.y, done.ink);
    else if (done.kind !== 'stroke') surface[done.kind]();
    else {
      const [first, ...rest] = done.points;
      if (first) surface.begin(first, done.nib);
      for (const next of rest) surface.extend(next);
      surface.end();
    }
  }
}

test('what was done, done again, gives the same pixels; the canvas shows what the picture holds', () => {
  fc.assert(
    fc.property(fc.array(deed, { maxLength: 4 }), (deeds) => {
      const { canvas, shown } = paper();
      const surface = new Surface(canvas);
      act(surface, deeds);
      const { rgba } = surface.picture();
      expect(same(shown, rgba)).toBe(true);
      expect(surface.isBlank).toBe(new Uint32Array(rgba.buffer).every((pixel) => pixel === BLACK));
      expect(surface.inkAt(7.9, 3.2)).toBe(rgba[(3 * SIDE + 7) * 4]);
      const again = new Surface(paper().canvas);
      again.show(surface.marks);
      expect(same(again.picture().rgba, rgba)).toBe(true);
    }),
    { numRuns: 15 },
  );
});

function redoAll(surface: Surface): void {
  while (surface.canRedo) surface.redo();
}

test('undo goes back to where it began, and redo forth again', () => {
  fc.assert(
    fc.property(fc.array(deed, { maxLength: 4 }), (deeds) => {
      const surface = new Surface(paper().canvas);
      act(surface, deeds);
      redoAll(surface);
      const { rgba } = surface.picture();
      while (surface.canUndo) surface.undo();
      expect(surface.isBlank).toBe(true);
      expect(surface.marks).toEqual([]);
      redoAll(surface);
      expect(same(surface.picture().rgba, rgba)).toBe(true);
    }),
    { numRuns: 15 },
  );
});

test('what is erased to the last pixel is blank, and has no marks', () => {
  const surface = new Surface(paper().canvas);
  const at = { x: 200, y: 200, pressure: 0.5 };
  act(surface, [
    { kind: 'stroke', nib: { ink: 255, width: 3 }, points: [at] },
    { kind: 'stroke', nib: { ink: 0, width: 8 }, points: [at] },
  ]);
  expect(surface.isBlank).toBe(true);
  expect(surface.marks).toEqual([]);
  surface.undo();
  expect(surface.isBlank).toBe(false);
});
