/** The client against a port that is driven by hand: ids, one ending each, deadlines, whose fault it was, a fresh port after it. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Client, type Fault } from './client';
import { LIMITS } from './limits';
import { HandPort } from './testing/hand-port';

const ask = { model: 'mlp', measurement: 1 };
const { step, stall, tick } = LIMITS;

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  vi.useRealTimers();
});

function setUp(make: () => HandPort = () => new HandPort()): { client: Client; ports: HandPort[]; faults: Fault[] } {
  const ports: HandPort[] = [];
  const faults: Fault[] = [];
  const spawn = (): HandPort => {
    const port = make();
    ports.push(port);
    return port;
  };
  return { client: new Client(spawn, (fault) => faults.push(fault), LIMITS), ports, faults };
}

/** The codes of how calls ended; `undefined` of one that succeeded. */
async function codes(calls: readonly Promise<unknown>[]): Promise<unknown[]> {
  const endings = await Promise.allSettled(calls);
  return endings.map((ending) => (ending.status === 'rejected' ? (ending.reason as { code: string }).code : undefined));
}

test('answers reach the call with their id, progress before them', async () => {
  const { client, ports } = setUp();
  const progress: unknown[] = [];
  const first = client.call('measure', ask, { progress: (part) => progress.push(part) });
  const second = client.call('sample', { index: 3 });
  const [port] = ports;
  expect(port?.sent.map(({ id, call }) => [id, call])).toEqual([[1, 'measure'], [2, 'sample']]);
  port?.value(2, 'sampled');
  port?.reply({ id: 1, kind: 'progress', progress: 'half' });
  port?.value(1, 'measured');
  port?.value(1, 'again');
  expect(await Promise.all([first, second])).toEqual(['measured', 'sampled']);
  expect(progress).toEqual(['half']);
});

test('an abort becomes a cancel message; the error keeps its code', async () => {
  const { client, ports } = setUp();
  const abort = new AbortController();
  const call = client.call('measure', ask, { signal: abort.signal });
  abort.abort();
  expect(ports[0]?.sent[1]).toEqual({ id: 1, call: 'cancel' });
  ports[0]?.reply({ id: 1, kind: 'error', error: { code: 'cancelled', message: 'cancelled' }, fatal: false });
  await expect(call).rejects.toMatchObject({ code: 'cancelled' });
  expect(ports).toHaveLength(1);
});

test('after a fatal error all calls end, and the next one starts a fresh worker', async () => {
  const { client, ports, faults } = setUp();
  const calls = [client.call('sample', { index: 1 }), client.call('sample', { index: 2 })];
  ports[0]?.stop(1);
  expect(await codes(calls)).toEqual(['stopped', 'restarted']);
  expect(ports[0]?.terminated).toBe(true);
  expect(faults).toMatchObject([{ call: 'sample', model: undefined, began: true, failure: { code: 'stopped' } }]);
  const next = client.call('sample', { index: 3 });
  ports[1]?.value(3, 'fresh');
  expect(await next).toBe('fresh');
});

test('a late error of a worker that was given up does not end the one after it', async () => {
  const { client, ports, faults } = setUp();
  const first = client.call('sample', { index: 1 });
  const late = ports[0]?.onerror;
  ports[0]?.stop(1);
  await codes([first]);
  const second = client.call('sample', { index: 2 });
  late?.({ message: 'late', preventDefault: () => undefined } as ErrorEvent);
  expect([ports[0]?.onerror, ports[0]?.onmessage]).toEqual([null, null]);
  ports[1]?.value(2, 'fresh');
  expect(await second).toBe('fresh');
  expect(faults).toHaveLength(1);
});

test('whom the worker said that it asks is at fault', async () => {
  const { client, ports, faults } = setUp();
  const call = client.call('look', { look: 1, picture: { rgba: new Uint8ClampedArray(4), width: 1, height: 1 }, recipe: 'auto', switched: [], ground: undefined, frame: undefined, neighbours: 8 });
  ports[0]?.reply({ id: 1, kind: 'asking', model: 'mlp' });
  ports[0]?.reply({ id: 1, kind: 'asking', model: 'cnn' });
  ports[0]?.stop(1);
  await expect(call).rejects.toMatchObject({ code: 'stopped', model: 'cnn' });
  expect(faults).toMatchObject([{ call: 'look', model: 'cnn' }]);
});

test('a message that cannot be read, there or here, ends the worker', async () => {
  for (const unread of [(port: HandPort) => port.reply({ kind: 'unread' }), (port: HandPort) => port.onmessageerror?.({} as MessageEvent)]) {
    const { client, ports, faults } = setUp();
    const call = client.call('sample', { index: 1 });
    if (ports[0]) unread(ports[0]);
    expect(await codes([call])).toEqual([faults[0]?.began ? 'restarted' : 'stopped']);
    expect(ports[0]?.terminated).toBe(true);
  }
});

