/** Frames: whatever is done to one, it stays within the picture and large enough to be grabbed. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Frame, Place } from '../shapes';
import { FIRST, gripAt, LEAST, moved, placeAt, resized, sized, WHOLE } from './frame';

const place = fc.tuple(fc.nat(WHOLE), fc.nat(WHOLE)) as fc.Arbitrary<Place>;
const frame = fc
  .tuple(fc.integer({ min: LEAST, max: WHOLE }), fc.integer({ min: LEAST, max: WHOLE }), fc.nat(WHOLE), fc.nat(WHOLE))
  .map(([width, height, x, y]): Frame => [x % (WHOLE - width + 1), y % (WHOLE - height + 1), width, height]);
const step = fc.tuple(fc.integer({ min: -2000, max: 2000 }), fc.integer({ min: -2000, max: 2000 })) as fc.Arbitrary<Place>;

function expectWithin([left, top, width, height]: Frame): void {
  for (const part of [left, top, width, height]) expect(Number.isInteger(part)).toBe(true);
  expect(Math.min(left, top)).toBeGreaterThanOrEqual(0);
  expect(Math.max(left + width, top + height)).toBeLessThanOrEqual(WHOLE);
  expect(Math.min(width, height)).toBeGreaterThanOrEqual(LEAST);
}

describe('a frame', () => {
  it('stays within the picture, whatever moves it', () => {
    fc.assert(fc.property(frame, step, (own, by) => expectWithin(moved(own, by))));
    fc.assert(fc.property(frame, step, (own, by) => expectWithin(sized(own, by))));
    fc.assert(fc.property(frame, place, place, fc.nat(WHOLE), (own, from, to, size) => expectWithin(resized(own, gripAt(own, from, [size + 50, size + 50]), from, to))));
  });

  it('keeps its size where it is moved, and its upper left where it is resized by keys', () => {
    fc.assert(fc.property(frame, step, (own, by) => {
      expect(moved(own, by).slice(2)).toEqual(own.slice(2));
    }));
    fc.assert(fc.property(frame, step, (own, by) => {
      expect(sized(own, by).slice(0, 2)).toEqual(own.slice(0, 2));
    }));
  });

  it('is grabbed by its edges, corners and middle; beside it a new one begins', () => {
    const at = (x: number, y: number) => gripAt(FIRST, [x, y], [400, 400]);
    expect([at(150, 150), at(850, 500), at(500, 840), at(500, 500)]).toEqual([[-1, -1], [1, 0], [0, 1], [0, 0]]);
    expect(at(30, 500)).toBe('new');
    expect(resized(FIRST, [-1, -1], [150, 150], [250, 350])).toEqual([250, 350, 600, 500]);
    expect(resized(FIRST, 'new', [900, 900], [400, 500])).toEqual([400, 500, 500, 400]);
  });
});

it('places outside of the picture are at its edge', () => expect(placeAt(-0.2, 1.4)).toEqual([0, WHOLE]));
