/** A queue of one: while a job runs, only the newest of those asked for waits; a running job that is slow is told to stop. */

/** Runs one job; resolves when it is over, and listens to `signal`. */
export type Job<Input> = (input: Input, signal: AbortSignal) => Promise<void>;

/** Milliseconds that a job gets after a newer one was asked for: a whole look fits, and a stroke shows every model's answer. */
const GRACE = 100;

export class Latest<Input> {
  readonly #job: Job<Input>;
  #running: AbortController | undefined;
  #next: { readonly input: Input } | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(job: Job<Input>) {
    this.#job = job;
  }

  /** Asks for `input`; what waited before is dropped. */
  push(input: Input): void {
    this.#next = { input };
    const running = this.#running;
    if (running) this.#timer ??= setTimeout(() => running.abort(), GRACE);
    else void this.#drain();
  }

  async #drain(): Promise<void> {
    while (this.#next) {
      const { input } = this.#next;
      this.#next = undefined;
      this.#running = new AbortController();
      try {
        await this.#job(input, this.#running.signal);
      } finally {
        this.#running = undefined;
        clearTimeout(this.#timer);
        this.#timer = undefined;
      }
    }
  }
}
