/** The newest wins, jobs never overlap, and a slow one is told to stop. */
import { expect, test, vi } from 'vitest';
import { Latest } from './latest';

test('of those asked for while one runs, only the newest follows', async () => {
  const begun: number[] = [];
  const ends: (() => void)[] = [];
  const latest = new Latest<number>((input) => {
    begun.push(input);
    return new Promise((resolve) => void ends.push(resolve));
  });
  for (const input of [1, 2, 3, 4]) latest.push(input);
  expect(begun).toEqual([1]);
  ends[0]?.();
  await vi.waitFor(() => expect(begun).toEqual([1, 4]));
  ends[1]?.();
  latest.push(5);
  await vi.waitFor(() => expect(begun).toEqual([1, 4, 5]));
});

test('a running job is aborted once the newer one has waited long enough', async () => {
  vi.useFakeTimers();
  const signals: AbortSignal[] = [];
  const latest = new Latest<number>((_input, signal) => {
    signals.push(signal);
    return new Promise((resolve) => signal.addEventListener('abort', () => resolve()));
  });
  latest.push(1);
  latest.push(2);
  expect(signals[0]?.aborted).toBe(false);
  await vi.advanceTimersByTimeAsync(100);
  expect(signals.map(({ aborted }) => aborted)).toEqual([true, false]);
  vi.useRealTimers();
});
