/** Finds what an outline encloses: areas without ink from which no way leads to the edge. */
import { type Raster, TOLERANCE } from './flood';

/** A pixel, by column and row. */
export interface Seed {
  readonly x: number;
  readonly y: number;
}

/** Areas below this share of the raster are gaps between strokes. */
const LEAST_SHARE = 0.015;

/** A pixel of each enclosed area of some size, from top to bottom. Empty is what a fill would take for empty. */
export function enclosed({ grey, width, height }: Raster): Seed[] {
  const seen = Uint8Array.from(grey, (ink) => (ink > TOLERANCE ? 1 : 0));
  const least = LEAST_SHARE * width * height;
  const seeds: Seed[] = [];
  for (let at = 0; at < seen.length; at++) {
    if (seen[at] !== 0) continue;
    const { size, isOpen, empty } = area({ grey, width, height }, seen, at);
    if (!isOpen && size >= least && empty !== undefined) seeds.push({ x: empty % width, y: Math.floor(empty / width) });
  }
  return seeds;
}

interface Area {
  /** In pixels. */
  readonly size: number;
  /** Whether it reaches the edge. */
  readonly isOpen: boolean;
  /** A pixel without any ink: a fill compares with its seed, and takes the whole area from such a one alone. */
  readonly empty: number | undefined;
}

/** Marks the area (4 neighbours) around `start` as seen. */
function area({ grey, width, height }: Raster, seen: Uint8Array, start: number): Area {
  let empty: number | undefined;
  const stack = [start];
  seen[start] = 1;
  let size = 0;
  let isOpen = false;
  const visit = (at: number): void => {
    if (seen[at] !== 0) return;
    seen[at] = 1;
    stack.push(at);
  };
  for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
    size++;
    if (grey[at] === 0) empty ??= at;
    const column = at % width;
    if (column === 0 || column === width - 1 || at < width || at >= width * (height - 1)) isOpen = true;
    if (column > 0) visit(at - 1);
    if (column < width - 1) visit(at + 1);
    if (at >= width) visit(at - width);
    if (at < width * (height - 1)) visit(at + width);
  }
  return { size, isOpen, empty };
}
