/** Drawing by keyboard: a cursor that stands on one of the 28×28 cells. */
import { t } from '../../messages';
import { CELL, CELLS, type Nib, type Point } from './marks';
import type { Surface } from './surface';

/** What a key did: what to say of it, and whether the drawing changed. */
export interface Outcome {
  readonly said: () => string;
  readonly changed: boolean;
}

/** Cells that Shift makes of one. */
const LEAP = 4;
const MOVES: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

export class Cursor {
  /** Column and row, from 0. */
  x = CELLS / 2;
  y = CELLS / 2;
  /** Whether the brush is down: moving draws. */
  held = false;
  readonly #surface: Surface;

  constructor(surface: Surface) {
    this.#surface = surface;
  }

  /** Lifts the brush. */
  release(): void {
    if (this.held) this.#surface.end();
    this.held = false;
  }

  /** Acts on a key; `undefined` when it means nothing here. */
  key(key: string, far: boolean, nib: Nib): Outcome | undefined {
    const move = MOVES[key];
    if (move) return this.#move(move, far ? LEAP : 1);
    if (key === ' ') {
      if (this.held) return { said: this.#where(), changed: false };
      this.#surface.begin(this.#point(), nib);
      this.#surface.end();
      return { said: this.#where(), changed: true };
    }
    if (key === 'Enter') {
      if (this.held) {
        this.release();
        return { said: () => t.pad.lifted, changed: false };
      }
      this.held = true;
      this.#surface.begin(this.#point(), nib);
      return { said: () => t.pad.held, changed: true };
    }
    if (key === 'f' || key === 'F') {
      const { x, y } = this.#point();
      this.#surface.fill(x, y, nib.ink);
      return { said: () => t.pad.filled, changed: true };
    }
    return undefined;
  }

  #move([dx, dy]: readonly [number, number], step: number): Outcome {
    const within = (value: number): number => Math.min(CELLS - 1, Math.max(0, value));
    this.x = within(this.x + dx * step);
    this.y = within(this.y + dy * step);
    if (this.held) this.#surface.extend(this.#point());
    return { said: this.#where(), changed: this.held };
  }

  #point(): Point {
    return { x: (this.x + 0.5) * CELL, y: (this.y + 0.5) * CELL, pressure: 0.5 };
  }

  #where(): () => string {
    const { x, y } = this.#point();
    const [row, column, ink] = [this.y + 1, this.x + 1, this.#surface.inkAt(x, y)];
    return () => t.pad.cursor(row, column, ink);
  }
}
