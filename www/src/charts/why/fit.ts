/** How a number lies in densities given on a grid. Pure. */
import type { Densities } from '../../shapes.why';

/** A class beside the picture. */
export interface Fit {
  readonly name: string;
  /** The share of the class's training garments with less ink, 0 to 1. */
  readonly below: number;
}

/** Shares between which a total is usual for a class: the middle 80%. */
const USUAL = [0.1, 0.9] as const;

/** The share of the area left of `value` under a curve given at the points of `grid` (trapezoids). */
export function shareBelow(grid: readonly number[], values: readonly number[], value: number): number {
  let below = 0;
  let all = 0;
  for (let index = 1; index < grid.length; index++) {
    const [from, to] = [grid[index - 1] ?? 0, grid[index] ?? 0];
    const [left, right] = [values[index - 1] ?? 0, values[index] ?? 0];
    all += ((left + right) / 2) * (to - from);
    const share = Math.min(1, Math.max(0, (value - from) / (to - from)));
    below += (left + ((right - left) * share) / 2) * share * (to - from);
  }
  return all > 0 ? below / all : 0;
}

/** Every class beside a picture of this total intensity. */
export function fits({ grid, classes }: Densities, total: number): Fit[] {
  return classes.map(({ name, values }) => ({ name, below: shareBelow(grid, values, total) }));
}

/** Whether a total is usual in a class. */
export function isUsual({ below }: Fit): boolean {
  return below >= USUAL[0] && below <= USUAL[1];
}
