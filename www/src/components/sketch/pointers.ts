/** Pointer events → strokes: one pointer at a time, coalesced points, pressure of pens, no touch while a pen is down. */
import { type Nib, type Point, SIDE } from './marks';
import type { Surface } from './surface';

export type Tool = 'brush' | 'eraser' | 'fill';

/** What pointers ask of the pad. */
export interface Pad {
  readonly tool: () => Tool;
  readonly nib: () => Nib;
  readonly changed: () => void;
  /** A stroke has ended. */
  readonly lifted: () => void;
}

/** The pressure of pointers that have none. */
const MIDDLE = 0.5;

export class Pointers {
  readonly #canvas: HTMLCanvasElement;
  readonly #surface: Surface;
  readonly #pad: Pad;
  /** Whether the canvas gets the focus from a pointer just now. */
  isFocusing = false;
  #active: { readonly id: number; readonly type: string } | undefined;

  constructor(canvas: HTMLCanvasElement, surface: Surface, pad: Pad) {
    this.#canvas = canvas;
    this.#surface = surface;
    this.#pad = pad;
    canvas.addEventListener('pointerdown', (event) => this.#down(event));
    canvas.addEventListener('pointermove', (event) => this.#move(event));
    canvas.addEventListener('pointerup', (event) => this.#up(event));
    canvas.addEventListener('pointercancel', (event) => this.#up(event));
  }

  /** Ends a stroke under way. */
  cancel(): void {
    this.#active = undefined;
    this.#surface.end();
  }

  #down(event: PointerEvent): void {
    // A pen takes over from a resting hand; nothing takes over from a pen.
    if (event.button !== 0 || (this.#active && !(event.pointerType === 'pen' && this.#active.type === 'touch'))) return;
    if (this.#active) {
      this.#surface.end();
      this.#surface.undo();
    }
    this.isFocusing = true;
    this.#canvas.focus({ preventScroll: true });
    this.isFocusing = false;
    event.preventDefault();
    const point = this.#point(event);
    if (this.#pad.tool() === 'fill') {
      this.#surface.fill(point.x, point.y, this.#pad.nib().ink);
      this.#pad.lifted();
    } else {
      this.#active = { id: event.pointerId, type: event.pointerType };
      this.#canvas.setPointerCapture(event.pointerId);
      this.#surface.begin(point, this.#pad.nib());
    }
    this.#pad.changed();
  }

  #move(event: PointerEvent): void {
    if (event.pointerId !== this.#active?.id) return;
    const coalesced = event.getCoalescedEvents();
    for (const part of coalesced.length > 0 ? coalesced : [event]) this.#surface.extend(this.#point(part));
    this.#pad.changed();
  }

  #up(event: PointerEvent): void {
    if (event.pointerId !== this.#active?.id) return;
    this.cancel();
    this.#pad.changed();
    this.#pad.lifted();
  }

  #point(event: PointerEvent): Point {
    const box = this.#canvas.getBoundingClientRect();
    return {
      x: ((event.clientX - box.left) / box.width) * SIDE,
      y: ((event.clientY - box.top) / box.height) * SIDE,
      pressure: event.pointerType === 'pen' ? event.pressure : MIDDLE,
    };
  }
}
