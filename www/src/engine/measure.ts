/** A model over the whole test set, batch by batch: progress, cancellation, and the report so far. */
import { argmax } from '../argmax';
import type { Measurement } from '../shapes';

/** Images a call: large enough to be quick, small enough that a new sketch is answered between two of them. */
const BATCH = 32;
/** Milliseconds between two reports of progress. */
const REPORT_EVERY = 200;

/** `(N, 784)` pixels → `(N, C)` probabilities, C the model's classes. */
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

/** A thread of its own that predicts. It may be lost, or never answer: its batches are then measured elsewhere. */
export interface Lane {
  predict(pixels: Float32Array): Promise<Float32Array>;
}

/** What a measurement works with. */
export interface MeasureTools {
  readonly score: Score;
  readonly progress: (measurement: Measurement) => void;
  readonly signal: AbortSignal;
  /** Lets a cancellation, or a sketch, be heard. */
  readonly turn: () => Promise<void>;
  /** Gets what takes a lane that shares the work, now or later. */
  readonly joined?: (join: (lane: Lane) => void) => void;
}

/** Batches that a lane has at once: while one is measured, the next waits where this thread, being busy, cannot be asked. */
const AHEAD = 2;
/** Batches that others get meanwhile, after which one is no longer waited for: it would hold up the count of images done. */
const OVERDUE = 64;

/**
 * Measures `predictor` on `samples`; when cancelled, what there is so far: the first `done` images, of which none is
 * missing. `milliseconds` is the time that passed.
 */
export async function measure(predictor: Predictor, samples: Samples, tools: MeasureTools): Promise<Measurement> {
  const { score, progress, signal, turn, joined } = tools;
  const total = samples.length;
  const truth = samples.labels;
  const predicted = new Uint8Array(total);
  /** (`total`, C), once the first batch has told how many classes there are. */
  let all = new Float32Array();
  let classes = 0;
  const begun = performance.now();
  const measured = new Set<number>();
  /** Batches that lanes have, oldest first. */
  const lent = new Set<number>();
  let next = 0;
  let done = 0;
  let reported = begun;
  const soFar = (): Measurement => ({
    done,
    total,
    milliseconds: performance.now() - begun,
    ...score(truth.subarray(0, done), predicted.subarray(0, done)),
  });

  /** The start of a batch that nobody measures yet. */
  const take = (): number | undefined => {
    if (signal.aborted || next >= total) return undefined;
    next += BATCH;
    return next - BATCH;
  };
  /** One that a lane has had for too long: at the end this thread waits for nobody. */
  const takeBack = (): number | undefined => {
    const [oldest] = lent;
    if (oldest === undefined || (next < total && next - oldest < OVERDUE * BATCH)) return undefined;
    lent.delete(oldest);
    return oldest;
  };
  const pixels = (start: number): Float32Array => samples.batch(start, Math.min(BATCH, total - start));
  const record = (start: number, probabilities: Float32Array): void => {
    lent.delete(start);
    if (measured.has(start)) return;
    const rows = Math.min(BATCH, total - start);
    if (all.length === 0) {
      classes = probabilities.length / rows;
      all = new Float32Array(total * classes);
    }
    all.set(probabilities, start * classes);
    for (let row = 0; row < rows; row++) {
      predicted[start + row] = argmax(probabilities.subarray(row * classes, (row + 1) * classes));
    }
    const first = measured.size === 0;
    measured.add(start);
    while (measured.has(done)) done = Math.min(done + BATCH, total);
    if ((first && done > 0) || performance.now() - reported >= REPORT_EVERY) {
      progress(soFar());
      reported = performance.now();
    }
  };
  const serve = async (lane: Lane): Promise<void> => {
    for (let start = take(); start !== undefined; start = take()) {
      lent.add(start);
      const probabilities = await lane.predict(pixels(start));
      if (!signal.aborted) record(start, probabilities);
    }
  };

  joined?.((lane) => {
    // A lane that is lost brings nothing back, and its batches are taken back.
    for (let ahead = 0; ahead < AHEAD; ahead++) serve(lane).catch(() => undefined);
  });
  for (;;) {
    await turn();
    if (done === total || signal.aborted) {
      const outcome = { truth: truth.slice(0, done), predicted: predicted.slice(0, done), probabilities: all.slice(0, done * classes) };
      return { ...soFar(), outcome };
    }
    const start = takeBack() ?? take();
    if (start !== undefined) record(start, predictor.predict(pixels(start)));
  }
}
