/** The worker's end: one ending for each call, whom it asks, and what makes an instance unusable. */
import { expect, test } from 'vitest';
import { answerAt, moving, type Mouth } from './answering';
import { CodedError } from './failure';
import type { Handlers, Reply, Request } from './protocol';
import { turn } from './turn';

function setUp(handlers: Partial<Handlers<'predict' | 'sample'>>): { replies: Reply[]; moved: Transferable[][]; broken: unknown[]; ask: (request: Request) => Promise<void>; mouth: Mouth } {
  const replies: Reply[] = [];
  const moved: Transferable[][] = [];
  const broken: unknown[] = [];
  const mouth: Mouth = {
    onmessage: null,
    onmessageerror: null,
    postMessage: (reply, transfer) => {
      replies.push(reply);
      moved.push(transfer);
    },
  };
  answerAt<'predict' | 'sample'>(mouth, handlers as Handlers<'predict' | 'sample'>, (thrown) => broken.push(thrown));
  const ask = async (data: Request): Promise<void> => {
    mouth.onmessage?.({ data } as MessageEvent<Request>);
    await turn();
  };
  return { replies, moved, broken, ask, mouth };
}

const predict = { id: 4, call: 'predict', ask: { model: 'cnn', pixels: new Float32Array(1) } } as const;

test('a value ends a call, and what it moves changes threads', async () => {
  const value = Float32Array.of(1);
  const { replies, moved, ask } = setUp({ predict: () => Promise.resolve(moving(value, [value.buffer])) });
  await ask(predict);
  expect(replies).toEqual([{ id: 4, kind: 'value', value }]);
  expect(moved).toEqual([[value.buffer]]);
});

test('it says whom it asks when that changes', async () => {
  const { replies, ask } = setUp({
    predict: (_, { asking }) => {
      for (const model of ['mlp', 'mlp', 'cnn', undefined]) asking(model);
      return Promise.resolve(new Float32Array(0));
    },
  });
  await ask(predict);
  await ask({ ...predict, id: 5 });
  const asked = (id: number): Reply[] => ['mlp', 'cnn', undefined].map((model) => ({ id, kind: 'asking', model }));
  expect(replies.filter(({ kind }) => kind === 'asking')).toEqual([...asked(4), ...asked(5)]);
});

test.each([
  ['a trap', new WebAssembly.RuntimeError('unreachable'), true],
  ['an overflown stack', new RangeError('Maximum call stack size exceeded'), true],
  ['another engine’s', Object.assign(new Error('too much recursion'), { name: 'InternalError' }), true],
  ['a lack of memory', new RangeError('WebAssembly.Memory.grow(): Maximum memory size exceeded'), true],
  ['a refusal of the wasm package', Object.assign(new Error('expected 784'), { code: 'shape' }), false],
  ['our own', new CodedError('io', 'away'), false],
])('%s: fatal or not', async (_, thrown, fatal) => {
  const { replies, broken, ask } = setUp({ predict: () => Promise.reject(thrown) });
  await ask(predict);
  expect(replies).toMatchObject([{ id: 4, kind: 'error', fatal, error: fatal ? { code: 'stopped' } : {} }]);
  expect(broken).toEqual(fatal ? [thrown] : []);
});

test('a cancelled call ends in that, unless it stopped the instance meanwhile', async () => {
  for (const [thrown, expected] of [[undefined, { error: { code: 'cancelled' }, fatal: false }], [new RangeError('stack'), { error: { code: 'stopped' }, fatal: true }]] as const) {
    const { replies, ask } = setUp({
      predict: (_, { signal }) =>
        new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(thrown ?? (signal.reason as Error)))),
    });
    await ask(predict);
    await ask({ id: 4, call: 'cancel' });
    expect(replies).toMatchObject([expected]);
  }
});

test('a message that cannot be read is told', () => {
  const { replies, mouth } = setUp({});
  mouth.onmessageerror?.({} as MessageEvent);
  expect(replies).toEqual([{ kind: 'unread' }]);
});
