/** A file comes whole, or it does not. */
import { afterEach, expect, test, vi } from 'vitest';
import { type Whole, whole } from './whole';

afterEach(() => void vi.unstubAllGlobals());

/** A host that answers so. */
const answering = (answer: (signal: AbortSignal) => Response | Promise<Response>): void =>
  void vi.stubGlobal('fetch', (_url: string, { signal }: { signal: AbortSignal }) => Promise.resolve(answer(signal)));

/** A body of `parts`, which then says nothing more when `stalls`. */
const body = (signal: AbortSignal, parts: string[], stalls: boolean): ReadableStream<Uint8Array> =>
  new ReadableStream({
    start(controller) {
      for (const part of parts) controller.enqueue(new TextEncoder().encode(part));
      if (stalls) signal.addEventListener('abort', () => controller.error(signal.reason));
      else controller.close();
    },
  });

test('what comes is whole, with its headers but for those of the way', async () => {
  answering((signal) => new Response(body(signal, ['ab', 'c'], false), { headers: { 'content-type': 'text/javascript', 'content-encoding': 'gzip', 'content-security-policy': "default-src 'none'" } }));
  const file = (await whole('https://host/a.js', 'default', 10_000)) as Whole;
  expect(new TextDecoder().decode(file.bytes)).toBe('abc');
  expect([...file.headers]).toEqual([['content-security-policy', "default-src 'none'"], ['content-type', 'text/javascript']]);
});

test('what is not there, cannot be reached or stalls does not come', async () => {
  answering(() => new Response('Not found', { status: 404 }));
  expect(await whole('https://host/a.js', 'default', 10_000)).toBeUndefined();
  answering(() => Promise.reject(new TypeError('refused')));
  expect(await whole('https://host/a.js', 'default', 10_000)).toBeUndefined();
  answering((signal) => new Response(body(signal, ['ab'], true)));
  expect(await whole('https://host/a.js', 'default', 1)).toBe('stalled');
  answering((signal) => new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(new Error('aborted')))));
  expect(await whole('https://host/a.js', 'default', 1)).toBe('stalled');
});
