/** A measurement ends in every row, runs once at a time, and can be cancelled while the test set is on its way. */
import { beforeEach, expect, test } from 'vitest';
import { initial, type State } from '../lab/state';
import { t } from '../messages';
import type { Measurement } from '../shapes';
import { Measuring } from './measurement';

const whole = { done: 10, total: 10, accuracy: 0.9 } as Measurement;

/** A promise with what settles it. */
interface Later<Value> {
  readonly promise: Promise<Value>;
  readonly resolve: (value: Value) => void;
  readonly reject: (problem: Error) => void;
}

function later<Value>(): Later<Value> {
  let settle: Omit<Later<Value>, 'promise'> | undefined;
  const promise = new Promise<Value>((resolve, reject) => (settle = { resolve, reject }));
  if (!settle) throw new Error('a promise runs its executor at once');
  return { promise, ...settle };
}

/** An engine whose promises are settled by hand. */
class Hand {
  readonly opened = later<number>();
  readonly measured: { model: string; signal: AbortSignal; progress: (soFar: Measurement) => void; end: Later<Measurement> }[] = [];
  testSet = (): Promise<number> => this.opened.promise;
  readonly read: Later<number>[] = [];
  openTestSet = (): Promise<number> => {
    const opened = later<number>();
    this.read.push(opened);
    return opened.promise;
  };
  measure = (model: string, progress: (soFar: Measurement) => void, signal: AbortSignal): Promise<Measurement> => {
    const end = later<Measurement>();
    this.measured.push({ model, signal, progress, end });
    return end.promise;
  };
}

let engine: Hand;
let state: State;
let said: string[];
let measuring: Measuring;

beforeEach(() => {
  engine = new Hand();
  state = { ...initial(['mlp', 'cnn'], [], true), statuses: new Map(['mlp', 'cnn'].map((model) => [model, { kind: 'ready', labels: [] }])) };
  said = [];
  const set = (part: Partial<State>): void => {
    state = { ...state, ...part };
    if (part.status !== undefined) said.push(part.status);
  };
  const lab = {
    get state() {
      return state;
    },
    engine,
    set,
    say: (status: string) => set({ status }),
    complain: (problem: () => string) => set({ problem }),
    haveTestSet: () => set({ testSet: 'opened' }),
    lackTestSet: () => set({ testSet: 'wanted' }),
  };
  measuring = new Measuring(lab, () => undefined);
});

const states = (): string[] => measuring.state.trials.map(({ model, state: each }) => `${model} ${each}`);
/** Lets what has been settled take its effect. */
const settle = async (): Promise<void> => {
  for (let turn = 0; turn < 10; turn++) await Promise.resolve();
};

test('every loaded model is measured, one after the other', async () => {
  const run = measuring.start();
  expect(states()).toEqual(['mlp waiting', 'cnn waiting']);
  engine.opened.resolve(10);
  await settle();
  expect(states()).toEqual(['mlp running', 'cnn waiting']);
  engine.measured[0]?.end.resolve(whole);
  await settle();
  expect(states()).toEqual(['mlp done', 'cnn running']);
  engine.measured[1]?.end.resolve(whole);
  await run;
  expect(states()).toEqual(['mlp done', 'cnn done']);
  expect(measuring.state.running).toBe(false);
  expect(said.at(-1)).toBe(t.measure.finished);
});

test('a measurement that runs is not begun a second time', async () => {
  const run = measuring.start();
  await measuring.start();
  engine.opened.resolve(10);
  await settle();
  expect(engine.measured.map(({ model }) => model)).toEqual(['mlp']);
  await measuring.start();
  expect(states()).toEqual(['mlp running', 'cnn waiting']);
  engine.measured[0]?.end.resolve(whole);
  await settle();
  engine.measured[1]?.end.resolve(whole);
  await run;
  expect(engine.measured.length).toBe(2);
});

test('cancelled before the test set is there, no row waits any longer, and it can be begun again', async () => {
  const run = measuring.start();
  measuring.cancel();
  await run;
  expect(states()).toEqual(['mlp cancelled', 'cnn cancelled']);
  expect(measuring.state.running).toBe(false);
  expect(said.at(-1)).toBe(t.measure.announceCancelled);
  const again = measuring.start();
  engine.opened.resolve(10);
  await settle();
  expect(states()).toEqual(['mlp running', 'cnn waiting']);
  measuring.cancel();
  engine.measured[0]?.end.resolve({ ...whole, done: 4 });
  await again;
  expect(states()).toEqual(['mlp cancelled', 'cnn cancelled']);
});

