/** A file → RGBA: reads its header, refuses what is too large, lets the browser decode it, and makes it smaller. */
import { t } from '../../messages';
import type { Picture } from '../../shapes';
import { type Header, headerOf, type Size } from './header';
import { Refusal } from './refusal';
import { vectorPicture } from './vector';

/** 30 MB: more than a telephone's largest photograph. */
export const MOST_BYTES = 30_000_000;
/** Pixels a side: a 10,000 pixel square takes 400 MB once decoded. */
export const LONGEST_SIDE = 10_000;
/** Larger pictures are reduced to this many pixels a side; the models see 28. */
export const WORKING_SIDE = 1024;

/** Throws a {@link Refusal}; when `signal` fires, its reason. `name`: what to call the file, in the language in use. */
export async function pictureFrom(file: Blob, name: () => string, signal: AbortSignal): Promise<Picture> {
  if (file.size > MOST_BYTES) throw new Refusal(() => t.errors.tooManyBytes(name(), t.size(file.size), t.size(MOST_BYTES)));
  const header = headerOf(new Uint8Array(await file.arrayBuffer()));
  signal.throwIfAborted();
  if (header?.size) refuseLarge(header.size, name);
  if (header?.format === 'svg') return vectorPicture(file, name, WORKING_SIDE, signal);
  let bitmap: ImageBitmap;
  try {
    // Turned as EXIF says, which is the default, and was given other names; of an animation the first frame.
    bitmap = await createImageBitmap(file);
  } catch {
    throw new Refusal(() => unreadable(header, name()));
  }
  try {
    signal.throwIfAborted();
    // A format whose header is not known here, or a header that said something else.
    refuseLarge(bitmap, name);
    return drawn(bitmap, bitmap, name);
  } finally {
    bitmap.close();
  }
}

/** `source` as RGBA, of `size` or, when that is larger than what is worked on, smaller. */
export function drawn(source: CanvasImageSource, size: Size, name: () => string): Picture {
  const scale = Math.min(1, WORKING_SIDE / Math.max(size.width, size.height));
  const width = Math.max(1, Math.round(size.width * scale));
  const height = Math.max(1, Math.round(size.height * scale));
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (!context) throw new Refusal(() => t.errors.notImage(name()));
  context.imageSmoothingQuality = 'high';
  context.drawImage(source, 0, 0, width, height);
  return { rgba: new Uint8ClampedArray(context.getImageData(0, 0, width, height).data), width, height };
}

function refuseLarge({ width, height }: Size, name: () => string): void {
  if (Math.max(width, height) > LONGEST_SIDE) throw new Refusal(() => t.errors.tooManyPixels(name(), width, height, t.count(LONGEST_SIDE)));
}

function unreadable(header: Header | undefined, name: string): string {
  if (header?.format === 'heic') return t.errors.heic(name);
  return header ? t.errors.damaged(name, header.format.toUpperCase()) : t.errors.notImage(name);
}
