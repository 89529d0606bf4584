/** The answer in a line: one class when the models agree, each model's when they do not, an invitation when nothing is drawn. */
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { t } from '../messages';
import type { ModelId } from '../shapes';
import { shared } from '../styles/shared';

/** The class that each model names. */
export interface Vote {
  readonly model: ModelId;
  readonly label: string;
}

export class AnswerVerdict extends LitElement {
  static override styles = [
    shared,
    css`
      :host {
        min-height: calc(7.25 * var(--unit));
        display: flow-root;
      }
      .name {
        font: 600 var(--text-xxl) / 1.1 var(--font-display);
        letter-spacing: -0.015em;
        text-wrap: balance;
      }
      .invitation {
        font: italic 400 var(--text-xl) / 1.25 var(--font-display);
        color: var(--ink-soft);
      }
      .apart {
        display: flex;
        flex-wrap: wrap;
        gap: var(--space-1) var(--space-6);
        font: 600 var(--text-xl) / 1.2 var(--font-display);
      }
      .apart small {
        display: block;
        font: 400 var(--text-s) / 1.3 var(--font-text);
        color: var(--ink-soft);
      }
      .novel {
        margin-top: var(--space-2);
        color: var(--warn);
        font-size: var(--text-s);
      }
      .badge {
        display: inline-block;
        margin-bottom: var(--space-2);
        padding: calc(0.125 * var(--unit)) var(--space-2);
        border-radius: var(--unit);
        background: var(--warn-wash);
        color: var(--warn);
        font-size: var(--text-s);
        font-weight: 600;
      }
    `,
  ];
  static override properties = { votes: { attribute: false }, novel: { type: Boolean }, invitation: { type: String } };

  declare votes: readonly Vote[];
  /** Whether the picture is unlike the training garments. */
  declare novel: boolean;
  /** What to say without votes. */
  declare invitation: string;

  constructor() {
    super();
    this.votes = [];
    this.novel = false;
    this.invitation = '';
  }

  override render(): TemplateResult {
    const byLabel = new Map<string, ModelId[]>();
    for (const { model, label } of this.votes) byLabel.set(label, [...(byLabel.get(label) ?? []), model]);
    const [only, ...others] = [...byLabel];
    if (!only) return html`<p class="invitation">${this.invitation}</p>`;
    if (others.length === 0) {
      return html`<p class="name">${only[0]}</p>
        <p class="soft">${t.answers.agreed(only[1])}</p>
        ${this.#novelty()}`;
    }
    return html`<p class="badge">${t.answers.apart}</p>
      <ul class="apart">
        ${[only, ...others].map(([label, models]) => html`<li>${label}<small>${t.models(models)}</small></li>`)}
      </ul>
      ${this.#novelty()}`;
  }

  #novelty(): TemplateResult | typeof nothing {
    return this.novel ? html`<p class="novel"><strong>${t.answers.novel}:</strong> ${t.answers.novelty}</p>` : nothing;
  }
}
