/** The thread that computes: the only file that names the wasm package. See protocol.ts for what it can be asked. */
import init, { Activations, Calibration, class_names, Diagram, Distortion, KnnIndex, Network, Prepared, Reducer, Report, TestSet, verify } from '../../pkg/vitrine.js';
import type { ModelId, Neighbour, Prepared as Sent, Step } from '../shapes';
import { answerAt, type Mouth, moving } from './answering';
import { compileFastest, compileSource } from './compile';
import { download, type Way } from './download';
import { CodedError } from './failure';
import { Held } from './held';
import { type IndexReader, lookHandler, type LookTools } from './look';
import type { Predictor } from './measure';
import { measureHandlers } from './measuring';
import { notebookHandlers } from './notebook';
import type { Handlers, Published, Source } from './protocol';
import { readHandler } from './read';
import { scoring } from './score';
import { Store } from './store';
import { testSetHandlers } from './test-set';
import { Thumbnails } from './thumbnails';
import { turn } from './turn';
import { unpacked } from './unpack';
import { whyHandlers } from './why';

/** The worker's own global, of which the DOM's types know nothing. */
const scope = globalThis as unknown as Mouth;

/** A network or an index, as the handlers see it. */
type Reader = (Predictor | IndexReader) & { readonly labels: string[]; readonly raw: Network | KnnIndex; free(): void };

const models = new Map<ModelId, Held<Reader>>();
const thumbnails = new Thumbnails((file, anew) => fetched(file, anew));
const store = new Store(() => caches);
/** Milliseconds; `start` says how many. */
let stall = Infinity;

const way = (anew: boolean): Way => ({ stall, anew, alive: () => scope.postMessage({ kind: 'alive' }, []) });

async function fetched({ path, source, bytes: length, sha256 }: Published, anew: boolean, progress?: (fraction: number) => void, asking?: () => void): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = await download(source, way(anew), length, progress);
  asking?.();
  verify(path, bytes, length, sha256);
  if (store.takes(source)) store.put(source, bytes, 'application/octet-stream', anew);
  return bytes;
}

/** One of the test set's files. The visitor's own are as they are. */
async function testFile(file: Source | Published, anew: boolean): Promise<Blob> {
  if (file instanceof Blob) return file;
  if (typeof file === 'string' || file instanceof Uint8Array) return new Blob([await download(file, way(anew))]);
  const { path, source, bytes: length, sha256 } = file;
  const bytes = await download(source, way(anew));
  verify(path, await unpacked(bytes, length), length, sha256);
  if (store.takes(source)) store.put(source, bytes, 'application/gzip', anew);
  return new Blob([bytes]);
}

function readerOf(raw: Network | KnnIndex): Reader {
  const free = (): void => raw.free();
  if (raw instanceof Network) return { raw, labels: raw.labels, predict: (pixels) => raw.predict(pixels), free };
  return { raw, labels: class_names(), predict: (pixels) => raw.predict(pixels), novelty: (pixels) => raw.novelty(pixels), nearest: (pixels, count) => nearest(raw, pixels, count), free };
}

function nearest(index: KnnIndex, pixels: Float32Array, count: number): Neighbour[] {
  const found = index.nearest(pixels, Math.min(count, index.size));
  try {
    const { labels, distances } = found;
    return Array.from(found.indices, (reference, rank) => ({
      reference,
      label: labels[rank] ?? 0,
      distance: distances[rank] ?? 0,
      thumbnail: index.thumbnail(reference),
    }));
  } finally {
    found.free();
  }
}

const prepare: LookTools['prepare'] = ({ picture, recipe, switched, ground, frame }): Sent => {
  const bytes = new Uint8Array(picture.rgba.buffer, picture.rgba.byteOffset, picture.rgba.byteLength);
  const prepared = new Prepared(bytes, picture.width, picture.height, recipe, switched.join(','), ground?.join(',') ?? '', frame?.join(',') ?? '');
  try {
    const steps = Array.from({ length: prepared.step_count }, (_, index): Step => ({
      name: prepared.step_name(index),
      on: prepared.step_is_on(index),
      width: prepared.step_width(index),
      height: prepared.step_height(index),
      grey: prepared.step_grey(index),
    }));
    return { pixels: prepared.pixels, blank: prepared.is_blank, recipe: prepared.recipe, ground: prepared.ground as Sent['ground'], lost: prepared.is_lost, steps };
  } finally {
    prepared.free();
  }
};

