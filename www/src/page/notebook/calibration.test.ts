import fc from 'fast-check';
import { expect, test } from 'vitest';
import { calibrationOf } from './calibration';

const share = fc.oneof(fc.float({ min: 0, max: 1, noNaN: true }), fc.integer({ min: 0, max: 100 }).map((percent) => Math.fround(percent / 100)));
const reply = fc.record({ truth: fc.nat(2), predicted: fc.nat(2), confidence: share });

test('a threshold leaves the images that are surer, and those of them that are right', () => {
  fc.assert(
    fc.property(fc.array(reply, { minLength: 1, maxLength: 40 }), (replies) => {
      const { answered } = calibrationOf({ truth: Uint8Array.from(replies, ({ truth }) => truth), predicted: Uint8Array.from(replies, ({ predicted }) => predicted), confidence: Float32Array.from(replies, ({ confidence }) => confidence) });
      expect(answered).toHaveLength(101);
      for (const [percent, { threshold, images, right }] of answered.entries()) {
        const left = replies.filter(({ confidence }) => confidence >= Math.fround(percent / 100));
        expect([threshold, images, right]).toEqual([percent / 100, left.length, left.filter(({ truth, predicted }) => truth === predicted).length]);
      }
    }),
  );
});
