/** The drawing itself: strokes, fill and undo on a canvas of light ink on a dark ground. */
import type { Picture } from '../../shapes';
import { flood } from './flood';
import { History } from './history';

/** The network's pixels across. */
export const CELLS = 28;
/** Canvas pixels across one of the network's. */
export const CELL = 16;
/** Canvas pixels across. */
export const SIDE = CELLS * CELL;
/** The thinnest line, in the network's pixels: a thinner one would vanish there. */
export const THINNEST = 2;
/** Kept states: 40 of 0.2 MB. */
const UNDO_LIMIT = 40;

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

export class Surface {
  readonly #canvas: HTMLCanvasElement;
  readonly #context: CanvasRenderingContext2D;
  readonly #history = new History<Uint8ClampedArray>(UNDO_LIMIT);
  #last: Point | undefined;

  constructor(canvas: HTMLCanvasElement) {
    canvas.width = SIDE;
    canvas.height = SIDE;
    const context = canvas.getContext('2d', { willReadFrequently: true, alpha: false });
    if (!context) throw new Error('this browser has no 2D canvas');
    this.#canvas = canvas;
    this.#context = context;
    this.#paint(new Uint8ClampedArray(SIDE * SIDE));
  }

  get canUndo(): boolean {
    return this.#history.canUndo;
  }

  get canRedo(): boolean {
    return this.#history.canRedo;
  }

  get isBlank(): boolean {
    return this.#read().every((ink) => ink === 0);
  }

  /** The ink under a point, 0 to 255. */
  inkAt(x: number, y: number): number {
    return this.#context.getImageData(x, y, 1, 1).data[0] ?? 0;
  }

  /** The drawing as RGBA. */
  picture(): Picture {
    const { data, width, height } = this.#context.getImageData(0, 0, SIDE, SIDE);
    return { rgba: new Uint8ClampedArray(data), width, height };
  }

  /** Begins a stroke with a dot. */
  begin(point: Point, nib: Nib): void {
    this.#history.record(this.#read());
    this.#last = point;
    this.#segment(point, point, nib);
  }

  /** Goes on with the stroke. */
  extend(point: Point, nib: Nib): void {
    if (!this.#last) return;
    this.#segment(this.#last, point, nib);
    this.#last = point;
  }

  /** Ends the stroke. */
  end(): void {
    this.#last = undefined;
  }

  /** Fills the area around a point. */
  fill(x: number, y: number, ink: number): void {
    const before = this.#read();
    const grey = before.slice();
    if (flood({ grey, width: SIDE, height: SIDE }, Math.floor(x), Math.floor(y), ink) === 0) return;
    this.#history.record(before);
    this.#paint(grey);
  }

  clear(): void {
    if (this.isBlank) return;
    this.#history.record(this.#read());
    this.#paint(new Uint8ClampedArray(SIDE * SIDE));
  }

  undo(): void {
    this.#restore(this.#history.undo(this.#read()));
  }

  redo(): void {
    this.#restore(this.#history.redo(this.#read()));
  }

  #segment(from: Point, to: Point, { ink, width }: Nib): void {
    const pressed = width * (0.6 + 0.8 * to.pressure);
    this.#context.strokeStyle = `rgb(${ink} ${ink} ${ink})`;
    this.#context.lineWidth = Math.max(THINNEST, pressed) * CELL;
    this.#context.lineCap = 'round';
    this.#context.lineJoin = 'round';
    this.#context.beginPath();
    this.#context.moveTo(from.x, from.y);
    // A line of no length would be left out: a dot is a very short one.
    this.#context.lineTo(to.x + (to.x === from.x && to.y === from.y ? 0.01 : 0), to.y);
    this.#context.stroke();
  }

  #restore(state: Uint8ClampedArray | undefined): void {
    if (state) this.#paint(state);
  }

  #read(): Uint8ClampedArray {
    const { data } = this.#context.getImageData(0, 0, this.#canvas.width, this.#canvas.height);
    const grey = new Uint8ClampedArray(SIDE * SIDE);
    for (let at = 0; at < grey.length; at++) grey[at] = data[at * 4] ?? 0;
    return grey;
  }

  #paint(grey: Uint8ClampedArray): void {
    const image = this.#context.createImageData(SIDE, SIDE);
    for (let at = 0; at < grey.length; at++) {
      const ink = grey[at] ?? 0;
      image.data[at * 4] = ink;
      image.data[at * 4 + 1] = ink;
      image.data[at * 4 + 2] = ink;
      image.data[at * 4 + 3] = 255;
    }
    this.#context.putImageData(image, 0, 0);
  }
}