const loaded = (): ModelId[] => [...models.keys()];
const reader = (model: ModelId): Reader | undefined => models.get(model)?.value;
const unloaded = (model: ModelId): CodedError => new CodedError('parameter', `${model} is not loaded yet`);

async function use<Result>(model: ModelId, work: (reader: Reader) => Promise<Result>): Promise<Result> {
  const held = models.get(model);
  if (!held) throw unloaded(model);
  return held.use(work, () => unloaded(model));
}

/** Works with the index once its thumbnails are there. */
async function withIndex<Result>(work: (index: KnnIndex) => Result): Promise<Result> {
  const model = loaded().find((name) => reader(name)?.raw instanceof KnnIndex);
  if (model === undefined) throw new CodedError('parameter', 'the index is not loaded yet');
  return use(model, async ({ raw }) => {
    if (!(raw instanceof KnnIndex)) throw unloaded(model);
    await thumbnails.bring(raw);
    return work(raw);
  });
}

const testSet = testSetHandlers({
  open: async (images, labels) => TestSet.from_blobs(images, labels),
  blob: testFile,
});

const own: Handlers<'start' | 'written' | 'load' | 'predict' | 'serve'> = {
  async start({ wasm, stall: patience, anew, cache }, { asking }) {
    stall = patience;
    store.open(cache);
    // Settings of a browser can take `WebAssembly` away: it is not named before that has been found out.
    const module = 'plain' in wasm ? await compileFastest(wasm, (source) => compileSource(source, way(anew), store)) : wasm;
    asking();
    await init({ module_or_path: module });
    return { module };
  },

  async written() {
    await store.written();
    return null;
  },

  async load({ file, anew }, { progress, asking }) {
    const { model } = file;
    const bytes = await fetched(file, anew, progress, () => asking(model));
    // The one before it stays until this one has been read.
    const read = readerOf(file.kind === 'network' ? new Network(bytes) : new KnnIndex(bytes));
    const held = models.get(model) ?? new Held<Reader>();
    held.put(read);
    models.set(model, held);
    if (file.thumbnails) thumbnails.expect(file.thumbnails);
    return moving({ labels: read.labels, bytes }, [bytes.buffer]);
  },

  predict: ({ model, pixels }, { asking }) =>
    use(model, (reader) => {
      asking(model);
      return Promise.resolve(reader.predict(pixels));
    }),

  serve: ({ port }, { signal }) =>
    new Promise((resolve, reject) => {
      answerAt(port, { predict: own.predict }, reject);
      signal.addEventListener('abort', () => {
        port.close();
        resolve(null);
      });
    }),
};

answerAt(scope, {
  ...own,
  ...testSet.handlers,
  ...measureHandlers({ use, testSet: testSet.use, score: scoring((truth, predicted) => new Report(truth, predicted)), turn }),
  ...notebookHandlers({ Calibration, Diagram }, { testSet: testSet.get, index: withIndex, bytes: (file) => fetched(file, false) }),
  ...whyHandlers({
    models: loaded,
    reader,
    use,
    turn,
    open: (model) => ((model as Reader).raw instanceof Network ? new Activations((model as Reader).raw as Network) : undefined),
    novelty: (model, pixels) => ('novelty' in model ? (model as IndexReader).novelty(pixels) : undefined),
    distorted: (pixels, amounts) => {
      const distortion = Object.assign(new Distortion(), amounts);
      try {
        return distortion.apply(pixels);
      } finally {
        distortion.free();
      }
    },
  }),
  read: readHandler({ reducer: (width, height) => new Reducer(width, height), turn }),
  look: lookHandler({ models: loaded, reader, prepare, pictureless: () => thumbnails.wanted, turn }),
});
