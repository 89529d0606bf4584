/** A table of figures that unfolds: what a chart shows, or what backs a sentence. panel.styles.ts has its look. */
import { html, type TemplateResult } from 'lit';
import { figuresTable } from '../figures-table';

/** `summary` is what one unfolds; the rest as {@link figuresTable} has it. */
export function foldedTable(summary: string, ...table: Parameters<typeof figuresTable>): TemplateResult {
  return html`<details class="data">
    <summary>${summary}</summary>
    ${figuresTable(...table)}
  </details>`;
}
