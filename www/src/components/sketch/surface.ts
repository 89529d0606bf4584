/** The drawing itself: strokes, fill and undo in greys of our own, of light ink on a dark ground. The canvas shows them; it is never read. */
import type { Picture } from '../../shapes';
import { enclosed, type Seed } from './enclosed';
import { flood, type Raster } from './flood';
import { History } from './history';
import { CELL, type Mark, type Nib, type Point, SIDE, snapped, WIDTHS } from './marks';
import { type Area, paintSegment } from './stroke';

/** Kept states: 40 of 0.2 MB. */
const UNDO_LIMIT = 40;
/** Points nearer than this to the last one say nothing: a quarter of the network's pixel. */
const LEAST_STEP = CELL / 4;
const WHOLE: Area = { left: 0, top: 0, right: SIDE, bottom: SIDE };

/** A drawing, and how it came about. */
interface Drawing {
  readonly grey: Uint8ClampedArray;
  readonly marks: readonly Mark[];
}

export class Surface {
  readonly #context: CanvasRenderingContext2D;
  /** What the canvas shows, as RGBA. */
  readonly #image: ImageData;
  readonly #raster: Raster = { grey: new Uint8ClampedArray(SIDE * SIDE), width: SIDE, height: SIDE };
  readonly #history = new History<Drawing>(UNDO_LIMIT);
  #marks: readonly Mark[] = [];
  #stroke: { readonly nib: Nib; readonly points: Point[] } | undefined;

  constructor(canvas: HTMLCanvasElement) {
    canvas.width = SIDE;
    canvas.height = SIDE;
    // Pixels are put there one by one: they stay in main memory.
    const context = canvas.getContext('2d', { willReadFrequently: true, alpha: false });
    if (!context) throw new Error('this browser has no 2D canvas');
    this.#context = context;
    this.#image = context.createImageData(SIDE, SIDE);
    this.#paint(WHOLE);
  }

  get canUndo(): boolean {
    return this.#history.canUndo;
  }

  get canRedo(): boolean {
    return this.#history.canRedo;
  }

  get isBlank(): boolean {
    return this.#raster.grey.every((ink) => ink === 0);
  }

  /** What was done to draw it; nothing when it is blank. */
  get marks(): readonly Mark[] {
    return this.isBlank ? [] : this.#marks;
  }

  /** The ink under a point, 0 to 255. */
  inkAt(x: number, y: number): number {
    return this.#raster.grey[Math.floor(y) * SIDE + Math.floor(x)] ?? 0;
  }

  /** The drawing as RGBA. */
  picture(): Picture {
    return { rgba: new Uint8ClampedArray(this.#image.data), width: SIDE, height: SIDE };
  }

  /** Begins a stroke with a dot. */
  begin(at: Point, nib: Nib): void {
    this.#record();
    const point = snapped(at);
    this.#stroke = { nib, points: [point] };
    this.#marks = [...this.#marks, { kind: 'stroke', ...this.#stroke }];
    this.#paint(this.#segment(point, point, nib));
  }

  /** Goes on with the stroke. */
  extend(at: Point): void {
    const last = this.#stroke?.points.at(-1);
    const point = snapped(at);
    if (!this.#stroke || !last || Math.hypot(point.x - last.x, point.y - last.y) < LEAST_STEP) return;
    this.#stroke.points.push(point);
    this.#paint(this.#segment(last, point, this.#stroke.nib));
  }

  /** Ends the stroke. */
  end(): void {
    this.#stroke = undefined;
  }

  /** Fills the area around a point. */
  fill(x: number, y: number, ink: number): void {
    const before = this.#now();
    const seed = { x: Math.floor(x), y: Math.floor(y) };
    if (flood(this.#raster, seed.x, seed.y, ink) === 0) return;
    this.#history.record(before);
    this.#marks = [...this.#marks, { kind: 'fill', ink, ...seed }];
    this.#paint(WHOLE);
  }

  /** Points in the areas without ink that lines enclose, one each. */
  get enclosed(): readonly Seed[] {
    return enclosed(this.#raster);
  }

  /** Fills the areas around points; one `undo` takes all of it back. */
  fillAll(seeds: readonly Seed[], ink: number): void {
    this.#record();
    for (const seed of seeds) {
      flood(this.#raster, seed.x, seed.y, ink);
      this.#marks = [...this.#marks, { kind: 'fill', ink, ...seed }];
    }
    this.#paint(WHOLE);
  }

  /** Shows another drawing; `undo` brings this one back. */
  show(marks: readonly Mark[]): void {
    this.#record();
    this.#raster.grey.fill(0);
    for (const mark of marks) {
      if (mark.kind === 'fill') flood(this.#raster, mark.x, mark.y, mark.ink);
      else for (const [index, point] of mark.points.entries()) this.#segment(mark.points[index - 1] ?? point, point, mark.nib);
    }
    this.#marks = marks;
    this.#paint(WHOLE);
  }

  clear(): void {
    if (this.isBlank) return;
    this.#record();
    this.#marks = [];
    this.#raster.grey.fill(0);
    this.#paint(WHOLE);
  }

  undo(): void {
    this.#restore(this.#history.undo(this.#now()));
  }

  redo(): void {
    this.#restore(this.#history.redo(this.#now()));
  }

  #now(): Drawing {
    return { grey: this.#raster.grey.slice(), marks: this.#marks };
  }

  #record(): void {
    this.#history.record(this.#now());
  }

  #restore(drawing: Drawing | undefined): void {
    if (!drawing) return;
    this.#marks = drawing.marks;
    this.#raster.grey.set(drawing.grey);
    this.#paint(WHOLE);
  }

  #segment(from: Point, to: Point, { ink, width }: Nib): Area {
    const pressed = Math.max(WIDTHS.least, width * (0.6 + 0.8 * to.pressure));
    return paintSegment(this.#raster, from, to, (pressed * CELL) / 2, ink);
  }

  /** Brings what the canvas shows up to date. */
  #paint({ left, top, right, bottom }: Area): void {
    if (left >= right || top >= bottom) return;
    const { data } = this.#image;
    for (let row = top; row < bottom; row++) {
      for (let at = row * SIDE + left; at < row * SIDE + right; at++) {
        const ink = this.#raster.grey[at] ?? 0;
        data[at * 4] = ink;
        data[at * 4 + 1] = ink;
        data[at * 4 + 2] = ink;
        data[at * 4 + 3] = 255;
      }
    }
    this.#context.putImageData(this.#image, 0, 0, left, top, right - left, bottom - top);
  }
}
