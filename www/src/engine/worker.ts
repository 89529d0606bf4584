/** The thread that computes: the only file that names the wasm package. See protocol.ts for what it can be asked. */
import init, {
  Activations,
  Architecture,
  Calibration,
  class_names,
  Distortion,
  KnnIndex,
  Network,
  Prepared,
  Report,
  TestSet,
  verify,
} from '../../pkg/vitrine.js';
import plain from '../../pkg/vitrine_bg.wasm?url';
import relaxed from '../../pkg/vitrine_relaxed_bg.wasm?url';
import type { ModelId, Neighbour, Picture, Prepared as Sent, Step } from '../shapes';
import { compileFastest } from './compile';
import { download } from './download';
import { CodedError, failure, isTrap } from './failure';
import { Helpers } from './helpers';
import { measure, type Score } from './measure';
import { notebookHandlers } from './notebook';
import type { CallName, Handler, Handlers, ModelFile, Published, Reply, Request } from './protocol';
import { Thumbnails } from './thumbnails';
import { whyHandlers } from './why';

/** The worker's own global, of which the DOM's types know nothing. */
const scope = globalThis as unknown as {
  postMessage(message: Reply): void;
  onmessage: ((event: MessageEvent<Request>) => void) | null;
  readonly location: Location;
};

const models = new Map<ModelId, Network | KnnIndex>();
const thumbnails = new Thumbnails((file) => fetched(file, () => undefined));
const files = new Map<ModelId, ModelFile>();
const running = new Map<number, AbortController>();
let testSet: TestSet | undefined;
let compiled: WebAssembly.Module | undefined;

const helpers = new Helpers({
  spawn: () => new Worker(scope.location.href, { type: 'module', name: 'vitrine helper' }),
  module: () => compiled,
  threads: navigator.hardwareConcurrency,
});

/** Lets messages that have arrived be heard: a turn of the event loop. */
function turn(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}

const start: Handler<'start'> = async ({ module }) => {
  compiled = module ?? (await compileFastest({ plain, relaxed }));
  await init({ module_or_path: compiled });
  return { module: compiled, classes: class_names() };
};

async function fetched({ path, url, bytes: length, sha256 }: Published, progress: (fraction: number) => void): Promise<Uint8Array> {
  const bytes = await download(url, length, progress);
  verify(path, bytes, length, sha256);
  return bytes;
}

const load: Handler<'load'> = async (file, progress) => {
  const bytes = await fetched(file, progress);
  models.get(file.model)?.free();
  files.set(file.model, file);
  models.set(file.model, file.kind === 'network' ? new Network(bytes) : new KnnIndex(bytes));
  if (file.thumbnails) thumbnails.expect(file.thumbnails);
  return null;
};

function prepare(picture: Picture, recipe: string, switched: readonly string[]): Sent {
  const bytes = new Uint8Array(picture.rgba.buffer, picture.rgba.byteOffset, picture.rgba.byteLength);
  const prepared = new Prepared(bytes, picture.width, picture.height, recipe, switched.join(','));
  try {
    const steps = Array.from({ length: prepared.step_count }, (_, index): Step => ({
      name: prepared.step_name(index),
      on: prepared.step_is_on(index),
      width: prepared.step_width(index),
      height: prepared.step_height(index),
      grey: prepared.step_grey(index),
    }));
    return { pixels: prepared.pixels, blank: prepared.is_blank, recipe: prepared.recipe, steps };
  } finally {
    prepared.free();
  }
}

function nearest(index: KnnIndex, pixels: Float32Array, count: number): Neighbour[] {
  const found = index.nearest(pixels, Math.min(count, index.size));
  try {
    const { labels, distances } = found;
    return Array.from(found.indices, (reference, rank) => ({
      label: labels[rank] ?? 0,
      distance: distances[rank] ?? 0,
      thumbnail: index.thumbnail(reference),
    }));
  } finally {
    found.free();
  }
}

const look: Handler<'look'> = async ({ picture, recipe, switched, neighbours }, progress, signal) => {
  const stale = async (): Promise<void> => {
    await turn();
    signal.throwIfAborted();
  };
  await stale();
  const prepared = prepare(picture, recipe, switched);
  progress({ part: 'prepared', prepared });
  if (prepared.blank) return null;
  for (const [model, reader] of models) {
    await stale();
    progress({ part: 'answer', answer: { model, probabilities: Array.from(reader.predict(prepared.pixels)) } });
    if (reader instanceof KnnIndex) {
      progress({ part: 'novelty', novelty: reader.novelty(prepared.pixels) });
      const show = (): void => progress({ part: 'neighbours', neighbours: nearest(reader, prepared.pixels, neighbours) });
      show();
      if (await thumbnails.bring(reader, signal)) show();
    }
  }
  return null;
};

