/**
 * Whether this browser gives pages the pixels of a canvas as they are: some read out white, or change a few, so that nobody is
 * recognised by them (Firefox's `resistFingerprinting`, LibreWolf, Brave, Tor Browser).
 */
import { memo } from '../memo';

/** Pixels a side: enough that a few changed ones are among them. */
const PROBE = 16;

/** Opaque greys and colours of which no two neighbours are alike. */
const probe = memo((side: number): Uint8ClampedArray<ArrayBuffer> => {
  const rgba = new Uint8ClampedArray(side * side * 4);
  for (let at = 0; at < rgba.length; at += 4) rgba.set([(at * 7) % 251, (at * 13) % 241, (at * 29) % 239, 255], at);
  return rgba;
});

/** Writes pixels into a canvas and reads them from it. */
function throughCanvas(rgba: Uint8ClampedArray<ArrayBuffer>, side: number): Uint8ClampedArray {
  const context = new OffscreenCanvas(side, side).getContext('2d', { willReadFrequently: true });
  if (!context) return rgba;
  context.putImageData(new ImageData(rgba, side, side), 0, 0);
  return context.getImageData(0, 0, side, side).data;
}

/** Asked anew each time: a visitor may have allowed it meanwhile. */
export function hasTruePixels(readBack = throughCanvas): boolean {
  const written = probe(PROBE);
  const read = readBack(written, PROBE);
  return written.every((value, at) => read[at] === value);
}
