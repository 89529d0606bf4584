/** What is said of the answers: each model speaks of its own classes, and those that are not ready say nothing. */
import { expect, test } from 'vitest';
import type { ModelStatus } from '../shapes';
import { columns, doubt, initial, type State, verdict, votes } from './state';

const ready = (...labels: string[]): ModelStatus => ({ kind: 'ready', labels });

const state: State = {
  ...initial(['mlp', 'cnn', 'knn'], ['Coat', 'Bag'], false),
  statuses: new Map([['mlp', ready('Coat', 'Bag')], ['cnn', ready('Lamp', 'Chair', 'Bag')], ['knn', { kind: 'loading', fraction: 0.5 }]]),
  answers: new Map([['mlp', [0.25, 0.75]], ['cnn', [0.125, 0.625, 0.25]], ['knn', [1, 0]]]),
};

test('each model names a class of its own', () => {
  expect(votes(state)).toEqual([{ model: 'mlp', label: 'Bag' }, { model: 'cnn', label: 'Chair' }]);
  expect(verdict(state)).toMatch(/MLP.*Bag.*CNN.*Chair|Bag.*MLP.*Chair.*CNN/);
});

test('models with other classes agree where they mean the same', () => {
  const agreed = { ...state, answers: new Map([['mlp', [0, 1]], ['cnn', [0, 0, 1]]]) };
  expect(new Set(votes(agreed).map(({ label }) => label))).toEqual(new Set(['Bag']));
});

test('a model that is not ready says nothing, whatever it said before', () => {
  expect(columns(state).map(({ best }) => best)).toEqual([1, 1, undefined]);
});

test('answers are doubted in two degrees; not at a novelty that nobody has told, nor within the threshold', () => {
  expect([undefined, 0, 1, 1.25, 2, 2.5].map((novelty) => doubt({ ...state, novelty }))).toEqual(['none', 'none', 'none', 'some', 'some', 'much']);
  expect(verdict({ ...state, novelty: 1.25 })).toContain('with care');
  expect(verdict({ ...state, novelty: 2.5 })).toContain('mean little');
});
