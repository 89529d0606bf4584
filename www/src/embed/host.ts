/** The page around a frame: it is told a height in the words of several hosts, and heard when it speaks H5P's. */

/** What H5P's resizer says: that it is there, that it listens, that it has made room, that its own page changed. */
type Action = 'ready' | 'hello' | 'resizePrepared' | 'resize';

export class Host {
  readonly #window: Window;
  readonly #repeat: () => void;
  /** `undefined` of a page without an origin, and where no browser says it before that page has spoken. */
  #origin: string | undefined;
  readonly #over = new AbortController();
  /** Whether the host speaks H5P's words. */
  #listens = false;
  #height = 0;

  /** `repeat`: called when the host wants to hear the height anew. */
  constructor(window: Window, repeat: () => void) {
    this.#window = window;
    this.#repeat = repeat;
    this.#origin = originAround(window);
    if (window.parent === window) return;
    window.addEventListener('message', (event) => this.#hear(event), { signal: this.#over.signal });
    this.#say({ context: 'h5p', action: 'hello' });
  }

  /** A height in CSS pixels: nothing that anyone may not know. */
  tell(height: number): void {
    this.#height = height;
    const resize = { subject: 'lti.frameResize', height };
    this.#say(resize);
    // Some hosts take text alone.
    this.#say(JSON.stringify(resize));
    if (this.#listens) this.#say({ context: 'h5p', action: 'prepareResize', scrollHeight: height, clientHeight: height });
  }

  end(): void {
    this.#over.abort();
  }

  #hear({ source, origin, data }: MessageEvent): void {
    if (source !== this.#window.parent || (this.#origin !== undefined && origin !== this.#origin)) return;
    const { context, action } = (typeof data === 'object' && data !== null ? data : {}) as { context?: unknown; action?: Action };
    if (context !== 'h5p') return;
    if (origin !== 'null') this.#origin = origin;
    if (action === 'ready') {
      this.#say({ context: 'h5p', action: 'hello' });
    } else if (action === 'hello' || action === 'resize') {
      this.#listens = true;
      this.#repeat();
    } else if (action === 'resizePrepared' && this.#listens) {
      this.#say({ context: 'h5p', action: 'resize', scrollHeight: this.#height });
    }
  }

  #say(message: unknown): void {
    if (this.#window.parent !== this.#window) this.#window.parent.postMessage(message, this.#origin ?? '*');
  }
}

/** The origin of the page around; Firefox tells it by the referrer, unless that page keeps it to itself. */
function originAround({ location, document }: Window): string | undefined {
  const around = (location as { readonly ancestorOrigins?: DOMStringList }).ancestorOrigins?.[0] ?? (URL.canParse(document.referrer) ? new URL(document.referrer).origin : undefined);
  return around === 'null' ? undefined : around;
}
