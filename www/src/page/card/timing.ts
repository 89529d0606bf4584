/** How long a model takes for an image, in this browser and now. */
import { PIXELS, SIDE } from '../../image';

/** Images of the first try, which also makes ready what is made once. */
const FIRST = 32;
/** Milliseconds from which what a message costs, and how coarse a browser's clock is, count little. */
const ENOUGH = 40;
/** More are not asked for at once. */
const MOST = 1024;

/** An image for who has none: ink in the middle, of the size of a garment. */
export function plain(): Float32Array {
  const isInk = (place: number): boolean => place > SIDE / 6 && place < (5 * SIDE) / 6;
  return Float32Array.from({ length: PIXELS }, (_, at) => (isInk(at % SIDE) && isInk(Math.floor(at / SIDE)) ? 0.75 : 0));
}

/** `(count, pixels)` copies of one image. */
function copies(image: Float32Array, count: number): Float32Array {
  const all = new Float32Array(count * image.length);
  for (let at = 0; at < count; at++) all.set(image, at * image.length);
  return all;
}

/**
 * Milliseconds an image, of as many images at once as take long enough to be timed. `predict`: answers to `(N, pixels)`;
 * `now`: milliseconds.
 */
export async function millisecondsAnImage(predict: (pixels: Float32Array) => Promise<unknown>, image: Float32Array, now: () => number = () => performance.now()): Promise<number> {
  const taken = async (count: number): Promise<number> => {
    const pixels = copies(image, count);
    const before = now();
    await predict(pixels);
    return now() - before;
  };
  await taken(FIRST);
  let count = FIRST;
  let took = await taken(count);
  while (took < ENOUGH && count < MOST) {
    count *= 2;
    took = await taken(count);
  }
  return took / count;
}
