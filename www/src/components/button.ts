/** A button that keeps the focus when it has nothing to do for a while: a disabled one would let it fall to the body. */
import { html, type TemplateResult } from 'lit';

/** `can`: whether `act` may be done now. `look`: a class. */
export function button(text: string, can: boolean, act: (event: Event) => void, look = ''): TemplateResult {
  return html`<button type="button" class=${look} aria-disabled=${String(!can)} @click=${(event: Event) => can && act(event)}>${text}</button>`;
}
