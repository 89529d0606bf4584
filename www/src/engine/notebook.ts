/** What the worker knows beyond single answers: images by number, a gallery, layers of a file, calibration. */
import type { Calibration, ClassCurves, Diagram, Gallery, Garment, LayerDetail, LayerInfo } from '../shapes.notebook';
import { CodedError } from './failure';
import type { Freed } from './held';
import type { Handlers, Published } from './protocol';

/** What this file needs of the wasm package. */
export interface Wasm {
  readonly Diagram: { from_onnx(bytes: Uint8Array): DiagramReader; from_index(bytes: Uint8Array): DiagramReader };
  readonly Calibration: new (truth: Uint8Array, probabilities: Float32Array) => CalibrationReader;
}

interface DiagramReader extends Freed {
  readonly format: string;
  readonly layers: LayerReader[];
}

interface LayerReader extends Freed {
  readonly name: string;
  readonly operator: string;
  readonly activation: string | undefined;
  readonly shape: Float64Array | undefined;
  readonly dtype: string | undefined;
  readonly weights: string[];
  readonly parameters: number;
  readonly stored: number;
  readonly sources: Uint32Array;
  readonly kernel: Float64Array | undefined;
  readonly stride: number | undefined;
  readonly roots: number | undefined;
  readonly gradients: number | undefined;
  readonly hidden: number | undefined;
  readonly references: number | undefined;
  readonly neighbours: number | undefined;
}

interface CalibrationReader extends Freed {
  readonly bin_images: Uint32Array;
  readonly bin_confidence: Float64Array;
  readonly bin_accuracy: Float64Array;
  readonly error: number;
  readonly log_loss: number;
  top(k: number): number;
  answered(thresholds: Float32Array): Uint32Array;
  curves(label: number): CurvesReader;
}

interface CurvesReader extends Freed {
  readonly roc: Float64Array;
  readonly area: number;
  readonly precision_recall: Float64Array;
  readonly average_precision: number;
}

interface References {
  readonly size: number;
  label(index: number): number;
  thumbnail(index: number): Uint8Array | undefined;
}

/** What it needs of the worker around it. */
export interface Holdings {
  /** Throws when there is none yet. */
  testSet(): { readonly length: number; readonly labels: Uint8Array; batch(start: number, count: number): Float32Array };
  /** Works with the index and its thumbnails; rejects when it is not loaded, or the thumbnails do not come. */
  index<Result>(work: (index: References) => Result): Promise<Result>;
  /** A published file, checked. */
  bytes(file: Published): Promise<Uint8Array<ArrayBuffer>>;
}

/** The calls that this file answers. */
export type NotebookCalls = 'images' | 'gallery' | 'recall' | 'diagram' | 'file' | 'calibrate';

/** Thresholds of the best probability at which answers are counted: every whole per cent. */
const THRESHOLDS = Float32Array.from({ length: 101 }, (_, percent) => percent / 100);

export function notebookHandlers(wasm: Wasm, holdings: Holdings): Handlers<NotebookCalls> {
  const testImage = (index: number): Uint8Array => Uint8Array.from(holdings.testSet().batch(index, 1), (ink) => Math.round(ink * 255));

  return {
    async images({ indices }, { asking }) {
      asking();
      return Promise.resolve(indices.map(testImage));
    },

    async gallery({ source, each }, { asking }) {
      const gallery = (chosen: readonly Chosen[], pixels: (at: number) => Uint8Array): Gallery => ({
        source,
        garments: chosen.map(({ label, at }): Garment => ({ label, pixels: pixels(at) })),
      });
      if (source === 'index') {
        return holdings.index((index) => {
          asking();
          return gallery(spreadOverIndex(index, each), (at) => recalled(index, at));
        });
      }
      asking();
      return gallery(firstOfEach(holdings.testSet().labels, each), testImage);
    },

    recall: ({ references }, { asking }) =>
      holdings.index((index) => {
        asking();
        return references.map((at) => recalled(index, at));
      }),

    async diagram(file, { asking }) {
      const bytes = await holdings.bytes(file);
      asking(file.model);
      return freeing(file.kind === 'network' ? wasm.Diagram.from_onnx(bytes) : wasm.Diagram.from_index(bytes), diagram);
    },

    file: (file, { asking }) => {
      asking();
      return holdings.bytes(file);
    },

    async calibrate({ truth, probabilities }, { asking }) {
      asking();
      return Promise.resolve(freeing(new wasm.Calibration(truth, probabilities), (reader) => calibration(reader, truth, probabilities.length / truth.length)));
    },
  };
}

