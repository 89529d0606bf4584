/** The names of two lines are read apart wherever the lines end. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { apart } from './models';

/** The height of a line of the charts' text, in CSS pixels. */
const LINE = 16;

test('a line of text fits between two names, the higher line’s above', () =>
  fc.assert(
    fc.property(fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true }), fc.integer({ min: 20, max: 600 }), (one, other, height) => {
      const [upper, lower] = apart([{ value: one }, { value: other }]);
      if (!upper || !lower) throw new Error('two ends');
      const place = ({ value, dy }: typeof upper): number => (1 - value) * height + dy;
      expect(place(lower) - place(upper)).toBeGreaterThanOrEqual(LINE);
    }),
  ));

test('one line’s name stands at its end', () => {
  expect(apart([{ value: 1 }])).toEqual([{ value: 1, dy: 0 }]);
});
