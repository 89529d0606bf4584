/** The committed figures of all models; each model's report and confusion matrix unfold below. */
import { css, html, LitElement, type TemplateResult } from 'lit';
import { t } from '../messages';
import type { Figures } from '../shapes';
import { shared } from '../styles/shared';
import { table } from '../styles/table';
import { fold } from './fold';
import { figuresTable } from './figures-table';

export class MetricsTable extends LitElement {
  static override styles = [
    shared,
    table,
    css`
      :host {
        display: grid;
        gap: var(--space-3);
      }
      .long {
        display: block;
        font-size: var(--text-s);
        font-weight: 400;
        color: var(--ink-soft);
        white-space: normal;
        min-width: calc(8 * var(--unit));
      }
      details {
        border-bottom: 1px solid var(--line);
      }
      summary {
        padding: var(--space-3) 0;
        font-weight: 500;
        cursor: pointer;
      }
      .unfolded {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(min(100%, calc(30 * var(--unit))), 1fr));
        gap: var(--space-5);
        padding-bottom: var(--space-5);
      }
      .unfolded > * {
        min-width: 0;
      }
      pre {
        margin: var(--space-2) 0 0;
        overflow-x: auto;
        font: var(--text-s) / 1.5 var(--font-number);
      }
    `,
  ];
  static override properties = { figures: { attribute: false }, classes: { attribute: false } };

  declare figures: readonly Figures[];
  declare classes: readonly string[];

  constructor() {
    super();
    this.figures = [];
    this.classes = [];
  }

  #row({ model, accuracy, interval, macro, bytes }: Figures): TemplateResult {
    return html`<tr data-model=${model}>
      <th scope="row">${t.model(model)}<span class="long">${t.modelLong(model)}</span></th>
      <td class="lead">${t.metrics.figure(accuracy)}</td>
      <td>${t.metrics.between(...interval)}</td>
      <td>${t.metrics.figure(macro.precision)}</td>
      <td>${t.metrics.figure(macro.recall)}</td>
      <td>${t.metrics.figure(macro.f1)}</td>
      <td>${t.size(bytes)}</td>
    </tr>`;
  }

  #details({ model, text, confusion }: Figures): TemplateResult {
    return html`<details data-model=${model} ${fold(`report.${model}`)}>
      <summary>${t.metrics.details(model)}</summary>
      <div class="unfolded">
        <div>
          <h3>${t.metrics.report}</h3>
          <pre lang="en" tabindex="0" role="region" aria-label=${`${t.metrics.report}: ${t.model(model)}`}>${text}</pre>
        </div>
        <div>
          <h3>${t.metrics.confusion}</h3>
          <vitrine-confusion-matrix .model=${model} .classes=${this.classes} .counts=${confusion}></vitrine-confusion-matrix>
        </div>
      </div>
    </details>`;
  }

  override render(): TemplateResult {
    const { metrics } = t;
    const heads = [metrics.model, metrics.accuracy, metrics.interval, metrics.precision, metrics.recall, metrics.f1, metrics.size];
    return html`${figuresTable(metrics.caption, heads, this.figures.map((row) => this.#row(row)))}
      <div>${this.figures.map((row) => this.#details(row))}</div>`;
  }
}
