/** One shape for whatever has a state and acts on it: one state object, replaced when part of it changes. */
export abstract class Controller<State extends object> {
  state: State;
  readonly #changed: () => void;

  /** `changed`: called after every change of `state`. */
  constructor(state: State, changed: () => void) {
    this.state = state;
    this.#changed = changed;
  }

  /** Sets part of the state. */
  set(part: Partial<State>): void {
    this.state = { ...this.state, ...part };
    this.#changed();
  }
}
