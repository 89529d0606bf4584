/** Images of a cell, alone and beside another model; labels that all models doubt. */
import { expect, test } from 'vitest';
import type { Badge, Outcome, Told } from '../../shapes.notebook';
import { doubted, membersOf, membersOfSet, setsOf } from './cell-members';
import { differences, isSameTruth, repliesOf } from './replies';

/** Another number than that of the data set: it follows from the answers. */
const CLASSES = 7;

/** `answers`: class and confidence of each image. */
function outcome(truth: number[], answers: [number, number][]): Outcome {
  const probabilities = new Float32Array(truth.length * CLASSES);
  answers.forEach(([label, confidence], index) => (probabilities[index * CLASSES + label] = confidence));
  return { truth: Uint8Array.from(truth), predicted: Uint8Array.from(answers, ([label]) => label), probabilities };
}

const truth = [6, 6, 6, 4];
const told = (model: string, answers: [number, number][]): Told => ({ model, replies: repliesOf(outcome(truth, answers)), measured: true });
const first = told('a', [[4, 0.9375], [4, 0.5], [6, 0.75], [4, 0.96875]]);
const second = told('b', [[4, 1], [6, 0.5], [4, 0.625], [4, 0.5]]);
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
  const unsure = told('c', [[4, 0.875], [4, 1], [4, 1], [4, 1]]);
  expect([...doubted([first, second, unsure])]).toEqual([]);
  const other = told('d', [[2, 1], [4, 1], [4, 1], [4, 1]]);
  expect([...doubted([first, other])]).toEqual([]);
});

test('sets: where they do not say the same, where nobody is right, where one alone is', () => {
  const sets = setsOf([first, second]);
  expect(Object.fromEntries(sets)).toEqual({ apart: [1, 2], wrong: [0], 'only.a': [2], 'only.b': [1] });
  const [group] = membersOfSet('only.b', sets.get('only.b') ?? [], [first, second], first, badges, () => 'b alone');
  expect(group).toMatchObject({ members: [{ index: 1, confidence: 0.5, badges: ['duplicate', 'doubted'] }] });
  expect(setsOf([first]).size).toBe(0);
});

test('measured answers differ from committed ones by class, or by more than the committed ones tell', () => {
  const committed = first.replies;
  const near = { ...committed, confidence: committed.confidence.map((share) => share + 0.5 / 4095) };
  const far = { ...committed, confidence: committed.confidence.map((share, at) => (at === 2 ? share + 2 / 4095 : share)) };
  expect([near, far, second.replies].map((other) => differences(other, committed))).toEqual([0, 1, 4]);
  expect(isSameTruth(committed, second.replies)).toBe(true);
  expect(isSameTruth(committed, { ...committed, truth: Uint8Array.of(6, 6, 6) })).toBe(false);
});
