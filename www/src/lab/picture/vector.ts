/** SVG → RGBA. As an image, a browser runs none of its scripts and fetches nothing that it names. */
import { unlessForbidden } from '../../forbidden';
import { t } from '../../messages';
import type { Picture } from '../../shapes';
import { drawn } from './picture';
import { Refusal } from './refusal';
import { withSize } from './vector-size';

/** A drawing has kilobytes; filters and nested uses in a large one could keep the page busy for minutes. */
export const MOST_VECTOR_BYTES = 1_000_000;

/** Draws it `side` pixels long, whatever size it claims. */
export async function vectorPicture(file: Blob, name: () => string, side: number, signal: AbortSignal): Promise<Picture> {
  if (file.size > MOST_VECTOR_BYTES) throw new Refusal(() => t.errors.tooManyBytes(name(), t.size(file.size), t.size(MOST_VECTOR_BYTES)));
  const text = await file.text();
  signal.throwIfAborted();
  const address = URL.createObjectURL(new Blob([withSize(text, side) ?? file], { type: 'image/svg+xml' }));
  try {
    const image = new Image();
    const decoded = (): Promise<void> => {
      image.src = address;
      return image.decode();
    };
    await unlessForbidden('img-src', decoded, () => new Refusal(() => t.errors.svgForbidden));
    signal.throwIfAborted();
    const { naturalWidth: width, naturalHeight: height } = image;
    const scale = side / Math.max(width, height);
    return drawn(image, { width: width * scale, height: height * scale }, name);
  } catch (thrown) {
    if (thrown instanceof Refusal || signal.aborted) throw thrown;
    throw new Refusal(() => t.errors.damaged(name(), 'SVG'));
  } finally {
    URL.revokeObjectURL(address);
  }
}
