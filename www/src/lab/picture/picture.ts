/** A file → RGBA: reads its header, refuses what is too large, and has the engine read it. */
import type { Engine } from '../../engine/engine';
import { LONGEST_SIDE } from '../../engine/read';
import { hasTruePixels } from '../../engine/true-pixels';
import { t } from '../../messages';
import type { Picture } from '../../shapes';
import { type Header, headerOf, type Size } from './header';
import { Refusal } from './refusal';
import { vectorPicture } from './vector';

/** 30 MB: more than a telephone's largest photograph. */
export const MOST_BYTES = 30_000_000;
/** How many pixels long vector graphics are drawn: the size that larger pictures are reduced to. */
export const WORKING_SIDE = 1024;

/** A picture, and whether its pixels are those of the file: some browsers change what pages read. */
export interface Taken {
  readonly picture: Picture;
  readonly isTrue: boolean;
}

/** Throws a {@link Refusal}, or what `read` throws; when `signal` fires, its reason. `name`: what to call the file, in the language in use. */
export async function pictureFrom(file: Blob, name: () => string, signal: AbortSignal, read: Engine['read']): Promise<Taken> {
  if (file.size > MOST_BYTES) throw new Refusal(() => t.errors.tooManyBytes(name(), t.size(file.size), t.size(MOST_BYTES)));
  const header = headerOf(new Uint8Array(await file.arrayBuffer()));
  signal.throwIfAborted();
  if (header?.size) refuseLarge(header.size, name);
  if (header?.format === 'svg') return { picture: await vectorPicture(file, name, WORKING_SIDE, signal), isTrue: hasTruePixels() };
  const came = await read(file, signal);
  signal.throwIfAborted();
  if (came.kind === 'unreadable') throw new Refusal(() => unreadable(header, name()));
  // A format whose header is not known here, or a header that said something else.
  if (came.kind === 'large') throw tooLarge(came, name);
  return came;
}

/** `source` as RGBA at this size. */
export function drawn(source: CanvasImageSource, size: Size, name: () => string): Picture {
  const width = Math.max(1, Math.round(size.width));
  const height = Math.max(1, Math.round(size.height));
  refuseLarge({ width, height }, name);
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (!context) throw new Refusal(() => t.errors.notImage(name()));
  context.drawImage(source, 0, 0, width, height);
  return { rgba: new Uint8ClampedArray(context.getImageData(0, 0, width, height).data), width, height };
}

function refuseLarge(size: Size, name: () => string): void {
  if (Math.max(size.width, size.height) > LONGEST_SIDE) throw tooLarge(size, name);
}

function tooLarge({ width, height }: Size, name: () => string): Refusal {
  return new Refusal(() => t.errors.tooManyPixels(name(), width, height, t.count(LONGEST_SIDE)));
}

function unreadable(header: Header | undefined, name: string): string {
  if (header?.format === 'heic') return t.errors.heic(name);
  return header ? t.errors.damaged(name, header.format.toUpperCase()) : t.errors.notImage(name);
}
