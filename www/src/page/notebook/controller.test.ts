/** The notebook asks for each thing once, again after a failure when it is wanted again, and keeps nothing of earlier measurements. */
import { beforeEach, expect, test, vi } from 'vitest';
import type { Engine } from '../../engine/engine';
import type { Measurement, ModelStatus, Trial } from '../../shapes';
import type { Gallery, Outcome } from '../../shapes.notebook';
import { Views } from '../views';
import { Notebook, type Followed } from './controller';

const ready: ModelStatus = { kind: 'ready', labels: [] };
const outcome = (): Outcome => ({ truth: Uint8Array.of(0, 1), predicted: Uint8Array.of(0, 0), probabilities: Float32Array.of(1, 0, 1, 0) });
const done = (model: string, of: Outcome): Trial => ({ model, state: 'done', measurement: { done: 2, total: 2, outcome: of } as Measurement });

let ask: ReturnType<typeof vi.fn<(call: string, what: unknown) => Promise<unknown>>>;
let notebook: Notebook;
let around: Followed;

beforeEach(() => {
  ask = vi.fn((call: string, what: unknown) => {
    if (call === 'gallery') return Promise.resolve({ source: (what as { source: Gallery['source'] }).source, garments: [] } satisfies Gallery);
    if (call === 'images') return Promise.resolve((what as { indices: number[] }).indices.map((index) => Uint8Array.of(index)));
    if (call === 'recall') return Promise.resolve((what as { references: number[] }).references.map(() => Uint8Array.of(1)));
    return Promise.resolve({ images: 2 });
  });
  const engine = { ask, testSet: () => Promise.resolve(2), forgive: () => undefined, diagram: () => Promise.reject(new Error('no file')) };
  notebook = new Notebook(engine as unknown as Pick<Engine, 'ask' | 'diagram' | 'forgive' | 'testSet'>, () => undefined, new Views());
  around = { trials: [], statuses: new Map([['knn', ready]]), testSet: 'packed' };
});

