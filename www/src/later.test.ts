/** Whether a script that did not come may come another time. */
import { afterEach, expect, test, vi } from 'vitest';
import { Absence, later, reloadAnew } from './later';

afterEach(() => vi.unstubAllGlobals());

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
  const outcome = expect(silent).rejects.toMatchObject({ code: 'away', tries: 1 });
  await vi.advanceTimersByTimeAsync(30_000);
  await outcome;
  await later('there', () => Promise.resolve(1));
  expect(vi.getTimerCount()).toBe(0);
  vi.useRealTimers();
});

test('a reload goes past the caches for every script, whatever becomes of them', async () => {
  const asked: unknown[][] = [];
  const reload = vi.fn();
  vi.stubGlobal('performance', { getEntriesByType: () => ['https://h/a/x.js', 'https://h/a/y.wasm', 'https://h/a/z.js?v'].map((name) => ({ name })) });
  vi.stubGlobal('fetch', (...given: unknown[]) => (asked.push(given), asked.length === 1 ? Promise.reject(new TypeError('away')) : Promise.resolve()));
  vi.stubGlobal('location', { reload });
  await reloadAnew();
  expect(asked).toEqual([['https://h/a/x.js', { cache: 'reload' }], ['https://h/a/z.js?v', { cache: 'reload' }]]);
  expect(reload).toHaveBeenCalledOnce();
});
