/** A classification report: its text to the character, a button that copies it, and downloads. */
import { css, html, LitElement, type PropertyValues, type TemplateResult } from 'lit';
import { isFramed } from '../../framed';
import { t } from '../../messages';
import type { ReportData } from '../../shapes.notebook';
import { shared } from '../../styles/shared';
import { heard } from '../heard';
import { csv, reportCsv, reportJson, reportRows, spreadsheet, type Value } from './report-files';

/** A file to download; `text` makes its content when it is wanted. */
interface Download {
  readonly name: string;
  readonly type: string;
  readonly text: () => string;
}

export class ReportActions extends LitElement {
  static override styles = [
    shared,
    css`
      :host {
        display: grid;
        gap: var(--space-3);
      }
      .row {
        display: flex;
        flex-wrap: wrap;
        gap: var(--space-2);
        align-items: center;
      }
      pre {
        width: fit-content;
        max-width: 100%;
        margin: 0;
        padding: var(--space-3);
        overflow-x: auto;
        border: 1px solid var(--line);
        border-radius: var(--radius-m);
        background: var(--surface);
        font: var(--text-s) / 1.5 var(--font-number);
      }
    `,
  ];
  static override properties = { report: { attribute: false }, predictions: { attribute: false }, said: { state: true } };

  declare report: ReportData;
  /** Makes the table of every answer; `undefined` before measuring. */
  declare predictions: (() => readonly (readonly Value[])[]) | undefined;
  declare said: string;

  constructor() {
    super();
    this.report = { model: '', rows: [], accuracy: 0, confusion: [], text: '', measured: false };
    this.predictions = undefined;
    this.said = '';
  }

  async #copy(): Promise<void> {
    try {
      await navigator.clipboard.writeText(this.report.text);
      this.said = heard(this.said, t.notebook.report.copied);
    } catch {
      // Without leave to write there, the visitor copies what is selected.
      const text = this.renderRoot.querySelector('pre');
      if (text) getSelection()?.selectAllChildren(text);
      this.said = heard(this.said, t.notebook.report.select);
    }
  }

  #save({ name, type, text }: Download): void {
    const url = URL.createObjectURL(new Blob([text()], { type: `${type};charset=utf-8` }));
    const link = document.createElement('a');
    link.href = url;
    link.download = name;
    link.click();
    // The download has its own hold on the bytes by the next turn.
    setTimeout(() => URL.revokeObjectURL(url));
    // Whether a frame may save anything no browser tells it.
    if (isFramed()) this.said = heard(this.said, t.embed.saving);
  }

  override willUpdate(changed: PropertyValues<this>): void {
    // The page hands over the same report anew whenever anything else changes.
    if (changed.has('report') && changed.get('report')?.text !== this.report.text) this.said = '';
  }

  override render(): TemplateResult {
    const { report } = this;
    const texts = t.notebook.report;
    const name = `vitrine-${report.model}-report`;
    const files: Download[] = [
      { name: `${name}.txt`, type: 'text/plain', text: () => report.text },
      { name: `${name}.csv`, type: 'text/csv', text: () => reportCsv(report) },
      { name: `${name}-${texts.sheet}.csv`, type: 'text/csv', text: () => spreadsheet(reportRows(report), texts.cells) },
      { name: `${name}.json`, type: 'application/json', text: () => reportJson(report) },
    ];
    const { predictions } = this;
    if (predictions) {
      const all = `vitrine-${report.model}-predictions`;
      files.push(
        { name: `${all}.csv`, type: 'text/csv', text: () => csv(predictions()) },
        { name: `${all}-${texts.sheet}.csv`, type: 'text/csv', text: () => spreadsheet(predictions(), texts.cells) },
      );
    }
    return html`
      <pre lang="en" tabindex="0" role="region" aria-label=${texts.of(t.model(report.model))}>${report.text}</pre>
      <div class="row">
        <button type="button" class="copy" @click=${() => void this.#copy()}>${texts.copy}</button>
        ${files.map((file) => html`<button type="button" @click=${() => this.#save(file)}>${texts.download(file.name)}</button>`)}
        <span role="status">${this.said}</span>
      </div>
    `;
  }
}