const asked = (call: string): unknown[] => ask.mock.calls.filter(([name]) => name === call).map(([, what]) => what);
/** Lets what has been settled take its effect, and the notebook see it as the page does. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 10; turn++) await Promise.resolve();
  notebook.follow(around);
  for (let turn = 0; turn < 10; turn++) await Promise.resolve();
}

test('examples come from the test set, and are asked for once', async () => {
  notebook.follow(around);
  notebook.follow(around);
  await settle();
  expect(notebook.state.gallery?.source).toBe('test');
  expect(asked('gallery').length).toBe(1);
});

test('without a test set they come from the index, and from the test set once that is there', async () => {
  around = { ...around, testSet: 'wanted', statuses: new Map() };
  notebook.follow(around);
  await settle();
  expect(asked('gallery')).toEqual([]);
  around = { ...around, statuses: new Map([['knn', ready]]) };
  await settle();
  expect(notebook.state.gallery?.source).toBe('index');
  around = { ...around, testSet: 'opened' };
  await settle();
  expect(notebook.state.gallery?.source).toBe('test');
});

test('examples that failed are asked for again when the index has come anew', async () => {
  around = { ...around, testSet: 'wanted' };
  ask.mockRejectedValueOnce(new Error('lost'));
  notebook.follow(around);
  await settle();
  expect(notebook.state.problems.gallery?.()).toBe('lost');
  expect(asked('gallery').length).toBe(1);
  around = { ...around, statuses: new Map() };
  await settle();
  around = { ...around, statuses: new Map([['knn', ready]]) };
  await settle();
  expect(notebook.state.problems.gallery).toBeUndefined();
  expect(notebook.state.gallery?.source).toBe('index');
});

test('a calibration is computed when its model is chosen, and goes with its measurement', async () => {
  const [first, second] = [outcome(), outcome()];
  const { trusted } = notebook.state;
  around = { ...around, trials: [done(trusted, first), done('knn', second)] };
  notebook.follow(around);
  await settle();
  expect(asked('calibrate')).toEqual([first]);
  notebook.trust('knn');
  await settle();
  expect([...notebook.state.calibrations.keys()]).toEqual([trusted, 'knn']);
  const again = outcome();
  around = { ...around, trials: [done('knn', again)] };
  notebook.follow(around);
  expect([...notebook.state.calibrations.keys()]).toEqual([]);
  await settle();
  expect(notebook.state.calibrations.get('knn')?.outcome).toBe(again);
  expect([...notebook.state.calibrations.keys()]).toEqual(['knn']);
});

test('a calibration that comes for a measurement that is no longer there is dropped', async () => {
  let finish: (value: unknown) => void = () => undefined;
  ask.mockReturnValueOnce(new Promise((resolve) => (finish = resolve)));
  around = { ...around, testSet: 'wanted', statuses: new Map(), trials: [done(notebook.state.trusted, outcome())] };
  notebook.follow(around);
  around = { ...around, trials: [] };
  notebook.follow(around);
  finish({ images: 2 });
  await settle();
  expect(notebook.state.calibrations.size).toBe(0);
});

test('a calibration that failed is computed again when its model is chosen again', async () => {
  around = { ...around, testSet: 'wanted', statuses: new Map(), trials: [done(notebook.state.trusted, outcome())] };
  ask.mockRejectedValueOnce(new Error('lost'));
  notebook.follow(around);
  await settle();
  expect(notebook.state.problems.trust?.()).toBe('lost');
  expect(asked('calibrate').length).toBe(1);
  notebook.trust(notebook.state.trusted);
  await settle();
  expect(notebook.state.problems.trust).toBeUndefined();
  expect(notebook.state.calibrations.size).toBe(1);
});

test('images are fetched once, and again after a failure', async () => {
  ask.mockRejectedValueOnce(new Error('lost'));
  await notebook.fetchImages([3, 4]);
  expect(notebook.state.problems.images?.()).toBe('lost');
  const both = [notebook.fetchImages([3, 4]), notebook.fetchImages([4, 5])];
  await Promise.all(both);
  await notebook.fetchImages([5]);
  expect(asked('images')).toEqual([{ indices: [3, 4] }, { indices: [3, 4] }, { indices: [5] }]);
  expect([...notebook.state.images.keys()]).toEqual([3, 4, 5]);
  expect(notebook.state.problems.images).toBeUndefined();
});

test('doubted images are recalled when they are wanted and the index is there, and again after a failure', async () => {
  around = { ...around, testSet: 'wanted', statuses: new Map() };
  notebook.showSuspects();
  await settle();
  expect(asked('recall')).toEqual([]);
  around = { ...around, statuses: new Map([['knn', ready]]) };
  ask.mockImplementationOnce(() => Promise.resolve({ source: 'index', garments: [] })).mockRejectedValueOnce(new Error('lost'));
  await settle();
  expect(notebook.state.problems.recall?.()).toBe('lost');
  notebook.showSuspects();
  await settle();
  expect(notebook.state.problems.recall).toBeUndefined();
  expect(asked('recall').length).toBe(2);
});

test('why a model cannot be drawn is kept with it', async () => {
  await notebook.draw('mlp');
  const drawing = notebook.state.drawings.get('mlp');
  expect(drawing && 'problem' in drawing && drawing.problem()).toBe('no file');
});

test('examples of a test set that did not come are asked for again once it is there', async () => {
  const usual = ask.getMockImplementation();
  ask.mockImplementation((call, what) => (call === 'gallery' && (what as { source: string }).source === 'test' ? Promise.reject(new Error('no connection')) : (usual?.(call, what) ?? Promise.resolve())));
  notebook.follow(around);
  await settle();
  expect(notebook.state.gallery?.source).toBe('index');
  if (usual) ask.mockImplementation(usual);
  around = { ...around, testSet: 'missing' };
  await settle();
  around = { ...around, testSet: 'packed' };
  await settle();
  expect(notebook.state.gallery?.source).toBe('test');
});
