/** Of requests on their way only the newest counts: it takes the place of the one before, which then brings nothing any more. */

export class Newest {
  #current: AbortController | undefined;

  /** Whether a request is on its way. */
  get isBusy(): boolean {
    return this.#current !== undefined;
  }

  /**
   * Does `work`, then `take` with what it brings or `fail` with what it threw; neither once something newer came: what is
   * brought after that goes to `drop`. Resolves as soon as it is over: to false when something newer came, to true
   * otherwise. `work` listens to its signal to stop early.
   */
  run<Value>(
    work: (signal: AbortSignal) => Promise<Value>,
    take: (value: Value) => void,
    fail: (thrown: unknown) => void,
    drop: (value: Value) => void = () => undefined,
  ): Promise<boolean> {
    this.end();
    const { signal } = (this.#current = new AbortController());
    return new Promise((resolve) => {
      signal.addEventListener('abort', () => resolve(false), { once: true });
      const settle = (act: () => void): void => {
        if (signal.aborted) return;
        this.#current = undefined;
        act();
        resolve(true);
      };
      void work(signal).then(
        (value) => (signal.aborted ? drop(value) : settle(() => take(value))),
        (thrown: unknown) => settle(() => fail(thrown)),
      );
    });
  }

  /** Nothing takes the place of the request on its way. */
  end(): void {
    this.#current?.abort();
    this.#current = undefined;
  }
}
