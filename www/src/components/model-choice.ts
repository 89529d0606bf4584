/** Which models are shown: a switch each; the last one stays. Event: `models-chosen`. */
import { css, html, LitElement, type TemplateResult } from 'lit';
import { t } from '../messages';
import type { ModelId } from '../shapes';
import { shared } from '../styles/shared';
import { ModelsChosenEvent } from './events';

export class ModelChoice extends LitElement {
  static override styles = [
    shared,
    css`
      fieldset {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: var(--space-1) var(--space-4);
        min-width: 0;
        margin: 0;
        padding: 0;
        border: 0;
      }
      legend {
        float: inline-start;
        padding: 0;
        color: var(--ink-soft);
      }
      label {
        display: flex;
        align-items: center;
        gap: var(--space-2);
        min-height: var(--tap);
        font-weight: 500;
        cursor: pointer;
      }
      input {
        inline-size: calc(1.125 * var(--unit));
        block-size: calc(1.125 * var(--unit));
        margin: 0;
        accent-color: var(--accent);
      }
    `,
  ];
  static override properties = { models: { attribute: false }, shown: { attribute: false } };

  declare models: readonly ModelId[];
  declare shown: readonly ModelId[];

  constructor() {
    super();
    this.models = [];
    this.shown = [];
  }

  #toggle(model: ModelId): void {
    this.dispatchEvent(new ModelsChosenEvent(this.models.filter((other) => this.shown.includes(other) !== (other === model))));
  }

  override render(): TemplateResult {
    return html`<fieldset>
      <legend>${t.answers.shown}</legend>
      ${this.models.map((model) => {
        const isShown = this.shown.includes(model);
        return html`<label
          ><input type="checkbox" name=${model} .checked=${isShown} ?disabled=${isShown && this.shown.length === 1} @change=${() => this.#toggle(model)} /><span>${t.model(model)} <span class="soft small">${t.modelLong(model)}</span></span></label
        >`;
      })}
    </fieldset>`;
  }
}
