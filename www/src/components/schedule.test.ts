import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { schedule } from './schedule';

beforeEach(() => vi.useFakeTimers({ toFake: ['setTimeout', 'performance'] }));
afterEach(() => vi.useRealTimers());

test('small work shares a turn, in order, and nothing runs at once', () => {
  const done: number[] = [];
  for (const each of [1, 2, 3]) schedule(() => done.push(each));
  expect(done).toEqual([]);
  vi.advanceTimersToNextTimer();
  expect(done).toEqual([1, 2, 3]);
  expect(vi.getTimerCount()).toBe(0);
});

test('long work ends its turn', () => {
  const done: number[] = [];
  const now = vi.spyOn(performance, 'now');
  let clock = 0;
  now.mockImplementation(() => clock);
  for (const each of [1, 2, 3]) {
    schedule(() => {
      clock += 5;
      done.push(each);
    });
  }
  vi.advanceTimersToNextTimer();
  expect(done).toEqual([1, 2]);
  vi.advanceTimersToNextTimer();
  expect(done).toEqual([1, 2, 3]);
});

test('work that is asked for meanwhile, or after a failure, has its turn', () => {
  const done: string[] = [];
  schedule(() => {
    schedule(() => done.push('asked for meanwhile'));
    throw new Error('this one fails');
  });
  schedule(() => done.push('next'));
  expect(() => vi.advanceTimersToNextTimer()).toThrow('this one fails');
  vi.runAllTimers();
  expect(done).toEqual(['next', 'asked for meanwhile']);
});
