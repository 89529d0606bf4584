/** A file → RGBA: checks its size, lets the browser decode it, and makes large pictures smaller. */
import { t } from '../messages';
import type { Picture } from '../shapes';

/** 30 MB: more than a telephone's largest photograph. */
export const MOST_BYTES = 30_000_000;
/** Pixels a side: a 10,000 pixel square takes 400 MB once decoded. */
export const LONGEST_SIDE = 10_000;
/** Larger pictures are reduced to this many pixels a side; the models see 28. */
const WORKING_SIDE = 1024;

/** Throws an `Error` whose message is meant for the visitor. */
export async function pictureFrom(file: Blob, name: string): Promise<Picture> {
  if (file.size > MOST_BYTES) throw new Error(t.errors.tooManyBytes(name, t.size(file.size), t.size(MOST_BYTES)));
  let bitmap: ImageBitmap;
  try {
    bitmap = await createImageBitmap(file);
  } catch {
    throw new Error(t.errors.notImage(name));
  }
  try {
    return reduced(bitmap, name);
  } finally {
    bitmap.close();
  }
}

function reduced(bitmap: ImageBitmap, name: string): Picture {
  const longest = Math.max(bitmap.width, bitmap.height);
  if (longest > LONGEST_SIDE) throw new Error(t.errors.tooManyPixels(name, bitmap.width, bitmap.height, t.count(LONGEST_SIDE)));
  const scale = Math.min(1, WORKING_SIDE / longest);
  const width = Math.max(1, Math.round(bitmap.width * scale));
  const height = Math.max(1, Math.round(bitmap.height * scale));
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (!context) throw new Error(t.errors.notImage(name));
  context.imageSmoothingQuality = 'high';
  context.drawImage(bitmap, 0, 0, width, height);
  return { rgba: new Uint8ClampedArray(context.getImageData(0, 0, width, height).data), width, height };
}
