/** The drawing itself: strokes, fill and undo on a canvas of light ink on a dark ground. */
import type { Picture } from '../../shapes';
import { flood } from './flood';
import { History } from './history';
import { CELL, type Mark, type Nib, type Point, SIDE, snapped, WIDTHS } from './marks';

/** Kept states: 40 of 0.2 MB. */
const UNDO_LIMIT = 40;
/** Points nearer than this to the last one say nothing: a quarter of the network's pixel. */
const LEAST_STEP = CELL / 4;

/** Black and opaque, whichever end of the number comes first. */
const [EMPTY] = new Uint32Array(Uint8Array.of(0, 0, 0, 255).buffer);

/** A drawing, and how it came about. */
interface Drawing {
  readonly grey: Uint8ClampedArray;
  readonly marks: readonly Mark[];
}

export class Surface {
  readonly #canvas: HTMLCanvasElement;
  readonly #context: CanvasRenderingContext2D;
  readonly #history = new History<Drawing>(UNDO_LIMIT);
  #marks: readonly Mark[] = [];
  #points: Point[] | undefined;

  constructor(canvas: HTMLCanvasElement) {
    canvas.width = SIDE;
    canvas.height = SIDE;
    const context = canvas.getContext('2d', { willReadFrequently: true, alpha: false });
    if (!context) throw new Error('this browser has no 2D canvas');
    this.#canvas = canvas;
    // Without transparency a canvas begins black, which is blank.
    this.#context = context;
  }

  get canUndo(): boolean {
    return this.#history.canUndo;
  }

  get canRedo(): boolean {
    return this.#history.canRedo;
  }

  get isBlank(): boolean {
    // A pixel at a time, and only up to the first ink.
    const { data } = this.#context.getImageData(0, 0, SIDE, SIDE);
    return new Uint32Array(data.buffer).every((pixel) => pixel === EMPTY);
  }

  /** What was done to draw it; nothing when it is blank. */
  get marks(): readonly Mark[] {
    return this.isBlank ? [] : this.#marks;
  }

  /** The ink under a point, 0 to 255. */
  inkAt(x: number, y: number): number {
    return this.#context.getImageData(x, y, 1, 1).data[0] ?? 0;
  }

  /** The drawing as RGBA. */
  picture(): Picture {
    const { data, width, height } = this.#context.getImageData(0, 0, SIDE, SIDE);
    return { rgba: data, width, height };
  }

  /** Begins a stroke with a dot. */
  begin(at: Point, nib: Nib): void {
    this.#record();
    const point = snapped(at);
    this.#points = [point];
    this.#marks = [...this.#marks, { kind: 'stroke', nib, points: this.#points }];
    this.#segment(point, point, nib);
  }

  /** Goes on with the stroke. */
  extend(at: Point, nib: Nib): void {
    const last = this.#points?.at(-1);
    const point = snapped(at);
    if (!last || Math.hypot(point.x - last.x, point.y - last.y) < LEAST_STEP) return;
    this.#points?.push(point);
    this.#segment(last, point, nib);
  }

  /** Ends the stroke. */
  end(): void {
    this.#points = undefined;
  }

  /** Fills the area around a point. */
  fill(x: number, y: number, ink: number): void {
    const before = this.#read();
    const grey = before.slice();
    const seed = { x: Math.floor(x), y: Math.floor(y) };
    if (flood({ grey, width: SIDE, height: SIDE }, seed.x, seed.y, ink) === 0) return;
    this.#history.record({ grey: before, marks: this.#marks });
    this.#marks = [...this.#marks, { kind: 'fill', ink, ...seed }];
    this.#paint(grey);
  }

  /** Shows another drawing; `undo` brings this one back. */
  show(marks: readonly Mark[]): void {
    this.#record();
    this.#paint(new Uint8ClampedArray(SIDE * SIDE));
    for (const mark of marks) {
      if (mark.kind === 'fill') {
        const grey = this.#read();
        flood({ grey, width: SIDE, height: SIDE }, mark.x, mark.y, mark.ink);
        this.#paint(grey);
      } else {
        for (const [index, point] of mark.points.entries()) this.#segment(mark.points[index - 1] ?? point, point, mark.nib);
      }
    }
    this.#marks = marks;
  }

  clear(): void {
    if (this.isBlank) return;
    this.#record();
    this.#marks = [];
    this.#paint(new Uint8ClampedArray(SIDE * SIDE));
  }

  undo(): void {
    this.#restore(this.#history.undo(this.#now()));
  }

  redo(): void {
    this.#restore(this.#history.redo(this.#now()));
  }

  #now(): Drawing {
    return { grey: this.#read(), marks: this.#marks };
  }

  #record(): void {
    this.#history.record(this.#now());
  }

  #segment(from: Point, to: Point, { ink, width }: Nib): void {
    const pressed = width * (0.6 + 0.8 * to.pressure);
    this.#context.strokeStyle = `rgb(${ink} ${ink} ${ink})`;
    this.#context.lineWidth = Math.max(WIDTHS.least, pressed) * CELL;
    this.#context.lineCap = 'round';
    this.#context.lineJoin = 'round';
    this.#context.beginPath();
    this.#context.moveTo(from.x, from.y);
    // A line of no length would be left out: a dot is a very short one.
    this.#context.lineTo(to.x + (to.x === from.x && to.y === from.y ? 0.01 : 0), to.y);
    this.#context.stroke();
  }

  #restore(drawing: Drawing | undefined): void {
    if (!drawing) return;
    this.#marks = drawing.marks;
    this.#paint(drawing.grey);
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
