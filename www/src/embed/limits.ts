/** What the page around keeps from a frame, and the words on its `<iframe>` that would bring it. */
import { html, nothing, type TemplateResult } from 'lit';
import { allows, isFramed, isOpaque } from '../framed';
import { t } from '../messages';
import type { Grant } from '../messages/en.embed';

/** What is known to be lacking; of a frame that is shut off all, since nothing more of it can be known. */
function lacking(): Grant[] {
  const all = Object.keys(t.embed.grants) as Grant[];
  if (isOpaque()) return all;
  const features: Partial<Record<Grant, string>> = { 'allow="camera"': 'camera', 'allow="clipboard-write"': 'clipboard-write' };
  return all.filter((grant) => features[grant] !== undefined && allows(features[grant]) === false);
}

export function limits(): TemplateResult | typeof nothing {
  const grants = isFramed() ? lacking() : [];
  if (grants.length === 0) return nothing;
  return html`<details class="limits">
    <summary>${t.embed.needs}</summary>
    <p>${isOpaque() ? t.embed.opaque : t.embed.some}</p>
    <dl>${grants.map((grant) => html`<dt><code>${grant}</code></dt> <dd>${t.embed.grants[grant]}</dd>`)}</dl>
  </details>`;
}