const open: Handler<'open'> = async ({ images, labels }) => {
  const opened = await TestSet.from_blobs(...(await Promise.all([blob(images), blob(labels)])));
  testSet?.free();
  testSet = opened;
  return { length: opened.length };
};

async function blob(source: string | Blob): Promise<Blob> {
  return typeof source === 'string' ? new Blob([await download(source, undefined, () => undefined)]) : source;
}

function theTestSet(): TestSet {
  if (!testSet) throw new CodedError('parameter', 'there is no test set yet; open one first');
  return testSet;
}

const sample: Handler<'sample'> = ({ index }) => {
  const set = theTestSet();
  if (index >= set.length) throw new CodedError('parameter', `test image ${index}: expected a number below ${set.length}; choose another`);
  const pixels = set.batch(index, 1);
  const rgba = new Uint8ClampedArray(pixels.length * 4);
  pixels.forEach((ink, at) => rgba.set([ink * 255, ink * 255, ink * 255, 255], at * 4));
  const side = Math.sqrt(pixels.length);
  return Promise.resolve({ picture: { rgba, width: side, height: side }, label: set.labels[index] ?? 0 });
};

const score: Score = (truth, predicted) => {
  const report = new Report(truth, predicted);
  try {
    const { precision, recall, f1, support, confusion, interval } = report;
    return {
      accuracy: report.accuracy,
      interval: [interval[0] ?? 0, interval[1] ?? 1],
      macroF1: report.macro_f1,
      rows: Array.from(support, (count, label) => ({
        precision: precision[label] ?? 0,
        recall: recall[label] ?? 0,
        f1: f1[label] ?? 0,
        support: count,
      })),
      confusion: Array.from(support, (_, row) => Array.from(confusion.subarray(row * support.length, (row + 1) * support.length))),
      text: report.text,
    };
  } finally {
    report.free();
  }
};

function loaded(model: ModelId): Network | KnnIndex {
  const reader = models.get(model);
  if (!reader) throw new CodedError('parameter', `${model} is not loaded yet`);
  return reader;
}

const predict: Handler<'predict'> = ({ model, pixels }) => Promise.resolve(loaded(model).predict(pixels));

const measureModel: Handler<'measure'> = async ({ model }, progress, signal) => {
  const file = files.get(model);
  const lanes = file ? helpers.lanes(file) : [];
  try {
    return await measure(loaded(model), theTestSet(), { score, progress, signal, turn, lanes });
  } finally {
    helpers.rest();
  }
};

const notebook = notebookHandlers(
  { Architecture, Calibration },
  {
    testSet: theTestSet,
    index: async () => {
      const index = [...models.values()].find((reader) => reader instanceof KnnIndex);
      if (index) await thumbnails.bring(index, new AbortController().signal);
      return index;
    },
    bytes: (file) => fetched(file, () => undefined),
  },
);

const why = whyHandlers({
  models,
  turn,
  open: (model) => (model instanceof Network ? new Activations(model) : undefined),
  novelty: (model, pixels) => (model instanceof KnnIndex ? model.novelty(pixels) : undefined),
  distorted: (pixels, amounts) => {
    const distortion = Object.assign(new Distortion(), amounts);
    try {
      return distortion.apply(pixels);
    } finally {
      distortion.free();
    }
  },
});

const handlers: Handlers<CallName> = { start, load, look, open, sample, predict, measure: measureModel, ...notebook, ...why };

async function answer(request: Exclude<Request, { call: 'cancel' }>): Promise<void> {
  const { id } = request;
  const abort = new AbortController();
  running.set(id, abort);
  // Each call's handler takes that call's ask: TypeScript cannot follow the pairing through the union.
  const handler = handlers[request.call] as Handler<CallName>;
  try {
    const value = await handler(request.ask, (progress) => scope.postMessage({ id, kind: 'progress', progress }), abort.signal);
    scope.postMessage({ id, kind: 'value', value });
  } catch (thrown) {
    const error = abort.signal.aborted && !isTrap(thrown) ? { code: 'cancelled', message: 'cancelled' } : failure(thrown);
    scope.postMessage({ id, kind: 'error', error, fatal: isTrap(thrown) });
  } finally {
    running.delete(id);
  }
}

scope.onmessage = ({ data }) => {
  if (data.call === 'cancel') running.get(data.id)?.abort();
  else void answer(data);
};
