/** Tells a component how wide an element in it is, and how large its text, so that charts are drawn in CSS pixels. */
import { nothing, type ReactiveController, type ReactiveControllerHost } from 'lit';

/** What a chart has to know of its place: its width and the size of its text, in CSS pixels. */
export interface Room {
  readonly width: number;
  readonly em: number;
}

export class Width implements ReactiveController {
  /** No width until there is an element. */
  #room: Room = { width: 0, em: 13 };
  readonly #host: ReactiveControllerHost & { readonly renderRoot: ParentNode };
  readonly #selector: string;
  #observed: Element | null = null;
  readonly #observer = new ResizeObserver(([entry]) => {
    const width = Math.floor(entry?.contentRect.width ?? 0);
    if (!entry || width === this.#room.width) return;
    this.#room = { width, em: parseFloat(getComputedStyle(entry.target).fontSize) };
    this.#host.requestUpdate();
  });

  /** `selector`: the element in the host's shadow root whose width counts. */
  constructor(host: ReactiveControllerHost & { readonly renderRoot: ParentNode }, selector: string) {
    this.#host = host;
    this.#selector = selector;
    host.addController(this);
  }

  /** What `chart` makes of the room; nothing while there is none. */
  draw<Chart>(chart: (room: Room) => Chart): Chart | typeof nothing {
    return this.#room.width > 0 ? chart(this.#room) : nothing;
  }

  hostUpdated(): void {
    const element = this.#host.renderRoot.querySelector(this.#selector);
    if (element === this.#observed) return;
    this.#observer.disconnect();
    this.#observed = element;
    if (element) this.#observer.observe(element);
  }

  /** Moved to another place, it is observed again. */
  hostConnected(): void {
    this.#host.requestUpdate();
  }

  hostDisconnected(): void {
    this.#observer.disconnect();
    this.#observed = null;
  }
}
