/** English within the texts of another language, told to be English: a screen reader changes its voice, a browser its hyphens. */
import { html, type TemplateResult } from 'lit';
import { ENGLISH } from '../messages/formats';

/** `text` with each part that `english` marks as an element of that language. */
export function foreign(text: string): string | readonly (string | TemplateResult)[] {
  const parts = text.split(ENGLISH);
  // The parts that were captured stand at every second place.
  return parts.length === 1 ? text : parts.map((part, at) => (at % 2 === 0 ? part : html`<span lang="en" dir="ltr">${part}</span>`));
}
