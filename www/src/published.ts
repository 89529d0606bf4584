/** Which files of the manifest classify; the others serve those that do: an index's thumbnails, the answers to the test set. */

/** As `Entry::is_classifier` in src/manifest.rs: what comes out of an image is a number for each class. */
export function classifies({ output_shape: [images, numbers, ...more] }: { readonly output_shape: readonly (number | string)[] }, classes: number): boolean {
  return images === 'N' && numbers === classes && more.length === 0;
}
