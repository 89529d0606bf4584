/**
 * The confusion matrix as a grid to walk through: counts and shares together, a second model below the first.
 *
 * Event: `explore`. Arrow keys, Home and End move; Enter or a click opens.
 */
import { html, LitElement, type TemplateResult } from 'lit';
import { guard } from 'lit/directives/guard.js';
import { t } from '../../messages';
import type { ModelId } from '../../shapes';
import type { Cell, Selection } from '../../shapes.notebook';
import { shared } from '../../styles/shared';
import { ExploreEvent } from './events';
import { explorerStyles } from './confusion-explorer.styles';

/** A model's counts: a row (truth) for each class. */
export interface ModelCounts {
  readonly model: ModelId;
  readonly confusion: readonly (readonly number[])[];
}

const sum = (counts: readonly number[]): number => counts.reduce((total, count) => total + count, 0);

/** The share of a cell in its row, its column or in all. */
export function shareOf(confusion: readonly (readonly number[])[], { truth, predicted }: Cell, of: Selection['share']): number {
  const whole = of === 'row' ? sum(confusion[truth] ?? []) : of === 'column' ? sum(confusion.map((row) => row[predicted] ?? 0)) : sum(confusion.map(sum));
  return whole === 0 ? 0 : (confusion[truth]?.[predicted] ?? 0) / whole;
}

export class ConfusionExplorer extends LitElement {
  static override styles = [shared, explorerStyles];
  static override properties = {
    models: { attribute: false },
    classes: { attribute: false },
    selection: { attribute: false },
    at: { state: true },
  };

  declare models: readonly ModelCounts[];
  declare classes: readonly string[];
  declare selection: Selection;
  /** The cell that Tab reaches. */
  declare at: Cell;

  constructor() {
    super();
    this.models = [];
    this.classes = [];
    this.selection = { first: '', second: '', share: 'row', cell: undefined, set: undefined, rising: false };
    this.at = { truth: 0, predicted: 0 };
  }

  #explore(part: Partial<Selection>): void {
    this.dispatchEvent(new ExploreEvent(part));
  }

  #counts(model: ModelId): readonly (readonly number[])[] | undefined {
    return this.models.find((candidate) => candidate.model === model)?.confusion;
  }

  async #key(event: KeyboardEvent): Promise<void> {
    const last = this.classes.length - 1;
    const { truth, predicted } = this.at;
    const moves: Readonly<Record<string, Cell>> = {
      ArrowUp: { truth: Math.max(0, truth - 1), predicted },
      ArrowDown: { truth: Math.min(last, truth + 1), predicted },
      ArrowLeft: { truth, predicted: Math.max(0, predicted - 1) },
      ArrowRight: { truth, predicted: Math.min(last, predicted + 1) },
      Home: { truth: event.ctrlKey ? 0 : truth, predicted: 0 },
      End: { truth: event.ctrlKey ? last : truth, predicted: last },
    };
    const next = moves[event.key];
    if (!next) return;
    event.preventDefault();
    this.at = next;
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>('td button[tabindex="0"]')?.focus();
  }

  /** A cell, rendered again when something that it shows has changed: there are a hundred. */
  #kept(cell: Cell): unknown {
    const { first, second, share, cell: open } = this.selection;
    const { truth, predicted } = cell;
    const chosen = open?.truth === truth && open.predicted === predicted;
    const here = this.at.truth === truth && this.at.predicted === predicted;
    return guard([t, this.models, this.classes, first, second, share, chosen, here], () => this.#cell(cell, chosen, here));
  }

  /** `chosen`: it is the open one; `here`: Tab reaches it. */
  #cell(cell: Cell, chosen: boolean, here: boolean): TemplateResult {
    const { first, second, share } = this.selection;
    const { truth, predicted } = cell;
    const of = (model: ModelId): { count: number; part: number; name: string } | undefined => {
      const counts = this.#counts(model);
      return counts && { name: t.model(model), count: counts[truth]?.[predicted] ?? 0, part: shareOf(counts, cell, share) };
    };
    const shown = [of(first), of(second)].filter((each) => each !== undefined);
    const names = [this.classes[truth] ?? '', this.classes[predicted] ?? ''] as const;
    const part = shown[0]?.part ?? 0;
    // A confusion is rare beside the diagonal: its shade grows with the root of its share.
    return html`<td class=${truth === predicted ? 'right' : ''}>
      <button
        type="button"
        tabindex=${here ? 0 : -1}
        aria-pressed=${chosen}
        class=${shown.every(({ count }) => count === 0) ? 'none' : ''}
        .style=${`--share:${Math.sqrt(part)}`}
        data-cell="${truth}-${predicted}"
        @focus=${() => (this.at = cell)}
        @click=${() => this.#explore({ cell: chosen ? undefined : cell })}
      >
        <span class="sr">${t.notebook.explorer.cell(...names)}:</span>
        ${shown.map(
          ({ name, count, part }) =>
            html`<span class="pair"
              ><span class="sr">${name}</span> <span class="count">${t.count(count)}</span> ${count === 0 ? html`<small aria-hidden="true">&nbsp;</small>` : html`<small>${t.notebook.explorer.percent(part)}</small> <span class="sr">${t.notebook.explorer.ofWhat[share]}</span>`}</span
            >`,
        )}
      </button>
    </td>`;
  }

  #choice(label: string, value: string, options: readonly (readonly [string, string])[], change: (value: string) => void): TemplateResult {
    return html`<label
      >${label}
      <select @change=${(event: Event) => change((event.target as HTMLSelectElement).value)}>
        ${options.map(([option, name]) => html`<option value=${option} ?selected=${option === value}>${name}</option>`)}
      </select></label
    >`;
  }

  #controls(): TemplateResult {
    const { first, second, share } = this.selection;
    const { explorer } = t.notebook;
    const named = this.models.map(({ model }) => [model, t.model(model)] as const);
    return html`<div class="controls">
      ${this.#choice(explorer.model, first, named, (value) => this.#explore(value === second ? { first: value, second: '' } : { first: value }))}
      ${this.#choice(explorer.beside, second, [['', explorer.nobody], ...named.filter(([model]) => model !== first)], (value) => this.#explore({ second: value }))}
      ${this.#choice(explorer.whole, share, Object.entries(explorer.shares), (value) => this.#explore({ share: value as Selection['share'] }))}
    </div>`;
  }

  override render(): TemplateResult {
    const { first, second } = this.selection;
    const { explorer } = t.notebook;
    return html`
      ${this.#controls()}
      <p class="soft small">${second ? explorer.upperLower(t.model(first), t.model(second)) : explorer.hint}</p>
      <div class="scroll">
        <table role="grid" aria-label=${explorer.caption(t.models(second ? [first, second] : [first]))} @keydown=${(event: KeyboardEvent) => void this.#key(event)}>
          <thead>
            <tr>
              <th scope="col"><div>${t.metrics.truth} ↓</div><div>${t.metrics.predicted} →</div></th>
              ${this.classes.map((name) => html`<th scope="col"><span>${name}</span></th>`)}
            </tr>
          </thead>
          <tbody>
            ${this.classes.map(
              (name, truth) =>
                html`<tr>
                  <th scope="row">${name}</th>
                  ${this.classes.map((_, predicted) => this.#kept({ truth, predicted }))}
                </tr>`,
            )}
          </tbody>
        </table>
      </div>
    `;
  }
}
