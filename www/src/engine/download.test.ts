/** Downloads against responses that a test plays: what fails says so, what stalls is given up, a retry goes past the caches. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { download, nameOf, type Way } from './download';
import { failure } from './failure';

const STALL = 30_000;
let asked: [string, RequestInit][];
let alive: number;
const way = (anew = false): Way => ({ stall: STALL, anew, alive: () => (alive += 1) });
const codeIn = (promise: Promise<unknown>): Promise<unknown> =>
  promise.catch((thrown: unknown) => {
    const { code, message } = failure(thrown);
    return `${code}: ${message}`;
  });

/** Answers fetches so, as the platform does: an abort ends both request and body. */
function serve(respond: (signal: AbortSignal) => Promise<Response>): void {
  vi.stubGlobal('fetch', (url: string, init: RequestInit & { signal: AbortSignal }) => {
    asked.push([url, init]);
    return respond(init.signal);
  });
}
const aborted = (signal: AbortSignal): Promise<never> => new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error)));

/** A body whose chunks a test hands over. */
function body(signal: AbortSignal): { response: Response; push: (bytes: number[]) => void; close: () => void; fail: () => void } {
  let controller!: ReadableStreamDefaultController<Uint8Array>;
  const stream = new ReadableStream<Uint8Array>({ start: (given) => void (controller = given) });
  let isOpen = true;
  const end = (work: () => void): void => {
    if (isOpen) work();
    isOpen = false;
  };
  signal.addEventListener('abort', () => end(() => controller.error(signal.reason)));
  return { response: new Response(stream), push: (bytes) => controller.enqueue(Uint8Array.from(bytes)), close: () => end(() => controller.close()), fail: () => end(() => controller.error(new TypeError('reset'))) };
}

beforeEach(() => {
  vi.useFakeTimers();
  asked = [];
  alive = 0;
});
afterEach(() => {
  expect(vi.getTimerCount()).toBe(0);
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test('the bytes come whole, progress never goes back, and a retry goes past the caches', async () => {
  for (const anew of [false, true]) {
    const seen: number[] = [];
    serve((signal) => {
      const { response, push, close } = body(signal);
      for (const chunk of [[1, 2], [3], [4, 5, 6]]) push(chunk);
      close();
      return Promise.resolve(response);
    });
    expect(await download('/a/b.onnx?x', way(anew), 4, (fraction) => seen.push(fraction))).toEqual(Uint8Array.of(1, 2, 3, 4, 5, 6));
    expect(seen).toEqual([0.5, 0.75, 1]);
  }
  expect(asked.map(([, { cache }]) => cache)).toEqual(['default', 'reload']);
  expect(alive).toBe(6);
});

test('bytes and blobs are there already', async () => {
  const bytes = Uint8Array.of(1, 2);
  expect(await download(bytes, way())).toBe(bytes);
  expect(await download(new Blob([bytes]), way())).toEqual(bytes);
});

test('a server that is away, refuses, or breaks off is told by the file’s name', async () => {
  serve(() => Promise.reject(new TypeError('Failed to fetch')));
  expect(await codeIn(download('https://host/a/cnn-1.onnx', way()))).toBe('io: cnn-1.onnx could not be fetched; check the connection and try again');
  serve(() => Promise.resolve(new Response('no', { status: 503 })));
  expect(await codeIn(download('/cnn-1.onnx', way()))).toBe('io: cnn-1.onnx: the server answered 503; try again later');
  serve((signal) => {
    const { response, push, fail } = body(signal);
    push([1, 2, 3]);
    setTimeout(fail, 1);
    return Promise.resolve(response);
  });
  const broken = codeIn(download('/cnn-1.onnx', way()));
  await vi.advanceTimersByTimeAsync(1);
  expect(await broken).toBe('io: cnn-1.onnx: the connection broke after 3 bytes; try again');
});

test('what never answers, and what stops coming, is given up 30 seconds after its last byte', async () => {
  serve(aborted);
  const silent = codeIn(download('/a.onnx', way()));
  await vi.advanceTimersByTimeAsync(STALL);
  expect(await silent).toBe('io: a.onnx: nothing came for 30 s after 0 bytes; try again');
  let push!: (bytes: number[]) => void;
  serve((signal) => {
    const made = body(signal);
    push = made.push;
    return Promise.resolve(made.response);
  });
  let isOver = false;
  const stalled = codeIn(download('/a.onnx', way())).finally(() => (isOver = true));
  for (let count = 0; count < 10; count++) {
    await vi.advanceTimersByTimeAsync(STALL - 1);
    push([count]);
  }
  await vi.advanceTimersByTimeAsync(STALL - 1);
  expect(isOver).toBe(false);
  await vi.advanceTimersByTimeAsync(1);
  expect(await stalled).toBe('io: a.onnx: nothing came for 30 s after 10 bytes; try again');
});

test('a file is named by the last part of its address', () => {
  expect(['https://h/a/b%20c.wasm?x=/y#z', 'd.onnx'].map(nameOf)).toEqual(['b c.wasm', 'd.onnx']);
});
