/** What is shown is of one picture, whatever order looks come and end in. */
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Sight } from '../engine/protocol';
import type { Prepared } from '../shapes';
import { type Seen, Sights } from './sights';

const prepared = (look: number, blank = false): Sight => ({ look, part: 'prepared', prepared: { pixels: Float32Array.of(look), blank, recipe: '', ground: 'plain', lost: false, steps: [] } satisfies Prepared });
/** An answer says which look it is of. */
const answer = (look: number, model: string): Sight => ({ look, part: 'answer', answer: { model, probabilities: [look] } });

function setUp(): { sights: Sights; shown: Seen[]; last: () => Seen | undefined } {
  const shown: Seen[] = [];
  return { sights: new Sights((seen) => shown.push(seen)), shown, last: () => shown.at(-1) };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('the first answers are shown one by one', () => {
  const { sights, shown } = setUp();
  for (const sight of [prepared(1), answer(1, 'mlp'), answer(1, 'cnn')]) sights.see(sight);
  expect(shown.map(({ answers }) => [...answers.keys()])).toEqual([[], ['mlp'], ['mlp', 'cnn']]);
});

test('those to a newer picture take the place of all earlier ones at once, when the look has ended', () => {
  const { sights, shown, last } = setUp();
  for (const sight of [prepared(1), answer(1, 'mlp'), answer(1, 'cnn')]) sights.see(sight);
  sights.end(1);
  const before = shown.length;
  for (const sight of [prepared(2), answer(2, 'mlp')]) sights.see(sight);
  expect(shown).toHaveLength(before);
  sights.end(2);
  expect([...(last()?.answers ?? [])]).toEqual([['mlp', [2]]]);
  expect(last()?.prepared?.pixels).toEqual(Float32Array.of(2));
});

test('a slow look takes their place after a while, part by part', () => {
  const { sights, last } = setUp();
  for (const sight of [prepared(1), answer(1, 'mlp'), prepared(2), answer(2, 'mlp')]) sights.see(sight);
  vi.advanceTimersByTime(99);
  expect(last()?.answers.get('mlp')).toEqual([1]);
  vi.advanceTimersByTime(1);
  expect([...(last()?.answers ?? [])]).toEqual([['mlp', [2]]]);
  sights.see(answer(2, 'cnn'));
  expect([...(last()?.answers.keys() ?? [])]).toEqual(['mlp', 'cnn']);
});

test('a blank picture and an empty pad take them away at once, and what comes late changes nothing', () => {
  const { sights, last } = setUp();
  for (const sight of [prepared(1), answer(1, 'mlp'), prepared(2, true)]) sights.see(sight);
  expect(last()?.answers.size).toBe(0);
  sights.see(answer(3, 'mlp'));
  sights.clear(4);
  sights.see(answer(3, 'cnn'));
  sights.end(3);
  vi.advanceTimersByTime(1000);
  expect(last()).toMatchObject({ prepared: undefined, neighbours: [], novelty: undefined });
  expect(last()?.answers.size).toBe(0);
});

test('never are two looks shown together, and never an earlier one after a newer', () => {
  const event = fc.oneof(
    fc.record({ kind: fc.constant('see' as const), look: fc.integer({ min: 1, max: 6 }), model: fc.constantFrom('mlp', 'cnn', 'knn') }),
    fc.record({ kind: fc.constantFrom('prepare' as const, 'end' as const, 'clear' as const), look: fc.integer({ min: 1, max: 6 }) }),
    fc.record({ kind: fc.constant('wait' as const), time: fc.integer({ min: 1, max: 150 }) }),
  );
  fc.assert(
    fc.property(fc.array(event, { maxLength: 40 }), (events) => {
      const { sights, shown } = setUp();
      for (const one of events) {
        if (one.kind === 'wait') vi.advanceTimersByTime(one.time);
        else if (one.kind === 'see') sights.see(answer(one.look, one.model));
        else if (one.kind === 'prepare') sights.see(prepared(one.look));
        else sights[one.kind](one.look);
      }
      const looks = shown.map(({ answers, prepared: own }) => [...new Set([...[...answers.values()].flat(), ...(own?.pixels ?? [])])]);
      expect(looks.every((of) => of.length <= 1)).toBe(true);
      const order = looks.flat();
      expect(order).toEqual(order.toSorted((a, b) => a - b));
    }),
  );
});
