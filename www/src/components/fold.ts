/**
 * Which panels are open: `<details ${fold('report.mlp')}>` opens and closes with `openPanels`, wherever it stands, so
 * that the page can put them into a link. A name has letters, digits, dots and hyphens.
 */
import { noChange } from 'lit';
import { AsyncDirective, directive } from 'lit/async-directive.js';
import type { ElementPart } from 'lit';

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

class Fold extends AsyncDirective {
  #details: HTMLDetailsElement | undefined;
  #name = '';

  override render(name: string): typeof noChange {
    this.#name = name;
    return noChange;
  }

  override update(part: ElementPart, [name]: [string]): typeof noChange {
    if (!this.#details) {
      this.#details = part.element as HTMLDetailsElement;
      this.#details.addEventListener('toggle', () => openPanels.toggle(this.#name, this.#details?.open ?? false));
      this.reconnected();
    }
    this.render(name);
    this.#follow();
    return noChange;
  }

  override reconnected(): void {
    openPanels.addEventListener('change', this.#follow);
  }

  override disconnected(): void {
    openPanels.removeEventListener('change', this.#follow);
  }

  readonly #follow = (): void => {
    if (this.#details) this.#details.open = openPanels.names.has(this.#name);
  };
}

export const fold = directive(Fold);
