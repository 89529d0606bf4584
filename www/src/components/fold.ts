/** `<details ${fold('report.mlp')}>` opens and closes with `openPanels`, wherever it stands, so that the page can put it into a link. */
import { noChange } from 'lit';
import { AsyncDirective, directive } from 'lit/async-directive.js';
import type { ElementPart } from 'lit';
import { openPanels } from './open-panels';

class Fold extends AsyncDirective {
  #details: HTMLDetailsElement | undefined;
  #name = '';
  /** What `openPanels` last said of it. */
  #isOpen = false;

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
    // Rendered again under the same name it stays as it is: the visitor may have opened it a moment ago.
    if (name !== this.#name) {
      this.render(name);
      this.#isOpen = this.#details.open;
      this.#follow();
    }
    return noChange;
  }

  override reconnected(): void {
    openPanels.addEventListener('change', this.#follow);
  }

  override disconnected(): void {
    openPanels.removeEventListener('change', this.#follow);
  }

  /** Only what changes of its own name counts: between a click and its `toggle` others may have been opened. */
  readonly #follow = (): void => {
    const isOpen = openPanels.names.has(this.#name);
    if (!this.#details || isOpen === this.#isOpen) return;
    this.#isOpen = isOpen;
    this.#details.open = isOpen;
  };
}

export const fold = directive(Fold);
