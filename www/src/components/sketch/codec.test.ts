/** Drawings in addresses: there and back, and what no text may do. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeMarks, encodeMarks, NO_LIMITS, OF_A_LINK } from './codec';
import { MARGIN, type Mark, PRESSURES, SIDE } from './marks';

const ink = fc.integer({ min: 0, max: 255 });
const inCanvas = fc.integer({ min: 0, max: SIDE - 1 });
const near = fc.integer({ min: -MARGIN, max: SIDE + MARGIN });
const point = fc.record({ x: near, y: near, pressure: fc.integer({ min: 0, max: PRESSURES }).map((level) => level / PRESSURES) });
const stroke = fc.record({
  kind: fc.constant('stroke' as const),
  nib: fc.record({ ink, width: fc.integer({ min: 4, max: 16 }).map((halves) => halves / 2) }),
  points: fc.array(point, { minLength: 1, maxLength: 40 }),
});
const fill = fc.record({ kind: fc.constant('fill' as const), ink, x: inCanvas, y: inCanvas });
const marks: fc.Arbitrary<Mark[]> = fc.array(fc.oneof(stroke, fill), { maxLength: 12 });

describe('drawings as text', () => {
  it('come back as they were', () => {
    fc.assert(
      fc.property(marks, (drawn) => {
        expect(decodeMarks(encodeMarks(drawn))).toEqual(drawn);
      }),
    );
  });

  it('take two bytes a point in a usual stroke', () => {
    const points = Array.from({ length: 300 }, (_, at) => ({ x: 100 + at, y: 100 + (at % 30), pressure: 0.5 }));
    expect(encodeMarks([{ kind: 'stroke', nib: { ink: 255, width: 3 }, points }]).length).toBeLessThan(300 * 2 * (4 / 3) + 20);
  });

  it('are refused when cut short', () => {
    fc.assert(
      fc.property(stroke, (drawn) => {
        const text = encodeMarks([drawn]);
        // Without its last byte the stroke lacks a coordinate.
        expect(decodeMarks(text.slice(0, Math.floor(((text.length * 6) / 8 - 1) * (8 / 6))))).toBeUndefined();
      }),
    );
  });

  it('are refused or understood, whatever the text', () => {
    const texts = fc.oneof(fc.string(), fc.base64String(), fc.uint8Array({ maxLength: 60 }).map((bytes) => `AQ${btoa(String.fromCharCode(...bytes)).replace(/=+$/, '')}`));
    fc.assert(
      fc.property(texts, (text) => {
        const read = decodeMarks(text);
        if (read) expect(decodeMarks(encodeMarks(read))).toEqual(read);
      }),
    );
  });

  it.each(['', 'A', 'Ag', 'AQD_', 'AQI', '****', 'AQAABg'])('%s is refused', (text) => expect(decodeMarks(text)).toBeUndefined());

  describe('that ask too much', () => {
    const fillAt = { kind: 'fill' as const, ink: 200, x: 3, y: 3 };
    const dot = { kind: 'stroke' as const, nib: { ink: 255, width: 3 }, points: [{ x: 9, y: 9, pressure: 0.5 }] };
    const long = { ...dot, points: Array.from({ length: 7_000 }, (_, at) => ({ x: at % 400, y: at % 7, pressure: 0.5 })) };
    it.each([
      ['fills', Array<Mark>(OF_A_LINK.fills + 1).fill(fillAt)],
      ['marks', Array<Mark>(OF_A_LINK.marks + 1).fill(dot)],
      ['characters', [long]],
      ['fills, and as long as an address may be', Array<Mark>(7_498).fill(fillAt)],
    ])('are refused in a link, and known to the page that drew them: %s', (_, asked) => {
      const text = encodeMarks(asked);
      expect(decodeMarks(text)).toBeUndefined();
      expect(decodeMarks(text, NO_LIMITS)).toEqual(asked);
    });

    it('but not those at the limit', () => {
      const most = Array<Mark>(OF_A_LINK.fills).fill(fillAt);
      expect(decodeMarks(encodeMarks(most))).toEqual(most);
    });
  });
});
