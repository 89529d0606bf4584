/** How high a frame would like to be: what is in it at its width, whatever height it has now. */

/** Milliseconds in which changes become one. */
const SETTLED = 50;

export class Height {
  readonly #element: HTMLElement;
  readonly #tell: (height: number) => void;
  readonly #observer: ResizeObserver;
  #told = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** `element`: holds all that is in the frame; `tell`: called with every other height, in CSS pixels. */
  constructor(element: HTMLElement, tell: (height: number) => void) {
    this.#element = element;
    this.#tell = tell;
    this.#observer = new ResizeObserver(() => this.look());
    this.#observer.observe(element);
  }

  /** Tells the height even if it is as before: someone new listens. */
  repeat(): void {
    this.#told = 0;
    this.look();
  }

  /** Measures soon. */
  look(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      const height = this.#measure();
      if (height === 0 || height === this.#told) return;
      this.#told = height;
      this.#tell(height);
    }, SETTLED);
  }

  end(): void {
    clearTimeout(this.#timer);
    this.#observer.disconnect();
  }

  /**
   * Laid out as in a frame of any height: what follows the frame's height, and a scroll bar that comes with too small a one,
   * would make a height depend on the one before, and two of them could take turns for ever.
   */
  #measure(): number {
    const { style } = document.documentElement;
    const isCompact = this.#element.hasAttribute('compact');
    style.overflow = 'hidden';
    style.setProperty('--view', '100000px');
    this.#element.removeAttribute('compact');
    const { height } = this.#element.getBoundingClientRect();
    this.#element.toggleAttribute('compact', isCompact);
    style.removeProperty('--view');
    style.overflow = '';
    return Math.ceil(height);
  }
}
