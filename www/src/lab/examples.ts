/** What can be put into the lab with one click: references of the index, drawings, a photograph that is computed. */
import { type Mark, SIDE } from '../components/sketch/marks';
import type { Picture } from '../shapes';
import { puzzles } from './puzzles.json';

/** One of the examples. `label`: a garment of that class; `rank`: which of its kind. */
export type Example =
  | { readonly kind: 'garment'; readonly label: number }
  | { readonly kind: 'puzzle' | 'drawing'; readonly rank: number }
  | { readonly kind: 'photograph' };

/** References on which the published models disagree, by number and with their classes; build/puzzles.ts finds them. */
export const PUZZLES: readonly { readonly reference: number; readonly label: number }[] = puzzles;

const INK = 200;
const at = ([x, y]: readonly [number, number]): { x: number; y: number; pressure: number } => ({ x: Math.round(x * SIDE), y: Math.round(y * SIDE), pressure: 0.5 });

/** An outline through points, given as shares of the pad's side, and filled from a point inside. */
function filled(outline: readonly (readonly [number, number])[], inside: readonly [number, number]): readonly Mark[] {
  const { x, y } = at(inside);
  return [
    { kind: 'stroke', nib: { ink: INK, width: 2.5 }, points: [...outline, ...outline.slice(0, 1)].map(at) },
    { kind: 'fill', ink: INK, x, y },
  ];
}

/** Drawings with the pad's own brush, each with the class that it is meant to be. */
export const DRAWINGS: readonly { readonly label: number; readonly marks: readonly Mark[] }[] = [
  { label: 1, marks: filled([[0.34, 0.1], [0.66, 0.1], [0.7, 0.9], [0.56, 0.9], [0.5, 0.36], [0.44, 0.9], [0.3, 0.9]], [0.4, 0.2]) },
  { label: 0, marks: filled([[0.38, 0.16], [0.44, 0.21], [0.56, 0.21], [0.62, 0.16], [0.84, 0.3], [0.78, 0.46], [0.69, 0.42], [0.69, 0.86], [0.31, 0.86], [0.31, 0.42], [0.22, 0.46], [0.16, 0.3]], [0.5, 0.5]) },
];

const WIDTH = 180;
const HEIGHT = 240;

/** A dark dress on a light wall, lit from the left, as a camera might see it. */
export function photograph(): Picture {
  const rgba = new Uint8ClampedArray(WIDTH * HEIGHT * 4);
  for (let y = 0; y < HEIGHT; y++) {
    for (let x = 0; x < WIDTH; x++) {
      const across = x - WIDTH / 2;
      const half = y < 32 ? 0 : y < 96 ? 34 - (y - 32) / 8 : 26 + (y - 96) / 4.2;
      const isStrap = y < 52 && Math.abs(Math.abs(across) - 21) > 6;
      const isCloth = y < 222 && Math.abs(across) < half && !isStrap;
      const fold = 12 * Math.sin(across / (3 + y / 60)) + across / 4;
      const wall = 232 - y / 16 - (across + WIDTH / 2) / 24;
      const [red, green, blue] = isCloth ? [58 - fold, 66 - fold, 104 - fold] : [wall, wall - 4, wall - 12];
      rgba.set([red, green, blue, 255], (y * WIDTH + x) * 4);
    }
  }
  return { rgba, width: WIDTH, height: HEIGHT };
}
