/** A name that a narrow column may break: after a slash, and where its language breaks it. */
import { html, type TemplateResult } from 'lit';
import { t } from '../messages';

export function breakable(name: string): TemplateResult {
  return html`${t.hyphenated(name).split(/(?<=\/)/).map((part, at) => (at === 0 ? part : html`<wbr />${part}`))}`;
}