test('a message that cannot be sent is refused, and nothing waits for its answer', async () => {
  const { client, ports } = setUp(() => Object.assign(new HandPort(), { postMessage: () => { throw new Error('could not be cloned'); } }));
  expect(await codes([client.call('sample', { index: 1 })])).toEqual(['parameter']);
  expect(ports[0]?.terminated).toBe(false);
  expect(vi.getTimerCount()).toBe(0);
});

test('a worker that cannot be made, or fails before it ever spoke, is told from one that stopped', async () => {
  const none = setUp(() => { throw new Error('blocked'); });
  expect(await codes([none.client.call('sample', { index: 1 })])).toEqual(['worker']);
  const { client, ports, faults } = setUp();
  const calls = [client.call('sample', { index: 1 }), client.call('sample', { index: 2 })];
  ports[0]?.onerror?.({ message: '', preventDefault: () => undefined } as ErrorEvent);
  expect(await codes(calls)).toEqual(['worker', 'worker']);
  expect(faults).toMatchObject([{ began: false }]);
});

test('a worker that hangs is ended after its time, and the call that it computes is at fault, not the one that waits', async () => {
  const { client, ports, faults } = setUp();
  const calls = [client.call('occlude', { model: 'cnn', pixels: new Float32Array(784) }), client.call('sample', { index: 1 })];
  ports[0]?.reply({ id: 1, kind: 'asking', model: 'cnn' });
  vi.advanceTimersByTime(step - tick);
  expect(ports[0]?.terminated).toBe(false);
  vi.advanceTimersByTime(tick);
  expect(ports[0]?.terminated).toBe(true);
  expect(await codes(calls)).toEqual(['timeout', 'restarted']);
  expect(faults).toMatchObject([{ call: 'occlude', model: 'cnn', failure: { code: 'timeout' } }]);
  expect(vi.getTimerCount()).toBe(0);
});

test('as long as it talks, and bytes come, it is waited for', async () => {
  const { client, ports } = setUp();
  const load = client.call('load', { file: { model: 'cnn' } as never, anew: false });
  ports[0]?.reply({ kind: 'alive' });
  for (let time = 0; time < 10 * stall; time += stall) {
    vi.advanceTimersByTime(stall);
    ports[0]?.reply({ id: 1, kind: 'progress', progress: 0.5 });
  }
  expect(ports[0]?.terminated).toBe(false);
  vi.advanceTimersByTime(stall + step);
  expect(ports[0]?.terminated).toBe(true);
  expect(await codes([load])).toEqual(['timeout']);
});

test('a call that is forgotten while the worker talks of others is not waited for without end', async () => {
  const { client, ports } = setUp();
  const calls = [client.call('sample', { index: 1 }), client.call('measure', ask)];
  for (let time = 0; time < 4 * step; time += step / 2) {
    ports[0]?.reply({ id: 2, kind: 'progress', progress: 'some' });
    vi.advanceTimersByTime(step / 2);
  }
  expect(await codes(calls)).toEqual(['timeout', 'restarted']);
});

test('time that passed while nothing was asked, and a suspended page, cost no patience', async () => {
  const { client, ports } = setUp();
  const first = client.call('sample', { index: 1 });
  ports[0]?.value(1, 'first');
  await first;
  vi.advanceTimersByTime(100 * step);
  const second = client.call('sample', { index: 2 });
  vi.advanceTimersByTime(step - 2 * tick);
  // A suspended page's clock goes on, its timers do not: they fire once when it is back.
  vi.setSystemTime(Date.now() + 3_600_000);
  vi.advanceTimersByTime(tick);
  expect(ports[0]?.terminated).toBe(false);
  ports[0]?.value(2, 'second');
  expect(await second).toBe('second');
});

test('what was asked of an ended one is rejected, nothing more is asked, and nothing is left', async () => {
  const { client, ports, faults } = setUp();
  const abort = new AbortController();
  const pending = client.call('measure', ask, { signal: abort.signal });
  const [port] = ports;
  client.end();
  expect(await codes([pending, client.call('sample', { index: 1 })])).toEqual(['ended', 'ended']);
  abort.abort();
  expect([port?.terminated, port?.sent.length, port?.onmessage, port?.onerror, port?.onmessageerror]).toEqual([true, 1, null, null, null]);
  expect([ports.length, faults.length, vi.getTimerCount()]).toEqual([1, 0, 0]);
});
