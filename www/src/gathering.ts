/** Parts of something newer that come one by one, shown together in the place of what stands there. */

/** Milliseconds that what stands there stays meanwhile: part by part it would flicker. */
const PATIENCE = 100;

export class Gathering {
  readonly #show: () => void;
  #isShown = true;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** `show`: shows the parts that have come. */
  constructor(show: () => void) {
    this.#show = show;
  }

  /** Something newer comes from now on; `stands`: whether there is anything that its parts are to replace together. */
  begin(stands: boolean): void {
    clearTimeout(this.#timer);
    this.#isShown = !stands;
    if (stands) this.#timer = setTimeout(() => this.end(), PATIENCE);
  }

  /** A part has come. */
  part(): void {
    if (this.#isShown) this.#show();
  }

  /** All parts have come, or no more are waited for. */
  end(): void {
    clearTimeout(this.#timer);
    this.#isShown = true;
    this.#show();
  }
}
