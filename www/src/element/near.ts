/** Says when an element is near the view and shown: not in a closed `<details>`, a tab or slide that is not, a column without width. */

/** How far from the view counts as near, in pixels. */
const MARGIN = '300px';
/** Areas without width intersect too, by a share of nothing: one that grows has to be told. */
const THRESHOLDS = [0, 0.0001];

export class Near {
  readonly #target: Element;
  readonly #near: () => void;
  #sight: IntersectionObserver | undefined;
  #size: ResizeObserver | undefined;

  /** `near`: called once, some time after {@link watch}. */
  constructor(target: Element, near: () => void) {
    this.#target = target;
    this.#near = near;
  }

  /** Begins to watch, in the window that the element is in now. */
  watch(): void {
    this.end();
    const view = this.#target.ownerDocument.defaultView;
    if (!view) return;
    if (!('IntersectionObserver' in view)) {
      this.#near();
      return;
    }
    const sight = (this.#sight = new view.IntersectionObserver((entries) => this.#seen(entries), { rootMargin: MARGIN, threshold: THRESHOLDS }));
    sight.observe(this.#target);
    // Whoever gets a size, in an element that was opened or widened, is looked at again.
    this.#size = new view.ResizeObserver(() => {
      sight.unobserve(this.#target);
      sight.observe(this.#target);
    });
    this.#size.observe(this.#target);
  }

  /** Stops watching. */
  end(): void {
    this.#sight?.disconnect();
    this.#size?.disconnect();
    this.#sight = this.#size = undefined;
  }

  #seen(entries: readonly IntersectionObserverEntry[]): void {
    const isNear = entries.some(({ isIntersecting, intersectionRect: { width, height } }) => isIntersecting && width > 0 && height > 0);
    if (!isNear || !isRendered(this.#target)) return;
    this.end();
    this.#near();
  }
}

/** Whether its boxes are painted, as far as the browser tells. */
function isRendered(element: Element): boolean {
  return !('checkVisibility' in element) || element.checkVisibility();
}
