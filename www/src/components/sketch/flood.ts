/** Flood fill on a grey raster. */

/** A raster of one byte a pixel, row-major. */
export interface Raster {
  readonly grey: Uint8ClampedArray;
  readonly width: number;
  readonly height: number;
}

/** Softer than this against the seed, an anti-aliased edge counts as the area, so that no seam stays. */
export const TOLERANCE = 110;

/** How far the fill creeps under the edges of the lines around it, for the same reason. */
const CREEP = 2;

/**
 * Sets the connected area (4 neighbours) around `(x, y)` whose greys are within `TOLERANCE` of the one there to `ink`.
 * Outside the raster nothing happens. Returns how many pixels changed.
 */
export function flood({ grey, width, height }: Raster, x: number, y: number, ink: number): number {
  if (x < 0 || y < 0 || x >= width || y >= height) return 0;
  const seed = grey[y * width + x] ?? 0;
  const seen = new Uint8Array(grey.length);
  const inside = (at: number): boolean => seen[at] === 0 && Math.abs((grey[at] ?? 0) - seed) <= TOLERANCE;
  const stack = [y * width + x];
  let changed = 0;
  for (let start = stack.pop(); start !== undefined; start = stack.pop()) {
    if (!inside(start)) continue;
    const row = start - (start % width);
    let left = start;
    while (left > row && inside(left - 1)) left--;
    for (let at = left; at < row + width && inside(at); at++) {
      seen[at] = 1;
      if (grey[at] !== ink) changed++;
      grey[at] = ink;
      if (row > 0 && inside(at - width)) stack.push(at - width);
      if (row + width < grey.length && inside(at + width)) stack.push(at + width);
    }
  }
  creep({ grey, width, height }, seen, ink);
  return changed;
}

function creep({ grey, width, height }: Raster, seen: Uint8Array, ink: number): void {
  for (let at = 0; at < seen.length; at++) {
    if (seen[at] === 0) continue;
    const x = at % width;
    const y = (at - x) / width;
    // Only at the border of the area: inside it everything is ink.
    if (seen[at - 1] === 1 && seen[at + 1] === 1 && seen[at - width] === 1 && seen[at + width] === 1) continue;
    for (let v = Math.max(0, y - CREEP); v <= Math.min(height - 1, y + CREEP); v++) {
      grey.fill(ink, v * width + Math.max(0, x - CREEP), v * width + Math.min(width - 1, x + CREEP) + 1);
    }
  }
}
