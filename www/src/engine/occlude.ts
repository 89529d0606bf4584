/** Occlusion: what a model says when a patch of the picture is ground (Zeiler and Fergus 2014, arXiv:1311.2901, section 4.2). */
import { PIXELS, SIDE } from '../image';
import type { ModelId } from '../shapes';
import { CELL, CELLS, type Occlusion } from '../shapes.why';
import type { Predictor } from './measure';

/** Pixels that the patch reaches past its cell on each side: it is 6 wide, a sleeve or a heel. */
const MARGIN = 2;
/** Patches a call: the networks' batch size. */
const BATCH = 32;

export interface OccludeTools {
  readonly progress: (soFar: Occlusion) => void;
  readonly signal: AbortSignal;
  /** Lets a cancellation be heard. */
  readonly turn: () => Promise<void>;
}

/** `pixels` with ground in place of the patch around a cell; `undefined` where there is no ink to take away. */
export function without(pixels: Float32Array, cell: number): Float32Array | undefined {
  const left = (cell % CELLS) * CELL - MARGIN;
  const top = Math.floor(cell / CELLS) * CELL - MARGIN;
  const size = CELL + 2 * MARGIN;
  const changed = pixels.slice();
  let ink = 0;
  for (let y = Math.max(0, top); y < Math.min(SIDE, top + size); y++) {
    for (let x = Math.max(0, left); x < Math.min(SIDE, left + size); x++) {
      ink += pixels[y * SIDE + x] ?? 0;
      changed[y * SIDE + x] = 0;
    }
  }
  return ink > 0 ? changed : undefined;
}

/** Cells that cover the picture evenly from the start: every fourth of every fourth row first, the gaps after. */
export function order(): number[] {
  const rank = (cell: number): number => {
    const [x, y] = [cell % CELLS, Math.floor(cell / CELLS)];
    return x % 2 === 0 && y % 2 === 0 ? Number(x % 4 !== 0 || y % 4 !== 0) : 2;
  };
  return Array.from({ length: CELLS * CELLS }, (_, cell) => cell).sort((a, b) => rank(a) - rank(b) || a - b);
}

/** Asks `predictor` about every patch, in batches; `AbortError` when cancelled. */
export async function occlude(model: ModelId, predictor: Predictor, pixels: Float32Array, { progress, signal, turn }: OccludeTools): Promise<Occlusion> {
  const heard = async (): Promise<void> => {
    await turn();
    signal.throwIfAborted();
  };
  await heard();
  const whole = predictor.predict(pixels);
  const classes = whole.length;
  const answers = new Float32Array(CELLS * CELLS * classes);
  const known = new Uint8Array(CELLS * CELLS);
  const patches: { cell: number; picture: Float32Array }[] = [];
  for (const cell of order()) {
    const picture = without(pixels, cell);
    if (picture) {
      patches.push({ cell, picture });
    } else {
      // Nothing is taken away: the answer is that of the whole picture.
      answers.set(whole, cell * classes);
      known[cell] = 1;
    }
  }
  const soFar = (done: number): Occlusion => ({
    model,
    whole: Array.from(whole),
    without: answers.slice(),
    known: known.slice(),
    progress: patches.length === 0 ? 1 : done / patches.length,
  });
  for (let done = 0; done < patches.length; done += BATCH) {
    await heard();
    const batch = patches.slice(done, done + BATCH);
    const input = new Float32Array(batch.length * PIXELS);
    batch.forEach(({ picture }, row) => input.set(picture, row * PIXELS));
    const output = predictor.predict(input);
    batch.forEach(({ cell }, row) => {
      answers.set(output.subarray(row * classes, (row + 1) * classes), cell * classes);
      known[cell] = 1;
    });
    if (done + BATCH < patches.length) progress(soFar(done + batch.length));
  }
  return soFar(patches.length);
}
