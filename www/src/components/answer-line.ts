/** The verdict in one line, for where the garment leaves no room for more: the class that most models name, and how many do. */
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { t } from '../messages';
import { shared } from '../styles/shared';
import type { Vote } from './answer-verdict';

/** More classes than this have no leader worth naming. */
const MOST_LEADERS = 2;

export class AnswerLine extends LitElement {
  static override styles = [
    shared,
    css`
      :host {
        display: flex;
        align-items: center;
        gap: var(--space-2);
        min-height: calc(2.5 * var(--unit));
        margin-top: var(--space-2);
        /* It may lie on the garment, and one draws through it. */
        pointer-events: none;
        padding: calc(0.25 * var(--unit)) var(--space-3);
        border-radius: var(--radius-s);
        background: var(--surface);
        box-shadow: 0 0 0 1px var(--line);
        line-height: 1.3;
        white-space: nowrap;
      }
      :host > * {
        overflow: hidden;
        text-overflow: ellipsis;
      }
      .name {
        flex: none;
        max-width: 70%;
        font: 600 var(--text-l) / 1.25 var(--font-display);
      }
      .count {
        flex: 1;
        font-size: var(--text-s);
        color: var(--ink-soft);
      }
      .invitation {
        flex: 1;
        white-space: normal;
        font: italic 400 var(--text-s) / 1.2 var(--font-display);
        color: var(--ink-soft);
      }
    `,
  ];
  static override properties = { votes: { attribute: false }, invitation: { type: String } };

  declare votes: readonly Vote[];
  /** What to say without votes. */
  declare invitation: string;

  constructor() {
    super();
    this.votes = [];
    this.invitation = '';
  }

  override render(): TemplateResult {
    const counts = new Map<string, number>();
    for (const { label } of this.votes) counts.set(label, (counts.get(label) ?? 0) + 1);
    const most = Math.max(0, ...counts.values());
    const leaders = [...counts].filter(([, count]) => count === most).map(([label]) => label);
    // Its owner says all of it, and so does the live region: what is read aloud is not read three times.
    this.setAttribute('aria-hidden', 'true');
    if (leaders.length === 0) return html`<span class="invitation">${this.invitation}</span>`;
    if (leaders.length > MOST_LEADERS) return html`<span class="name">${t.answers.apart}</span>`;
    return html`<span class="name">${t.answers.either(leaders)}</span>${this.votes.length === 1 ? nothing : html`<span class="count">${t.answers.count(most, this.votes.length, leaders.length)}</span>`}`;
  }
}
