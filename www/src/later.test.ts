/** Whether a script that did not come may come another time. */
import { expect, test, vi } from 'vitest';
import { Absence, arrivals, later } from './later';

test.each([
  [new TypeError('Failed to fetch dynamically imported module: x.js'), 'away'],
  [new SyntaxError("Unexpected token '<'"), 'damaged'],
  [new ReferenceError('a is not defined'), 'damaged'],
  ['nothing', 'damaged'],
])('%s: %s', async (thrown, code) => {
  const absent = (): Promise<unknown> => later(`${code} ${String(thrown)}`, () => Promise.reject(thrown as Error));
  await expect(absent()).rejects.toBeInstanceOf(Absence);
  await expect(absent()).rejects.toMatchObject({ code, tries: 2 });
});

test('what comes is handed on', async () => {
  expect(await later('whole', () => Promise.resolve({ a: 1 }))).toEqual({ a: 1 });
});

test('what never comes is given up', async () => {
  vi.useFakeTimers();
  const silent = later('silent', () => new Promise(() => undefined));
  const outcome = expect(silent).rejects.toMatchObject({ code: 'silent', tries: 1 });
  await vi.advanceTimersByTimeAsync(30_000);
  await outcome;
  await later('there', () => Promise.resolve(1));
  expect(vi.getTimerCount()).toBe(0);
  vi.useRealTimers();
});

test('whoever asks meanwhile waits with the first, and what comes after all is told to those who lack it', async () => {
  const load = vi.fn<() => Promise<string>>().mockRejectedValueOnce(new TypeError('away')).mockResolvedValue('there');
  const heard = vi.fn();
  arrivals.addEventListener('shared', heard);
  const ask = (): Promise<unknown> => later('shared', load);
  const [first, second] = await Promise.allSettled([ask(), ask()]);
  expect([first, second]).toMatchObject([{ reason: { tries: 1 } }, { reason: { tries: 1 } }]);
  expect(load).toHaveBeenCalledOnce();
  expect(heard).not.toHaveBeenCalled();
  expect(await ask()).toBe('there');
  expect(await ask()).toBe('there');
  expect(heard).toHaveBeenCalledOnce();
});
