/** Whether the browser would install the page as an app, and the visitor's wish for it. Nothing is asked before that. */

/** Chromium's; the DOM's types know nothing of it. */
interface Offer extends Event {
  prompt(): Promise<unknown>;
}

export class Installation {
  readonly #over = new AbortController();
  readonly #changed: () => void;
  #offer: Offer | undefined;

  /** `changed`: called whenever {@link isOffered} has. */
  constructor(window: EventTarget, changed: () => void) {
    this.#changed = changed;
    const { signal } = this.#over;
    window.addEventListener(
      'beforeinstallprompt',
      (event) => {
        // The browser's own bar would come when nobody thinks of it.
        event.preventDefault();
        this.#take(event as Offer);
      },
      { signal },
    );
    window.addEventListener('appinstalled', () => this.#take(undefined), { signal });
  }

  get isOffered(): boolean {
    return this.#offer !== undefined;
  }

  /** Has the browser ask. An offer serves once; a visitor who declines may get another. */
  async install(): Promise<void> {
    const offer = this.#offer;
    this.#take(undefined);
    await offer?.prompt();
  }

  end(): void {
    this.#over.abort();
  }

  #take(offer: Offer | undefined): void {
    this.#offer = offer;
    this.#changed();
  }
}
