/**
 * The models' probabilities side by side: a row a class, a column a model, the highest of each column marked.
 *
 * Events: `model-retry`, `card-wanted`.
 */
import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { t } from '../messages';
import type { ModelId, ModelStatus } from '../shapes';
import { shared } from '../styles/shared';
import { breakable } from './breakable';
import { CardWantedEvent, ModelRetryEvent } from './events';
import { passFocus } from './focus';
import { foreign } from './foreign';
import { barStyles } from './probability-bars.styles';

/** One model's column. Without `probabilities` the bars are empty. */
export interface Column {
  readonly model: ModelId;
  readonly status: ModelStatus;
  readonly probabilities: readonly number[] | undefined;
  /** The index of the highest probability. */
  readonly best: number | undefined;
}

/** What fails so fails every time. */
const HOPELESS: ReadonlySet<string> = new Set(['browser', 'policy']);

export class ProbabilityBars extends LitElement {
  static override styles = [shared, barStyles];
  static override properties = { columns: { attribute: false }, classes: { attribute: false }, truth: { attribute: false }, cards: { type: Boolean } };

  declare columns: readonly Column[];
  /** The class names in label order. */
  declare classes: readonly string[];
  /** The class that the picture is labelled with, where it has a label. */
  declare truth: number | undefined;
  /** Whether there are cards that say what the models are. */
  declare cards: boolean;

  constructor() {
    super();
    this.columns = [];
    this.classes = [];
    this.truth = undefined;
    this.cards = false;
  }

  #head({ model, status, best }: Column): TemplateResult {
    const isApart = this.columns.some((other) => other.best !== undefined && other.best !== best);
    return html`<th scope="col" data-model=${model} data-status=${status.kind}>
      ${this.#name(model)}
      ${this.#status(model, status, best, isApart)}
    </th>`;
  }

  /** A button names its column, too: what it does is its description. */
  #name(model: ModelId): TemplateResult {
    const name = breakable(t.model(model));
    if (!this.cards) return html`<abbr title=${t.modelLong(model)}>${name}</abbr>`;
    return html`<button type="button" class="card" aria-haspopup="dialog" title=${t.cards.what(t.modelLong(model))} @click=${() => this.dispatchEvent(new CardWantedEvent(model))}>${name}</button>`;
  }

  #status(model: ModelId, status: ModelStatus, best: number | undefined, isApart: boolean): TemplateResult {
    switch (status.kind) {
      case 'ready':
        return html`<span class="status ${isApart ? 'apart' : ''}" aria-hidden="true">${best === undefined ? html`&nbsp;` : html`${this.#mark(best)}${breakable(this.classes[best] ?? '')}`}</span>${this.#judged(best)}`;
      case 'waiting':
        return html`<span class="status patient">${t.answers.waiting}</span>`;
      case 'loading':
        return html`<span class="status patient">${t.answers.loadingModel(status.fraction)}</span>`;
      case 'failed':
        if (HOPELESS.has(status.failure.code)) return html`<span class="status">${t.answers.failed}</span>`;
        return html`<button type="button" aria-describedby="failures" @click=${(event: Event) => this.#retry(event, model)}>${t.answers.retry}<span class="sr">: ${t.model(model)}</span></button>`;
    }
  }

  /** Whether a model names the class of the label: to see, and to hear. */
  #mark(best: number): TemplateResult | typeof nothing {
    if (this.truth === undefined) return nothing;
    return html`<span class=${best === this.truth ? 'right' : 'wrong'}>${best === this.truth ? '✓' : '✗'}</span> `;
  }

  #judged(best: number | undefined): TemplateResult | typeof nothing {
    if (this.truth === undefined || best === undefined) return nothing;
    return html`<span class="sr">${best === this.truth ? t.answers.right : t.answers.wrong}</span>`;
  }

  /** The button makes way for the progress: the focus goes to the head of the column. */
  #retry({ currentTarget }: Event, model: ModelId): void {
    passFocus((currentTarget as Element).closest('th'));
    this.dispatchEvent(new ModelRetryEvent(model));
  }

  /** Why models did not load, each cause once. */
  #failures(): TemplateResult | typeof nothing {
    const causes = new Map<string, ModelId[]>();
    for (const { model, status } of this.columns) {
      if (status.kind !== 'failed') continue;
      const cause = t.errors.failure(status.failure);
      causes.set(cause, [...(causes.get(cause) ?? []), model]);
    }
    if (causes.size === 0) return nothing;
    return html`<ul id="failures" class="soft small">
      ${Array.from(causes, ([cause, models]) => html`<li>${t.models(models)}: ${foreign(cause)}</li>`)}
    </ul>`;
  }

  #cell({ model, probabilities, best }: Column, label: number): TemplateResult {
    const share = probabilities?.[label];
    const leads = share !== undefined && best === label;
    return html`<td data-model=${model} class=${leads ? 'best' : ''}>
      <span class="bar" .style=${`--share:${share ?? 0}`}></span>
      <span class="value number">${share === undefined ? nothing : t.percent(share)}${leads ? html`<span class="sr">, ${t.answers.best}</span>` : nothing}</span>
    </td>`;
  }

  override render(): TemplateResult {
    return html`<table>
      <caption class="sr">
        ${t.answers.caption}
      </caption>
      <thead>
        <tr>
          <th scope="col"><span class="sr">${t.answers.class}</span></th>
          ${this.columns.map((column) => this.#head(column))}
        </tr>
      </thead>
      <tbody>
        ${this.classes.map(
          (name, label) => html`<tr class="${this.columns.some(({ best }) => best === label) ? 'named' : ''} ${label === this.truth ? 'truth' : ''}">
            <th scope="row">${breakable(name)}${label === this.truth ? html`<span class="label">${t.answers.truth}</span>` : nothing}</th>
            ${this.columns.map((column) => this.#cell(column, label))}
          </tr>`,
        )}
      </tbody>
    </table>${this.#failures()}`;
  }
}
