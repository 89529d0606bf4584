/** A captioned table of figures that scrolls sideways where it is wider than the page. */
import { html, type TemplateResult } from 'lit';

/** `caption` names it for screen readers; `heads` are its column headings; `rows` are `<tr>`s. */
export function figuresTable(caption: string, heads: readonly string[], rows: readonly TemplateResult[]): TemplateResult {
  return html`<div class="scroll" tabindex="0" role="region" aria-label=${caption}>
    <table>
      <caption class="sr">
        ${caption}
      </caption>
      <thead>
        <tr>
          ${heads.map((head) => html`<th scope="col">${head}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows}
      </tbody>
    </table>
  </div>`;
}
