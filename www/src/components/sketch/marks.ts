/** A drawing as what was done to draw it: compact, and the same pixels when it is done again. */
import { SIDE as INPUT_SIDE } from '../../image';

/** The network's pixels across. */
export const CELLS = INPUT_SIDE;
/** Canvas pixels across one of the network's. */
export const CELL = 16;
/** Canvas pixels across. */
export const SIDE = CELLS * CELL;
/** How far outside the canvas a stroke is followed. */
export const MARGIN = 64;
/** Steps of pressure from none to full. */
export const PRESSURES = 16;
/** Brush widths come in halves of the network's pixels, from 2 (a thinner line would vanish there) to 8. */
export const WIDTHS = { least: 2, most: 8, step: 0.5 };

/** A point of a stroke, in canvas pixels; `pressure` from 0 to 1. */
export interface Point {
  readonly x: number;
  readonly y: number;
  readonly pressure: number;
}

/** How to draw: `ink` from 0 (ground) to 255, `width` in the network's pixels. */
export interface Nib {
  readonly ink: number;
  readonly width: number;
}

export interface Stroke {
  readonly kind: 'stroke';
  readonly nib: Nib;
  /** At least one. */
  readonly points: readonly Point[];
}

export interface Fill {
  readonly kind: 'fill';
  readonly ink: number;
  readonly x: number;
  readonly y: number;
}

export type Mark = Stroke | Fill;

/** `point` on the grid on which drawings are kept. */
export function snapped({ x, y, pressure }: Point): Point {
  const within = (value: number): number => Math.min(SIDE + MARGIN, Math.max(-MARGIN, Math.round(value)));
  return { x: within(x), y: within(y), pressure: Math.round(Math.min(1, Math.max(0, pressure)) * PRESSURES) / PRESSURES };
}
