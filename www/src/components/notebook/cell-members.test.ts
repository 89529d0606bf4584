/** Images of a cell, alone and beside another model; labels that all models doubt. */
import { expect, test } from 'vitest';
import type { Badge, Outcome } from '../../shapes.notebook';
import { doubted, membersOf } from './cell-members';

/** Another number than that of the data set: it follows from the answers. */
const CLASSES = 7;

/** `answers`: class and confidence of each image. */
function outcome(truth: number[], answers: [number, number][]): Outcome {
  const probabilities = new Float32Array(truth.length * CLASSES);
  answers.forEach(([label, confidence], index) => (probabilities[index * CLASSES + label] = confidence));
  return { truth: Uint8Array.from(truth), predicted: Uint8Array.from(answers, ([label]) => label), probabilities };
}

const truth = [6, 6, 6, 4];
const first = { model: 'a', outcome: outcome(truth, [[4, 0.9375], [4, 0.5], [6, 0.75], [4, 0.96875]]) };
const second = { model: 'b', outcome: outcome(truth, [[4, 1], [6, 0.5], [4, 0.625], [4, 0.5]]) };
const badges = new Map<Badge, ReadonlySet<number>>([['duplicate', new Set([1])], ['doubted', new Set([0, 1])]]);
const title = (of: string): string => of;

test('one model: every image of the cell with its confidence and badges', () => {
  expect(membersOf({ truth: 6, predicted: 4 }, [first], badges, title).map((group) => ({ ...group, title: group.title() }))).toEqual([
    { title: 'one', members: [{ index: 0, confidence: 0.9375, badges: ['doubted'] }, { index: 1, confidence: 0.5, badges: ['duplicate', 'doubted'] }] },
  ]);
});

test('two models: what both, the first alone, the second alone take for it', () => {
  const groups = membersOf({ truth: 6, predicted: 4 }, [first, second], new Map(), title);
  expect(groups.map(({ title: name, members: images }) => [name(), images.map(({ index, confidence }) => [index, confidence])])).toEqual([
    ['both', [[0, 0.9375]]],
    ['first', [[1, 0.5]]],
    ['second', [[2, 0.625]]],
  ]);
});

test('a label is doubted when all models say the same else, and are sure', () => {
  expect([...doubted([first, second])]).toEqual([0]);
  expect([...doubted([first])]).toEqual([]);
  const unsure = { model: 'c', outcome: outcome(truth, [[4, 0.875], [4, 1], [4, 1], [4, 1]]) };
  expect([...doubted([first, second, unsure])]).toEqual([]);
  const other = { model: 'd', outcome: outcome(truth, [[2, 1], [4, 1], [4, 1], [4, 1]]) };
  expect([...doubted([first, other])]).toEqual([]);
});
