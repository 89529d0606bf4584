/** Many who look share one engine: each gets its own answers, in turns, and the engine lasts as long as anyone is there. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { ModelStatus } from '../shapes';
import type { Artefacts, Look } from './engine';
import { Seat, SharedEngine } from './shared';
import { HandPort } from './testing/hand-port';

const LINGER = 1_000;
const picture = { rgba: new Uint8ClampedArray(4), width: 1, height: 1 };

let ports: HandPort[];
let ended: number;
let shared: SharedEngine;

beforeEach(() => {
  vi.useFakeTimers();
  ports = [];
  ended = 0;
  const model = (name: string): Artefacts['models'][number] => ({ model: name, path: `${name}.onnx`, source: '', bytes: 1, sha256: '', kind: 'network', thumbnails: undefined });
  shared = new SharedEngine(
    {
      wasm: { plain: '', relaxed: undefined },
      models: [model('one'), model('two')],
      labels: ['a', 'b'],
      testSet: undefined,
      spawn: () => {
        const port = new HandPort((request, own) => {
          if (request.call === 'start') own.value(request.id, { module: {} });
          if (request.call === 'load') own.value(request.id, { labels: ['a', 'b'], bytes: new Uint8Array(1) });
        });
        port.terminate = () => void (ended += 1);
        ports.push(port);
        return port;
      },
    },
    () => LINGER,
  );
});
afterEach(() => void vi.useRealTimers());

const settle = (): Promise<unknown> => vi.advanceTimersByTimeAsync(0);

interface Visitor {
  readonly seat: Seat;
  readonly statuses: Map<string, ModelStatus['kind']>;
  readonly ends: number[];
  readonly look: (number: number) => void;
}

function visitor(...models: string[]): Visitor {
  const statuses = new Map<string, ModelStatus['kind']>();
  const ends: number[] = [];
  const seat = new Seat(shared, (model, { kind }) => statuses.set(model, kind));
  seat.want(models);
  const look = (number: number): void => {
    const asked: Look = { number, picture, recipe: 'auto', switched: [], see: () => undefined, end: () => ends.push(number) };
    seat.look(asked);
  };
  return { seat, statuses, ends, look };
}

/** The numbers of the looks that the worker was asked for, and an answer to the last. */
const looks = (): number[] => ports.at(-1)?.asked('look').map(({ ask }) => ask.look) ?? [];
const answer = async (): Promise<void> => {
  const { id } = ports.at(-1)?.asked('look').at(-1) ?? { id: 0 };
  ports.at(-1)?.value(id, null);
  await settle();
};

test('all are served by one worker; each hears of the models that it wants, and only these are loaded', async () => {
  const [one, two] = [visitor('one'), visitor('one')];
  one.seat.start();
  two.seat.start();
  await settle();
  expect(ports.length).toBe(1);
  expect(ports[0]?.asked('load').map(({ ask }) => ask.file.model)).toEqual(['one']);
  expect([...one.statuses, ...two.statuses]).toEqual([['one', 'ready'], ['one', 'ready']]);
  two.seat.want(['two']);
  await settle();
  expect(two.statuses.get('two')).toBe('ready');
  expect(one.statuses.has('two')).toBe(false);
});

test('looks take turns: nobody’s is dropped for another’s, and of one’s own only the newest waits', async () => {
  const [one, two] = [visitor('one'), visitor('one')];
  one.seat.start();
  two.seat.start();
  await settle();
  one.look(1);
  two.look(101);
  one.look(2);
  one.look(3);
  two.look(102);
  await settle();
  for (let turn = 0; turn < 3; turn++) await answer();
  expect(looks()).toEqual([1, 102, 3]);
  expect(two.ends).toEqual([102]);
  expect(one.ends.at(-1)).toBe(3);
  expect(ports[0]?.asked('look')[0]?.ask.models).toEqual(['one']);
});

test('it stays for a while after the last one left, and no worker is started for one that comes back', async () => {
  const one = visitor('one');
  one.seat.start();
  await settle();
  one.seat.end();
  await vi.advanceTimersByTimeAsync(LINGER - 1);
  one.seat.start();
  await vi.advanceTimersByTimeAsync(10 * LINGER);
  expect([ports.length, ended]).toEqual([1, 0]);
  one.seat.end();
  await vi.advanceTimersByTimeAsync(LINGER);
  expect(ended).toBe(1);
});

test('a look of one that left is asked again when it is back, with a fresh worker', async () => {
  const one = visitor('one');
  one.seat.start();
  await settle();
  one.look(1);
  await settle();
  one.seat.end();
  await vi.advanceTimersByTimeAsync(LINGER);
  expect(one.ends).toEqual([]);
  one.seat.start();
  await settle();
  expect(ports.length).toBe(2);
  expect(looks()).toEqual([1]);
  await answer();
  expect(one.ends).toEqual([1]);
});