test('a test set that comes to nothing after the cancel harms nobody', async () => {
  const run = measuring.start();
  measuring.cancel();
  await run;
  engine.opened.reject(new Error('gone'));
  await settle();
  expect(state.problem).toBeUndefined();
});

test('without a test set nothing is measured, and the visitor is asked for it', async () => {
  engine.opened.reject(new Error('gone'));
  await measuring.start();
  expect(states()).toEqual([]);
  expect(state.testSet).toBe('wanted');
  expect(state.problem?.()).toContain('gone');
});

test('a model that fails keeps its figures so far, and the next has its turn', async () => {
  const run = measuring.start();
  engine.opened.resolve(10);
  await settle();
  engine.measured[0]?.progress({ ...whole, done: 4 });
  engine.measured[0]?.end.reject(new Error('broken'));
  await settle();
  expect(states()).toEqual(['mlp failed', 'cnn running']);
  expect(measuring.state.trials[0]?.measurement?.done).toBe(4);
  engine.measured[1]?.end.resolve(whole);
  await run;
  expect(states()).toEqual(['mlp failed', 'cnn done']);
});

test('of two copies of the test set the one handed in last counts, whatever becomes of the first', async () => {
  const files = ['images', 'labels'].map((name) => new File([name], name));
  for (const fails of [true, false]) {
    measuring.takeTestFiles(files);
    measuring.takeTestFiles(files);
    const [first, second] = engine.read.splice(0);
    if (fails) first?.reject(new Error('cut short'));
    else first?.resolve(9);
    await settle();
    expect([state.testSet, state.problem]).toEqual(['opening', undefined]);
    second?.resolve(10);
    await settle();
    expect([state.testSet, said.at(-1)]).toEqual(['opened', t.measure.opened(10)]);
  }
  state = { ...state, testSet: 'missing' };
  measuring.takeTestFiles(files);
  measuring.takeTestFiles(files);
  for (const { reject } of engine.read) reject(new Error('no IDX file'));
  await settle();
  expect([state.testSet, state.problem?.()]).toEqual(['missing', 'no IDX file']);
});

test('what was asked for is measured first, then the rest', async () => {
  const run = measuring.start(['cnn']);
  engine.opened.resolve(10);
  await settle();
  expect(states()).toEqual(['mlp waiting', 'cnn running']);
  engine.measured[0]?.end.resolve(whole);
  await settle();
  expect(states()).toEqual(['mlp running', 'cnn done']);
  engine.measured[1]?.end.resolve(whole);
  await run;
});

test('what is asked for while another is measured comes next', async () => {
  const models = ['mlp', 'cnn', 'knn'];
  state = { ...state, models, statuses: new Map(models.map((model) => [model, { kind: 'ready', labels: [] }])) };
  const run = measuring.start();
  engine.opened.resolve(10);
  await settle();
  await measuring.start(['knn']);
  for (let at = 0; at < models.length; at++) {
    engine.measured[at]?.end.resolve(whole);
    await settle();
  }
  await run;
  expect(engine.measured.map(({ model }) => model)).toEqual(['mlp', 'knn', 'cnn']);
});

test('what is measured already is not measured again before all are', async () => {
  const run = measuring.start();
  engine.opened.resolve(10);
  await settle();
  engine.measured[0]?.end.resolve(whole);
  await settle();
  measuring.cancel();
  engine.measured[1]?.end.resolve({ ...whole, done: 4 });
  await run;
  expect(states()).toEqual(['mlp done', 'cnn cancelled']);
  const again = measuring.start();
  await settle();
  expect(states()).toEqual(['mlp done', 'cnn running']);
  engine.measured[2]?.end.resolve(whole);
  await again;
  const anew = measuring.start();
  await settle();
  expect(states()).toEqual(['mlp running', 'cnn waiting']);
  measuring.cancel();
  engine.measured[3]?.end.resolve(whole);
  await anew;
});

test('figures of another test set do not stand beside the new one', async () => {
  const run = measuring.start();
  engine.opened.resolve(10);
  for (const at of [0, 1]) {
    await settle();
    engine.measured[at]?.end.resolve(whole);
  }
  await run;
  measuring.takeTestFiles(['images', 'labels'].map((name) => new File([name], name)));
  engine.read[0]?.resolve(10);
  await settle();
  expect(states()).toEqual([]);
});
