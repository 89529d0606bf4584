/** Picture files → pixels, at the size that is worked on: the browser decodes, the wasm package reduces. It names no wasm package. */
import type { Picture } from '../shapes';
import type { Handler, PictureRead } from './protocol';
import { hasTruePixels } from './true-pixels';

/** What the wasm package reduces with: rows come in from the top, and a picture of at most so many pixels a side comes out. */
export interface ReducerLike {
  readonly width: number;
  readonly height: number;
  push(rgba: Uint8Array): void;
  /** Frees it, too. */
  finish(): Uint8Array;
  free(): void;
}

/** The worker's own things. */
export interface ReadTools {
  readonly reducer: (width: number, height: number) => ReducerLike;
  readonly turn: () => Promise<void>;
}

/** Pixels that are read from a canvas at once: a picture of the largest size is never there twice. */
const BAND = 1 << 20;

/** Pixels a side: a 10,000 pixel square takes 400 MB once decoded. */
export const LONGEST_SIDE = 10_000;

/** Colour profiles count neither here nor on the command line: the numbers in the file are the picture. */
const AS_STORED: ImageBitmapOptions = { colorSpaceConversion: 'none' };

export function readHandler({ reducer, turn }: ReadTools): Handler<'read'> {
  /** `rows`: brings the rows from `y` on, so many. */
  async function reduced(width: number, height: number, rows: (y: number, count: number) => Uint8ClampedArray, signal: AbortSignal): Promise<Picture> {
    const own = reducer(width, height);
    let isOver = false;
    try {
      const { width: across, height: down } = own;
      const band = Math.max(1, Math.floor(BAND / width));
      for (let y = 0; y < height; y += band) {
        const rgba = rows(y, Math.min(band, height - y));
        own.push(new Uint8Array(rgba.buffer, rgba.byteOffset, rgba.byteLength));
        await turn();
        signal.throwIfAborted();
      }
      isOver = true;
      return { rgba: new Uint8ClampedArray(own.finish()), width: across, height: down };
    } finally {
      if (!isOver) own.free();
    }
  }

  async function fromBitmap(bitmap: ImageBitmap, signal: AbortSignal): Promise<PictureRead> {
    const { width, height } = bitmap;
    if (Math.max(width, height) > LONGEST_SIDE) return { kind: 'large', width, height };
    const canvas = new OffscreenCanvas(width, Math.min(height, Math.max(1, Math.floor(BAND / width))));
    const context = canvas.getContext('2d', { willReadFrequently: true });
    if (!context) return { kind: 'unreadable' };
    context.globalCompositeOperation = 'copy';
    context.imageSmoothingEnabled = false;
    const rows = (y: number, count: number): Uint8ClampedArray => {
      context.drawImage(bitmap, 0, -y);
      return context.getImageData(0, 0, width, count).data;
    };
    return { kind: 'picture', picture: await reduced(width, height, rows, signal), isTrue: hasTruePixels() };
  }

  return async ({ source }, { signal, asking }) => {
    if (!(source instanceof Blob)) {
      const { rgba, width, height } = source;
      asking();
      const rows = (y: number, count: number): Uint8ClampedArray => rgba.subarray(y * width * 4, (y + count) * width * 4);
      return { kind: 'picture', picture: await reduced(width, height, rows, signal), isTrue: true };
    }
    let bitmap: ImageBitmap;
    try {
      // Turned as EXIF says, which is the default, and was given other names; of an animation the first frame.
      bitmap = await createImageBitmap(source, AS_STORED);
    } catch {
      return { kind: 'unreadable' };
    }
    try {
      signal.throwIfAborted();
      asking();
      return await fromBitmap(bitmap, signal);
    } finally {
      bitmap.close();
    }
  };
}
