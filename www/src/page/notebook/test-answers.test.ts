/** The committed answers are those that the committed figures count; whatever else comes is refused. */
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import manifest from '../../../../models/manifest.json';
import metrics from '../../../../models/metrics.json';
import { calibrationOf } from './calibration';
import { testAnswers } from './test-answers';

const file = new Uint8Array(readFileSync(join(resolve(import.meta.dirname, '../../../../models'), 'test.answers')));
const sums = new Map(manifest.files.map(({ role, sha256 }) => [role, sha256]));

test('they count as metrics.json does, and are as well calibrated', () => {
  const found = testAnswers(file, sums);
  expect([...found.keys()].toSorted()).toEqual(Object.keys(metrics.models).toSorted());
  for (const [role, replies] of found) {
    const { truth, predicted } = replies;
    const confusion = Array.from({ length: 10 }, () => Array.from({ length: 10 }, () => 0));
    truth.forEach((label, at) => {
      const row = confusion[label];
      if (row) row[predicted[at] ?? 0] = (row[predicted[at] ?? 0] ?? 0) + 1;
    });
    const committed = metrics.models[role as keyof typeof metrics.models];
    expect(confusion).toEqual(committed.confusion);
    // A confidence is told to half of 1/4095, and may lie on the other side of a bin's edge.
    expect(Math.abs(calibrationOf(replies).error - committed.calibration_error)).toBeLessThan(0.001);
  }
});

test('answers of a file that is not the one of this build are nobody’s', () => {
  expect([...testAnswers(file, new Map([...sums].map(([role, sum]) => [role, role === 'mlp' ? '0'.repeat(64) : sum]))).keys()]).not.toContain('mlp');
});

test('what is cut, longer or anything else is refused', () => {
  for (const broken of [file.subarray(0, file.length - 1), Uint8Array.of(...file, 0), new Uint8Array(), file.subarray(1)]) expect(() => testAnswers(broken, sums)).toThrow('test.answers');
  fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
    expect(() => testAnswers(bytes, sums)).toThrow('test.answers');
  }));
});
