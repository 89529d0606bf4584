/**
 * The answer in a line: one class when the models agree, each model's when they do not, an invitation when nothing is drawn.
 * Each of the three has room of its own, so that nothing below moves while one draws.
 *
 * Event: `place-wanted`.
 */
import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { t } from '../messages';
import type { Doubt } from '../novelty';
import type { ModelId } from '../shapes';
import { shared } from '../styles/shared';
import { PlaceWantedEvent } from './events';
import { verdictStyles } from './answer-verdict.styles';

/** The class that each model names. */
export interface Vote {
  readonly model: ModelId;
  readonly label: string;
}

export class AnswerVerdict extends LitElement {
  static override styles = [shared, verdictStyles];
  static override properties = { votes: { attribute: false }, doubt: { type: String }, explains: { type: Boolean }, invitation: { type: String } };

  declare votes: readonly Vote[];
  /** How far the answers are to be doubted. */
  declare doubt: Doubt;
  /** Whether there is a place that says where the picture fits. */
  declare explains: boolean;
  /** What to say without votes. */
  declare invitation: string;

  constructor() {
    super();
    this.votes = [];
    this.doubt = 'none';
    this.explains = false;
    this.invitation = '';
  }

  override render(): TemplateResult {
    const byLabel = new Map<string, ModelId[]>();
    for (const { model, label } of this.votes) byLabel.set(label, [...(byLabel.get(label) ?? []), model]);
    // What most of them name comes first.
    const [only, ...others] = [...byLabel].toSorted(([, some], [, more]) => more.length - some.length);
    if (!only) return html`<div class="word"><p class="invitation">${this.invitation}</p></div><p class="soft"></p><p class="doubt"></p>`;
    return html`<div class="word">
        ${others.length === 0
          ? html`<p class="name">${only[0]}</p>`
          : html`<ul class="apart ${others.length > 1 ? 'many' : ''}">
              ${[only, ...others].map(([label, models]) => html`<li>${label}<small>${t.models(models)}</small></li>`)}
            </ul>`}
      </div>
      <p class="soft">${others.length === 0 ? t.answers.agreed(only[1]) : html`<span class="badge">${t.answers.apart}</span>`}</p>
      <p class="doubt">${this.doubt === 'none' ? nothing : this.#doubted(t.answers.doubts[this.doubt])}</p>`;
  }

  #doubted({ is, so }: { readonly is: string; readonly so: string }): TemplateResult {
    return html`<span class="novel"><strong>${is}:</strong> ${so}</span>
      ${this.explains ? html`<a href="#at=why" @click=${(event: Event) => this.#explain(event)}>${t.why.fit.title}</a>` : nothing}`;
  }

  /** What the page shows goes with the visitor. */
  #explain(event: Event): void {
    event.preventDefault();
    this.dispatchEvent(new PlaceWantedEvent('why', 'why.fit'));
  }
}
