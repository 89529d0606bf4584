/** What stands in the place of a part of the page whose script did not come: why, and what to do. */
import { html, nothing, type TemplateResult } from 'lit';
import type { Absence } from '../later';
import { t } from '../messages';
import { reloadAnew } from '../reload';

/** `again`: tries once more. What only a reload brings is not tried again, and who has tried may reload. */
export function absence({ code, tries }: Absence, again: (event: Event) => void): TemplateResult {
  return html`<p>${t.absence[code]}</p>
    <p>
      ${code === 'away' ? html`<button type="button" @click=${again}>${t.answers.retry}</button>` : nothing}
      ${code !== 'away' || tries > 1 ? html`<button type="button" @click=${() => void reloadAnew()}>${t.absence.reload}</button>` : nothing}
    </p>`;
}
