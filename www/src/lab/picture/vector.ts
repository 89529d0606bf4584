/** SVG → RGBA. As an image, a browser runs none of its scripts and fetches nothing that it names. */
import { t } from '../../messages';
import type { Picture } from '../../shapes';
import { drawn } from './picture';
import { Refusal } from './refusal';

/** A drawing has kilobytes; filters and nested uses in a large one could keep the page busy for minutes. */
export const MOST_VECTOR_BYTES = 1_000_000;

/** Draws it `side` pixels long, whatever size it claims. */
export async function vectorPicture(file: Blob, name: () => string, side: number): Promise<Picture> {
  if (file.size > MOST_VECTOR_BYTES) throw new Refusal(() => t.errors.tooManyBytes(name(), t.size(file.size), t.size(MOST_VECTOR_BYTES)));
  const address = URL.createObjectURL(new Blob([file], { type: 'image/svg+xml' }));
  try {
    const image = new Image();
    image.src = address;
    await image.decode().catch(() => {
      throw new Refusal(() => t.errors.damaged(name(), 'SVG'));
    });
    // Without a size of its own it is a square, as far as browsers tell.
    const [width, height] = [image.naturalWidth || 1, image.naturalHeight || 1];
    const scale = side / Math.max(width, height);
    return drawn(image, { width: width * scale, height: height * scale }, name);
  } finally {
    URL.revokeObjectURL(address);
  }
}
