/** A value in the wasm package's memory: replaced by another, it is freed when nobody uses it any more. */
export interface Freed {
  free(): void;
}

interface Use<Value> {
  readonly value: Value;
  count: number;
}

export class Held<Value extends Freed> {
  #held: Use<Value> | undefined;

  /** The newest. Not to be kept across a turn of the event loop: see {@link use}. */
  get value(): Value | undefined {
    return this.#held?.value;
  }

  put(value: Value): void {
    const before = this.#held;
    this.#held = { value, count: 0 };
    if (before?.count === 0) before.value.free();
  }

  /** Works with the newest, which stays whole meanwhile even when another takes its place. */
  async use<Result>(work: (value: Value) => Promise<Result>, missing: () => Error): Promise<Result> {
    const held = this.#held;
    if (!held) throw missing();
    held.count += 1;
    try {
      return await work(held.value);
    } finally {
      held.count -= 1;
      if (held.count === 0 && held !== this.#held) held.value.free();
    }
  }
}
