/** A reload that brings other files. */
import { afterEach, expect, test, vi } from 'vitest';
import { PATIENCE } from './patience';
import { reloadAnew } from './reload';

afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

const past = { cache: 'reload', signal: expect.any(AbortSignal) as AbortSignal };

test('a reload goes past the caches for every script, whatever becomes of them', async () => {
  const asked: unknown[][] = [];
  const reload = vi.fn();
  vi.stubGlobal('performance', { getEntriesByType: () => ['https://h/a/x.js', 'https://h/a/y.wasm', 'https://h/a/z.js?v'].map((name) => ({ name })) });
  vi.stubGlobal('fetch', (...given: unknown[]) => (asked.push(given), asked.length === 1 ? Promise.reject(new TypeError('away')) : Promise.resolve(new Response(''))));
  vi.stubGlobal('location', { reload });
  await reloadAnew();
  expect(asked).toEqual([['https://h/a/x.js', past], ['https://h/a/z.js?v', past]]);
  expect(reload).toHaveBeenCalledOnce();
});

test('a script that does not come holds up no reload', async () => {
  vi.useFakeTimers();
  const reload = vi.fn();
  vi.stubGlobal('performance', { getEntriesByType: () => [{ name: 'https://h/a/x.js' }] });
  vi.stubGlobal('fetch', (_: string, { signal }: RequestInit) => new Promise((_resolve, reject) => signal?.addEventListener('abort', () => reject(signal.reason as Error))));
  vi.stubGlobal('location', { reload });
  const over = reloadAnew();
  await vi.advanceTimersByTimeAsync(PATIENCE.reload - 1);
  expect(reload).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(1);
  await over;
  expect(reload).toHaveBeenCalledOnce();
});