function recalled(index: References, at: number): Uint8Array {
  const pixels = index.thumbnail(at);
  if (!pixels) throw new CodedError('io', 'the thumbnails of the index did not arrive; check the connection');
  return pixels;
}

function freeing<Reader extends Freed, Value>(reader: Reader, read: (reader: Reader) => Value): Value {
  try {
    return read(reader);
  } finally {
    reader.free();
  }
}

interface Chosen {
  readonly label: number;
  readonly at: number;
}

/** The first `each` images of every class, in label order. */
export function firstOfEach(labels: Uint8Array, each: number): Chosen[] {
  const classes = labels.reduce((most, label) => Math.max(most, label + 1), 0);
  return Array.from({ length: classes }, (_, label) => {
    const chosen: Chosen[] = [];
    for (let at = labels.indexOf(label); at >= 0 && chosen.length < each; at = labels.indexOf(label, at + 1)) chosen.push({ label, at });
    return chosen;
  }).flat();
}

/** `each` references of every class, evenly spread: they stand in order of class, within it in order of code. */
export function spreadOverIndex(index: { readonly size: number; label(at: number): number }, each: number): Chosen[] {
  const start = (label: number): number => {
    let [low, high] = [0, index.size];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (index.label(middle) < label) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  const classes = index.size === 0 ? 0 : index.label(index.size - 1) + 1;
  return Array.from({ length: classes }, (_, label) => {
    const [first, end] = [start(label), start(label + 1)];
    const count = Math.min(each, end - first);
    return Array.from({ length: count }, (_, rank): Chosen => ({ label, at: first + Math.floor(((rank + 0.5) * (end - first)) / count) }));
  }).flat();
}

function diagram({ format, layers }: DiagramReader): Diagram {
  return { format, layers: layers.map((layer) => freeing(layer, layerInfo)) };
}

function layerInfo(reader: LayerReader): LayerInfo {
  const { name, operator, activation, shape, dtype, weights, parameters, stored, sources } = reader;
  return { name, operator, detail: layerDetail(reader), activation, shape: shape && [...shape], dtype, weights, parameters, stored, sources: [...sources] };
}

function layerDetail({ kernel, stride, roots, gradients, hidden, references, neighbours }: LayerReader): LayerDetail | undefined {
  if (kernel && stride !== undefined) return { kind: 'window', kernel: [...kernel], stride };
  if (roots !== undefined && gradients !== undefined) return { kind: 'features', roots, gradients };
  if (hidden !== undefined) return { kind: 'encoder', hidden };
  if (references !== undefined) return { kind: 'search', references };
  if (neighbours !== undefined) return { kind: 'vote', neighbours };
  return undefined;
}

function calibration(reader: CalibrationReader, truth: Uint8Array, classes: number): Calibration {
  const { bin_images: images, bin_confidence: confidence, bin_accuracy: accuracy } = reader;
  const counts = reader.answered(THRESHOLDS);
  return {
    images: truth.length,
    bins: Array.from(images, (count, bin) => ({
      low: bin / images.length,
      high: (bin + 1) / images.length,
      images: count,
      confidence: confidence[bin] ?? NaN,
      accuracy: accuracy[bin] ?? NaN,
    })),
    error: reader.error,
    logLoss: reader.log_loss,
    topTwo: reader.top(2),
    answered: Array.from(THRESHOLDS, (threshold, at) => ({ threshold, images: counts[2 * at] ?? 0, right: counts[2 * at + 1] ?? 0 })),
    classes: Array.from({ length: classes }, (_, label) => {
      const some = truth.includes(label) && truth.some((other) => other !== label);
      return some ? freeing(reader.curves(label), curves) : undefined;
    }),
  };
}

function curves(reader: CurvesReader): ClassCurves {
  return {
    roc: pairs(reader.roc),
    area: reader.area,
    precisionRecall: pairs(reader.precision_recall),
    averagePrecision: reader.average_precision,
  };
}

function pairs(flat: Float64Array): [number, number][] {
  return Array.from({ length: flat.length / 2 }, (_, at): [number, number] => [flat[2 * at] ?? 0, flat[2 * at + 1] ?? 0]);
}
