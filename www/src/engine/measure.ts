/** A model over the whole test set, batch by batch: progress, cancellation, and the report so far. */
import type { Measurement } from '../shapes';

/** Images a call: large enough to be quick, small enough that a new sketch is answered between two of them. */
const BATCH = 32;
/** Milliseconds between two reports of progress. */
const REPORT_EVERY = 200;
const CLASSES = 10;

/** `(N, 784)` pixels → `(N, 10)` probabilities. */
export interface Predictor {
  predict(pixels: Float32Array): Float32Array;
}

/** Labelled images, read in batches. */
export interface Samples {
  readonly length: number;
  readonly labels: Uint8Array;
  batch(start: number, count: number): Float32Array;
}

/** What is said of the predictions so far; everything of a measurement but its progress. */
export type Score = (truth: Uint8Array, predicted: Uint8Array) => Omit<Measurement, 'done' | 'total' | 'milliseconds' | 'outcome'>;

/** The surroundings of a measurement. */
export interface Surroundings {
  readonly score: Score;
  readonly progress: (measurement: Measurement) => void;
  readonly signal: AbortSignal;
  /** Lets a cancellation, or a sketch, be heard. */
  readonly turn: () => Promise<void>;
}

/** Measures `predictor` on `samples`; when cancelled, what there is so far. `milliseconds` counts predicting alone. */
export async function measure(predictor: Predictor, samples: Samples, { score, progress, signal, turn }: Surroundings): Promise<Measurement> {
  const total = samples.length;
  const truth = samples.labels;
  const predicted = new Uint8Array(total);
  const all = new Float32Array(total * CLASSES);
  let done = 0;
  let milliseconds = 0;
  let reported = performance.now();
  const soFar = (): Measurement => ({ done, total, milliseconds, ...score(truth.subarray(0, done), predicted.subarray(0, done)) });

  while (done < total) {
    await turn();
    if (signal.aborted) break;
    const count = Math.min(BATCH, total - done);
    const pixels = samples.batch(done, count);
    const before = performance.now();
    const probabilities = predictor.predict(pixels);
    milliseconds += performance.now() - before;
    all.set(probabilities, done * CLASSES);
    for (let row = 0; row < count; row++) {
      predicted[done + row] = best(probabilities.subarray(row * CLASSES, (row + 1) * CLASSES));
    }
    done += count;
    if (done === BATCH || performance.now() - reported >= REPORT_EVERY) {
      progress(soFar());
      reported = performance.now();
    }
  }
  const outcome = { truth: truth.slice(0, done), predicted: predicted.slice(0, done), probabilities: all.slice(0, done * CLASSES) };
  return { ...soFar(), outcome };
}

/** The index of the greatest value; of equals, the lowest. */
export function best(values: ArrayLike<number>): number {
  let at = 0;
  for (let index = 1; index < values.length; index++) {
    if ((values[index] ?? 0) > (values[at] ?? 0)) at = index;
  }
  return at;
}
