/** The client against a port that is driven by hand: ids, one ending each, a fresh port after a fatal error. */
import { expect, test } from 'vitest';
import { Client, type Port } from './client';
import type { Reply, Request } from './protocol';

class HandPort implements Port {
  readonly sent: Request[] = [];
  terminated = false;
  onmessage: ((event: MessageEvent<Reply>) => void) | null = null;
  onerror: ((event: ErrorEvent) => void) | null = null;

  postMessage(message: Request): void {
    this.sent.push(message);
  }

  terminate(): void {
    this.terminated = true;
  }

  reply(data: Reply): void {
    this.onmessage?.({ data } as MessageEvent<Reply>);
  }
}

function fixture(): { client: Client; ports: HandPort[]; lost: () => number } {
  const ports: HandPort[] = [];
  let lost = 0;
  const client = new Client(
    () => {
      const port = new HandPort();
      ports.push(port);
      return port;
    },
    () => (lost += 1),
  );
  return { client, ports, lost: () => lost };
}

test('answers reach the call with their id, progress before them', async () => {
  const { client, ports } = fixture();
  const progress: unknown[] = [];
  const first = client.call('measure', { model: 'mlp' }, { progress: (part) => progress.push(part) });
  const second = client.call('sample', { index: 3 });
  const [port] = ports;
  expect(port?.sent.map(({ id, call }) => [id, call])).toEqual([[1, 'measure'], [2, 'sample']]);
  port?.reply({ id: 2, kind: 'value', value: 'sampled' });
  port?.reply({ id: 1, kind: 'progress', progress: 'half' });
  port?.reply({ id: 1, kind: 'value', value: 'measured' });
  port?.reply({ id: 1, kind: 'value', value: 'again' });
  expect(await Promise.all([first, second])).toEqual(['measured', 'sampled']);
  expect(progress).toEqual(['half']);
});

test('an abort becomes a cancel message; the error keeps its code', async () => {
  const { client, ports } = fixture();
  const abort = new AbortController();
  const call = client.call('measure', { model: 'mlp' }, { signal: abort.signal });
  abort.abort();
  expect(ports[0]?.sent[1]).toEqual({ id: 1, call: 'cancel' });
  ports[0]?.reply({ id: 1, kind: 'error', error: { code: 'cancelled', message: 'cancelled' }, fatal: false });
  await expect(call).rejects.toMatchObject({ code: 'cancelled' });
  expect(ports).toHaveLength(1);
});

test('after a fatal error all calls end, and the next one starts a fresh worker', async () => {
  const { client, ports, lost } = fixture();
  const calls = [client.call('sample', { index: 1 }), client.call('sample', { index: 2 })];
  ports[0]?.reply({ id: 1, kind: 'error', error: { code: 'internal', message: 'unreachable' }, fatal: true });
  const endings = await Promise.allSettled(calls);
  expect(endings.map((ending) => ending.status === 'rejected' && (ending.reason as { code: string }).code)).toEqual(['internal', 'restarted']);
  expect([ports[0]?.terminated, lost()]).toEqual([true, 1]);
  const next = client.call('sample', { index: 3 });
  ports[1]?.reply({ id: 3, kind: 'value', value: 'fresh' });
  expect(await next).toBe('fresh');
});
