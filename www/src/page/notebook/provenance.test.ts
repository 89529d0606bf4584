/** Where a network comes from, in words that no command contradicts. */
import { expect, test } from 'vitest';
import { epochsOf, type Hyperparameters, teachersOf } from './provenance';

const files = [{ path: 'cnn-slim.onnx', role: 'cnn-slim', sha256: 'aa' }, { path: 'cnn.onnx', role: 'cnn', sha256: 'bb' }];
const first: Hyperparameters = { epochs: 150, distillation: 0.800000011920929, teachers: ['cnn-slim.onnx 00'] };
const gone: Hyperparameters = { epochs: 30, distillation: 0.30000001192092896, teachers: ['cnn-slim.onnx 00'], after: first };

test('two runs are told apart where they account for all epochs', () => {
  expect(epochsOf(gone, 180)).toBe('150 + 30 = 180');
  expect(epochsOf(gone, 170)).toBe('170');
  expect(epochsOf(first, 150)).toBe('150');
  expect(epochsOf(undefined, 1200)).toBe('1,200');
});

test('a teacher is named, one that is no file of this page as such, with its share in each run', () => {
  expect(teachersOf(gone, files)).toBe('an earlier Slim CNN that is not on this page; 80%, then 30% of each target');
  expect(teachersOf({ epochs: 1, distillation: 0.5, teachers: ['cnn.onnx bb', 'cnn-slim.onnx aa'] }, files)).toBe('CNN and Slim CNN; 50% of each target');
});

test('who had no teacher has none', () => {
  expect(teachersOf({ epochs: 3, distillation: 0, teachers: ['cnn.onnx bb'] }, files)).toBeUndefined();
  expect(teachersOf({ epochs: 3 }, files)).toBeUndefined();
  expect(teachersOf(undefined, files)).toBeUndefined();
});
