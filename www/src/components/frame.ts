/** Frames on a picture, in thousandths of its sides: what dragging and keys make of one. All of them stay within the picture. */
import type { Frame, Place } from '../shapes';

export const WHOLE = 1000;

/** Shorter sides than this would be refused (`src/preprocess/region.rs`), and could not be grabbed. */
export const LEAST = 60;

/** What a frame is before anybody has moved it. */
export const FIRST: Frame = [150, 150, 700, 700];

/** How near to an edge a pointer grabs it, in CSS pixels: a finger's width across. */
const REACH = 22;

/** Which edges move: -1 the left or upper one, 1 the right or lower one, 0 none of both; all 0 moves the frame; a new one is drawn. */
export type Grip = 'new' | readonly [-1 | 0 | 1, -1 | 0 | 1];

const clamp = (value: number, least: number, most: number): number => Math.round(Math.min(most, Math.max(least, value)));

/** The place at these shares of the sides, within the picture. */
export function placeAt(x: number, y: number): Place {
  return [clamp(x * WHOLE, 0, WHOLE), clamp(y * WHOLE, 0, WHOLE)];
}

/** The frame moved by this much. */
export function moved([left, top, width, height]: Frame, [x, y]: Place): Frame {
  return [clamp(left + x, 0, WHOLE - width), clamp(top + y, 0, WHOLE - height), width, height];
}

/** Its right and lower edge moved by this much. */
export function sized([left, top, width, height]: Frame, [x, y]: Place): Frame {
  return [left, top, clamp(width + x, Math.min(LEAST, WHOLE - left), WHOLE - left), clamp(height + y, Math.min(LEAST, WHOLE - top), WHOLE - top)];
}

/** What a pointer at `at` grabs, on a picture that is shown this large in CSS pixels. */
export function gripAt([left, top, width, height]: Frame, [x, y]: Place, [across, down]: Place): Grip {
  const edge = (start: number, length: number, at: number, side: number): -1 | 0 | 1 | undefined => {
    // Of a small frame the middle can still be grabbed.
    const reach = Math.min((REACH / side) * WHOLE, length / 3);
    if (Math.abs(at - start) <= reach) return -1;
    if (Math.abs(at - start - length) <= reach) return 1;
    return at > start && at < start + length ? 0 : undefined;
  };
  const [column, row] = [edge(left, width, x, across), edge(top, height, y, down)];
  return column === undefined || row === undefined ? 'new' : [column, row];
}

/** The frame that was grabbed at `from`, with the pointer at `to`. */
export function resized(frame: Frame, grip: Grip, from: Place, to: Place): Frame {
  if (grip === 'new') {
    const [x, width] = between(from[0], to[0]);
    const [y, height] = between(from[1], to[1]);
    return [x, y, width, height];
  }
  const by: Place = [to[0] - from[0], to[1] - from[1]];
  if (grip[0] === 0 && grip[1] === 0) return moved(frame, by);
  const [left, width] = pulled(frame[0], frame[2], grip[0], by[0]);
  const [top, height] = pulled(frame[1], frame[3], grip[1], by[1]);
  return [left, top, width, height];
}

/** One side of a frame, start and length, of which an edge was pulled. */
function pulled(start: number, length: number, edge: -1 | 0 | 1, by: number): readonly [number, number] {
  if (edge === 0) return [start, length];
  const [fixed, free] = edge === -1 ? [start + length, start + by] : [start, start + length + by];
  return between(fixed, free);
}

/** From one edge to the other, whichever is first; at least as long as a frame is. */
function between(fixed: number, free: number): readonly [number, number] {
  const other = clamp(free, 0, WHOLE);
  const length = Math.max(LEAST, Math.abs(other - fixed));
  const start = other < fixed ? fixed - length : fixed;
  return [clamp(start, 0, WHOLE - length), length];
}
