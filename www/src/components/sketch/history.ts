/** Undo and redo over states that are kept whole. */

export class History<State> {
  readonly #limit: number;
  readonly #past: State[] = [];
  readonly #future: State[] = [];

  /** Keeps at most `limit` states to go back to. */
  constructor(limit: number) {
    this.#limit = limit;
  }

  get canUndo(): boolean {
    return this.#past.length > 0;
  }

  get canRedo(): boolean {
    return this.#future.length > 0;
  }

  /** Call before a change, with the state that it will leave. */
  record(before: State): void {
    this.#past.push(before);
    if (this.#past.length > this.#limit) this.#past.shift();
    this.#future.length = 0;
  }

  /** The state before the last change; `now` becomes what `redo` brings back. */
  undo(now: State): State | undefined {
    const state = this.#past.pop();
    if (state !== undefined) this.#future.push(now);
    return state;
  }

  /** The state that the last `undo` left. */
  redo(now: State): State | undefined {
    const state = this.#future.pop();
    if (state !== undefined) this.#past.push(now);
    return state;
  }
}
