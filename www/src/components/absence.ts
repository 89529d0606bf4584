/** What stands in the place of a part of the page whose script did not come: why, and what to do. */
import { html, nothing, type TemplateResult } from 'lit';
import { type Absence, reloadAnew } from '../later';
import { t } from '../messages';

/** `again`: tries once more. A damaged script is not tried again, and who has tried may reload. */
export function absence({ code, tries }: Absence, again: (event: Event) => void): TemplateResult {
  return html`<p>${code === 'away' ? t.absence.away : t.absence.damaged}</p>
    <p>
      ${code === 'away' ? html`<button type="button" @click=${again}>${t.answers.retry}</button>` : nothing}
      ${code === 'damaged' || tries > 1 ? html`<button type="button" @click=${() => void reloadAnew()}>${t.absence.reload}</button>` : nothing}
    </p>`;
}
