/** Tells a component how wide an element in it is, and how large its small text, so that charts are drawn in CSS pixels. */
import type { ReactiveController, ReactiveControllerHost } from 'lit';

export class Width implements ReactiveController {
  /** CSS pixels; 0 until there is an element. */
  value = 0;
  /** The size of small text (--text-s), CSS pixels. */
  em = 13;
  readonly #host: ReactiveControllerHost & { readonly renderRoot: ParentNode };
  readonly #selector: string;
  #observed: Element | null = null;
  readonly #observer = new ResizeObserver(([entry]) => {
    const width = Math.floor(entry?.contentRect.width ?? 0);
    if (width === this.value) return;
    this.value = width;
    this.em = 0.8125 * parseFloat(getComputedStyle(document.documentElement).fontSize);
    this.#host.requestUpdate();
  });

  /** `selector`: the element in the host's shadow root whose width counts. */
  constructor(host: ReactiveControllerHost & { readonly renderRoot: ParentNode }, selector: string) {
    this.#host = host;
    this.#selector = selector;
    host.addController(this);
  }

  hostUpdated(): void {
    const element = this.#host.renderRoot.querySelector(this.#selector);
    if (element === this.#observed) return;
    this.#observer.disconnect();
    this.#observed = element;
    if (element) this.#observer.observe(element);
  }

  hostDisconnected(): void {
    this.#observer.disconnect();
    this.#observed = null;
  }
}
