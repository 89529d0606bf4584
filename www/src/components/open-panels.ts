/** Which panels of the page are open, by name: letters, digits, dots and hyphens. */
class OpenPanels extends EventTarget {
  #names: ReadonlySet<string> = new Set();

  get names(): ReadonlySet<string> {
    return this.#names;
  }

  /** Opens these and closes all others. */
  set(names: Iterable<string>): void {
    this.#names = new Set(names);
    this.dispatchEvent(new Event('change'));
  }

  toggle(name: string, isOpen: boolean): void {
    if (this.#names.has(name) === isOpen) return;
    this.set(isOpen ? [...this.#names, name] : [...this.#names].filter((other) => other !== name));
  }
}

/** The one set of the page. Event: `change`. */
export const openPanels = new OpenPanels();
