/**
 * What the models see: the 28×28 picture, the recipe that led to it, and each of its steps, which can be switched.
 *
 * Events: `recipe-chosen`, `step-switch`, `steps-reset`.
 */
import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { t } from '../messages';
import type { Prepared, Recipe, Step } from '../shapes';
import { shared } from '../styles/shared';
import { breakable } from './breakable';
import { RecipeChosenEvent, StepsResetEvent, StepSwitchEvent } from './events';
import { passFocus } from './focus';
import { inputStyles } from './model-input.styles';

/** Stands in the strip before there is anything to prepare; as many as a sketch has, so that nothing jumps. */
const PLACES = ['grey', 'invert', 'trim', 'fit', 'sharpen', 'centre'];

export class ModelInput extends LitElement {
  static override styles = [shared, inputStyles];
  static override properties = {
    told: { state: true },
    prepared: { attribute: false },
    recipes: { attribute: false },
    recipe: { type: String },
    isSwitched: { attribute: false },
  };

  declare prepared: Prepared | undefined;
  /** Those to choose from. */
  declare recipes: readonly Recipe[];
  /** The one that is wanted; `prepared.recipe` is the one that was used. */
  declare recipe: Recipe;
  /** Whether any step is not as the recipe has it. */
  declare isSwitched: boolean;

  /** The step whose explanation is shown: the one pointed at, focused or switched last. */
  declare told: string | undefined;

  constructor() {
    super();
    this.told = undefined;
    this.prepared = undefined;
    this.recipes = ['auto'];
    this.recipe = 'auto';
    this.isSwitched = false;
  }

  #step({ name, on, width, height, grey }: Step): TemplateResult {
    return html`<li>
      <button
        type="button"
        aria-pressed=${on}
        aria-describedby=${`explain-${name}`}
        data-step=${name}
        @focus=${() => (this.told = name)}
        @pointerenter=${() => (this.told = name)}
        @click=${() => this.#switch(name)}
      >
        <vitrine-pixel-view class="step" .grey=${grey} .width=${width} .height=${height}></vitrine-pixel-view>
        <span class="name">${breakable(t.input.step(name))}</span>
        <span class="state" aria-hidden="true">${on ? t.input.on : t.input.off}</span>
      </button>
      <span class="sr" id=${`explain-${name}`}>${t.input.explain(name)}</span>
    </li>`;
  }

  /** What went otherwise than it looks, and what helps. */
  #notes({ ground, lost, blank }: Prepared): TemplateResult | typeof nothing {
    if (lost) return html`<p class="note">${t.input.lost}</p>`;
    return ground === 'uneven' && !blank ? html`<p class="note">${t.input.uneven}</p>` : nothing;
  }

  #switch(name: string): void {
    // Not every browser gives the focus to what is touched.
    this.told = name;
    this.dispatchEvent(new StepSwitchEvent(name));
  }

  /** The button goes: the focus passes to the recipe, whose steps these are. */
  #reset(): void {
    passFocus(this.renderRoot.querySelector('select'));
    this.dispatchEvent(new StepsResetEvent());
  }

  override render(): TemplateResult {
    const { prepared } = this;
    const pixels = prepared && !prepared.blank ? prepared.pixels : undefined;
    const told = prepared?.steps.some(({ name }) => name === this.told) ? this.told : undefined;
    return html`
      <div class="way">
        <figure>
          <vitrine-pixel-view class="view" .grey=${pixels && Uint8Array.from(pixels, (ink) => ink * 255)} .label=${pixels ? t.input.picture : t.input.blank}></vitrine-pixel-view>
        </figure>
        <div class="text">
          <div class="row">
            <label
              >${t.input.prepare}
              <select @change=${(event: Event) => this.dispatchEvent(new RecipeChosenEvent((event.target as HTMLSelectElement).value as Recipe))}>
                ${this.recipes.map((name) => html`<option value=${name} .selected=${name === this.recipe}>${t.recipe(name)}</option>`)}
              </select></label
            >
            <p class="soft">${prepared ? t.input.recipe(prepared.recipe) : t.input.waiting}</p>
            <button type="button" class="reset" ?hidden=${!this.isSwitched} @click=${() => this.#reset()}>${t.input.usual}</button>
          </div>
          ${prepared ? this.#notes(prepared) : nothing}
          ${prepared
            ? html`<ol aria-label=${t.input.steps}>
                ${prepared.steps.map((step) => this.#step(step))}
              </ol>`
            : html`<ol aria-hidden="true" class="empty">
                ${PLACES.map((name) => html`<li><div class="place"><vitrine-pixel-view class="step"></vitrine-pixel-view><span class="name">${breakable(t.input.step(name))}</span><span class="state">${nothing}</span></div></li>`)}
              </ol>`}
          <p class="soft small hint">${told === undefined ? t.input.hint : html`<span aria-hidden="true"><strong>${t.input.step(told)}.</strong> ${t.input.explain(told)}</span>`}</p>
        </div>
      </div>
    `;
  }
}
