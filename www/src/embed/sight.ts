/** Tells a frame when it is seen, and when it has long not been. */

/** Milliseconds out of view that count as long. */
const LONG = 10_000;
/** Frames of one site and page hear each other by this name. */
const NAME = 'vitrine-embed';

export class Sight {
  readonly #seen: () => void;
  readonly #unseen: () => boolean;
  readonly #observer: IntersectionObserver;
  /** Between frames of one origin; those without one only wait. */
  readonly #others: BroadcastChannel | undefined;
  #isSeen = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** `seen`: called whenever it comes into view; `unseen`: after it has long been out of it, again while it returns false. */
  constructor(target: Element, seen: () => void, unseen: () => boolean) {
    this.#seen = seen;
    this.#unseen = unseen;
    this.#others = channel();
    // Another one is looked at now: whoever is not lets go at once, and what lives is what is seen.
    this.#others?.addEventListener('message', () => {
      if (!this.#isSeen) this.#leave();
    });
    // An area that grows from nothing has to be told, too.
    this.#observer = new IntersectionObserver((entries) => this.#look(entries.at(-1)?.isIntersecting ?? false), { threshold: [0, 0.0001] });
    this.#observer.observe(target);
  }

  end(): void {
    clearTimeout(this.#timer);
    this.#observer.disconnect();
    this.#others?.close();
  }

  #look(isSeen: boolean): void {
    if (isSeen === this.#isSeen) return;
    this.#isSeen = isSeen;
    clearTimeout(this.#timer);
    if (isSeen) {
      this.#others?.postMessage('seen');
      this.#seen();
    } else {
      this.#wait();
    }
  }

  #wait(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#leave(), LONG);
  }

  #leave(): void {
    if (!this.#unseen()) this.#wait();
  }
}

function channel(): BroadcastChannel | undefined {
  try {
    return new BroadcastChannel(NAME);
  } catch {
    return undefined;
  }
}
