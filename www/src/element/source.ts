/** Whatever a page has a picture in → what the lab takes. */
import { CodedError } from '../engine/failure';
import { drawn, WORKING_SIDE } from '../lab/picture/picture';
import type { Picture } from '../shapes';

/** An address, a file, pixels, or anything that a canvas can draw. `Picture` is straight RGBA. */
export type PictureSource = string | URL | Blob | Picture | ImageData | HTMLImageElement | SVGImageElement | HTMLVideoElement | HTMLCanvasElement | OffscreenCanvas | ImageBitmap;

/** `name`: what to call it. Throws a `CodedError`: `io` when an address does not give it, `picture` when it cannot be read. */
export async function taken(source: PictureSource, base: string, name: () => string): Promise<Blob | Picture> {
  if (typeof source === 'string' || source instanceof URL) return fetched(new URL(source, base));
  if (source instanceof Blob) return source;
  if ('rgba' in source) return whole(source);
  if (source instanceof ImageData) return whole({ rgba: new Uint8ClampedArray(source.data), width: source.width, height: source.height });
  try {
    if ('decode' in source) await source.decode();
    return drawn(source, sizeOf(source), name);
  } catch (thrown) {
    throw new CodedError('picture', `${name()}: ${thrown instanceof Error ? thrown.message : String(thrown)}`);
  }
}

async function fetched(url: URL): Promise<Blob> {
  const name = decodeURIComponent(url.pathname.split('/').at(-1) ?? url.href);
  let response: Response;
  try {
    response = await fetch(url);
  } catch {
    throw new CodedError('io', `${name} could not be fetched; from another host, it has to allow this page by CORS`);
  }
  if (!response.ok) throw new CodedError('io', `${name}: the server answered ${response.status}`);
  return response.blob();
}

function whole(picture: Picture): Picture {
  const { rgba, width, height } = picture;
  if (!Number.isInteger(width) || !Number.isInteger(height) || width <= 0 || height <= 0 || rgba.length !== width * height * 4) {
    throw new CodedError('picture', `expected width · height · 4 bytes of RGBA, got ${rgba.length} for ${width}×${height}`);
  }
  return picture;
}

/** Whether it is pixels, and more of them than are worked on. */
export function isLarge(source: Blob | Picture): source is Picture {
  return !(source instanceof Blob) && Math.max(source.width, source.height) > WORKING_SIDE;
}

function sizeOf(source: Exclude<PictureSource, string | URL | Blob | Picture | ImageData>): { width: number; height: number } {
  if ('naturalWidth' in source) return { width: source.naturalWidth, height: source.naturalHeight };
  if ('videoWidth' in source) return { width: source.videoWidth, height: source.videoHeight };
  const pixels = (length: number | SVGAnimatedLength): number => (typeof length === 'number' ? length : length.baseVal.value);
  return { width: pixels(source.width), height: pixels(source.height) };
}
