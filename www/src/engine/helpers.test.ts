/** Helpers over workers that a test plays: each serves one measurement, none is waited for, idle ones end. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Helpers, type Work } from './helpers';
import { LIMITS } from './limits';
import type { ModelFile } from './protocol';
import { HandPort } from './testing/hand-port';

const file: ModelFile = { model: 'cnn', kind: 'network', path: 'cnn', source: new Uint8Array(1), bytes: 1, sha256: '', thumbnails: undefined };

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const settle = (): Promise<unknown> => vi.advanceTimersByTimeAsync(0);

function setUp(threads: number, make: () => HandPort = willing): { helpers: Helpers; ports: HandPort[] } {
  const ports: HandPort[] = [];
  const spawn = (): HandPort => {
    const port = make();
    ports.push(port);
    return port;
  };
  return { helpers: new Helpers({ spawn, threads, limits: LIMITS }), ports };
}

/** Starts and loads, and serves until it is told to stop. */
const willing = (): HandPort =>
  new HandPort((request, port) => {
    if (request.call === 'cancel') port.value(request.id, null);
    else if (request.call !== 'serve') port.value(request.id, {});
  });

const work = (joined: MessagePort[]): Work => ({ module: {}, file, join: (port) => Promise.resolve(joined.push(port) > 0) });

test('there are as many as the machine has threads beside the first worker, eight at most in all', async () => {
  for (const [threads, expected] of [[1, 0], [4, 3], [32, 7]] as const) {
    const { helpers, ports } = setUp(threads);
    const joined: MessagePort[] = [];
    helpers.share(work(joined), new AbortController().signal);
    await settle();
    expect([ports.length, joined.length]).toEqual([expected, expected]);
    helpers.end();
  }
});

test('the next measurement takes those that are idle, and loads no model twice', async () => {
  const { helpers, ports } = setUp(3);
  for (let count = 0; count < 2; count++) {
    const over = new AbortController();
    helpers.share(work([]), over.signal);
    await settle();
    over.abort();
    await settle();
    await vi.advanceTimersByTimeAsync(LIMITS.idle / 2);
  }
  expect(ports).toHaveLength(2);
  expect(ports.map((port) => [port.asked('start').length, port.asked('load').length, port.asked('serve').length])).toEqual([[1, 1, 2], [1, 1, 2]]);
  await vi.advanceTimersByTimeAsync(LIMITS.idle);
  expect([ports.every(({ terminated }) => terminated), vi.getTimerCount()]).toEqual([true, 0]);
});

test('the end of one measurement does not take another’s', async () => {
  const { helpers, ports } = setUp(3);
  const [first, second] = [new AbortController(), new AbortController()];
  helpers.share(work([]), first.signal);
  await settle();
  first.abort();
  await settle();
  helpers.share(work([]), second.signal);
  await settle();
  // All are busy: a third gets none, and its end changes nothing.
  const third = new AbortController();
  helpers.share(work([]), third.signal);
  third.abort();
  await vi.advanceTimersByTimeAsync(10 * LIMITS.idle);
  expect(ports.map(({ terminated }) => terminated)).toEqual([false, false]);
  second.abort();
  await vi.advanceTimersByTimeAsync(LIMITS.idle);
  expect(ports.map(({ terminated }) => terminated)).toEqual([true, true]);
});

test('one that fails is forgotten, and another takes its place next time', async () => {
  let isBroken = true;
  const failing = (): HandPort =>
    isBroken ? new HandPort((request, port) => port.reply({ id: request.id, kind: 'error', error: { code: 'io', message: 'io' }, fatal: false })) : willing();
  const { helpers, ports } = setUp(2, failing);
  const joined: MessagePort[] = [];
  helpers.share(work(joined), new AbortController().signal);
  await settle();
  expect([ports.length, ports[0]?.terminated, joined.length]).toEqual([1, true, 0]);
  isBroken = false;
  helpers.share(work(joined), new AbortController().signal);
  await settle();
  expect([ports.length, joined.length]).toEqual([2, 1]);
  helpers.end();
});

test('one that hangs, or that cannot be started at all, holds up nothing and is let go', async () => {
  const hung = setUp(2, () => new HandPort());
  const over = new AbortController();
  hung.helpers.share(work([]), over.signal);
  await settle();
  over.abort();
  await vi.advanceTimersByTimeAsync(LIMITS.idle);
  expect([hung.ports[0]?.terminated, vi.getTimerCount()]).toEqual([true, 0]);
  const none = setUp(2, () => {
    throw new Error('blocked');
  });
  none.helpers.share(work([]), new AbortController().signal);
  await settle();
  expect(vi.getTimerCount()).toBe(0);
});

test('a measurement that is over before one is ready does not keep it', async () => {
  const { helpers, ports } = setUp(2);
  helpers.share({ ...work([]), join: (port) => (port.close(), Promise.resolve(false)) }, new AbortController().signal);
  await settle();
  expect(ports[0]?.terminated).toBe(true);
});

test('the end lets all of them go, those of a measurement too, and nothing is left', async () => {
  const { helpers, ports } = setUp(3);
  const over = new AbortController();
  helpers.share(work([]), over.signal);
  await settle();
  helpers.end();
  over.abort();
  await settle();
  helpers.share(work([]), new AbortController().signal);
  expect([ports.length, ports.every(({ terminated }) => terminated), vi.getTimerCount()]).toEqual([2, true, 0]);
});
