/**
 * Sliders that distort the picture, and what every model says of it before and after.
 *
 * Events: `distortion-change`, `distortion-reset`, `distortion-reseed`.
 */
import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { argmax } from '../../argmax';
import { t } from '../../messages';
import { isUnlike } from '../../novelty';
import type { ModelId } from '../../shapes';
import type { Distortion, Robustness } from '../../shapes.why';
import { shared } from '../../styles/shared';
import { table } from '../../styles/table';
import { button } from '../button';
import { breakStyles } from './break-panel.styles';
import { isNone, isRandom, NONE, type Slider, SLIDERS } from './distortions';
import { DistortionChangeEvent, DistortionReseedEvent, DistortionResetEvent } from './events';
import { panelStyles } from './panel.styles';

type Answers = ReadonlyMap<ModelId, readonly number[]>;

export class BreakPanel extends LitElement {
  static override styles = [shared, table, panelStyles, breakStyles];
  static override properties = {
    distortion: { attribute: false },
    grey: { attribute: false },
    changed: { attribute: false },
    models: { attribute: false },
    original: { attribute: false },
    current: { attribute: false },
    novelty: { attribute: false },
    classes: { attribute: false },
    robustness: { attribute: false },
  };

  declare distortion: Distortion;
  /** The picture as it was, and changed: 784 bytes each, 255 = ink. */
  declare grey: Uint8Array | undefined;
  declare changed: Uint8Array | undefined;
  /** In the order shown. */
  declare models: readonly ModelId[];
  /** Probabilities of each model, for the picture as it was, and changed. */
  declare original: Answers;
  declare current: Answers;
  /** How unlike the training garments the picture was, and is; `undefined` while no index has said so. */
  declare novelty: readonly [number | undefined, number | undefined];
  declare classes: readonly string[];
  declare robustness: Robustness | undefined;

  constructor() {
    super();
    this.distortion = NONE;
    this.grey = undefined;
    this.changed = undefined;
    this.models = [];
    this.original = new Map();
    this.current = new Map();
    this.novelty = [undefined, undefined];
    this.classes = [];
    this.robustness = undefined;
  }

  #slider({ name, least, most, step }: Slider): TemplateResult {
    const value = this.distortion[name];
    const text = t.why.break.value(name, value);
    return html`<div class="slider" data-moved=${value === NONE[name] ? nothing : ''}>
      <label for=${name}>${t.why.break.slider(name)}</label><span class="number" aria-hidden="true">${text}</span>
      <input
        type="range"
        id=${name}
        name=${name}
        min=${least}
        max=${most}
        step=${step}
        .value=${String(value)}
        aria-valuetext=${text}
        @input=${(event: Event) => this.dispatchEvent(new DistortionChangeEvent({ [name]: (event.target as HTMLInputElement).valueAsNumber }))}
      />
    </div>`;
  }

  #row(model: ModelId): TemplateResult {
    const texts = t.why.break;
    const [before, after] = [top(this.original.get(model)), top(this.current.get(model))];
    const said = (answer: Top | undefined): string => (answer ? texts.answer(this.classes[answer.label] ?? String(answer.label), answer.share) : '');
    const kept = !before || !after || before.label === after.label;
    return html`<tr data-model=${model} data-kept=${String(kept)}>
      <th scope="row">${t.model(model)}</th>
      <td>${said(before)}</td>
      <td class="now">
        <span class="bar" .style=${`--share:${after?.share ?? 0}`}></span>${said(after)}
        <span class="note">${after ? (kept ? texts.kept : texts.changed) : nothing}</span>
      </td>
    </tr>`;
  }

  /** The verdict of the main answer, on both pictures: a model is not asked for it, so it stands below the models. */
  #likeness(): TemplateResult | typeof nothing {
    const texts = t.why.break;
    const [before, after] = this.novelty;
    if (before === undefined && after === undefined) return nothing;
    const said = (novelty: number | undefined): TemplateResult | typeof nothing =>
      novelty === undefined ? nothing : html`${texts.likeness(isUnlike(novelty))} <span class="note">${texts.novelty(novelty)}</span>`;
    return html`<tfoot>
      <tr data-unlike=${String(isUnlike(after))}>
        <th scope="row">${texts.noveltyName}</th>
        <td>${said(before)}</td>
        <td class="now">${said(after)}</td>
      </tr>
    </tfoot>`;
  }

  #answers(): TemplateResult {
    const texts = t.why.break;
    return html`<div class="answers">
      <h4>${texts.answers}</h4>
      <table>
        <caption class="sr">
          ${texts.answersCaption}
        </caption>
        <thead>
          <tr>
            <th scope="col">${texts.model}</th>
            <th scope="col">${texts.was}</th>
            <th scope="col">${texts.now}</th>
          </tr>
        </thead>
        <tbody>
          ${this.models.map((model) => this.#row(model))}
        </tbody>
        ${this.#likeness()}
      </table>
    </div>`;
  }

  override render(): TemplateResult {
    const texts = t.why.break;
    return html`<div class="trial">
        <div class="pictures">
          <figure><vitrine-pixel-view .grey=${this.grey}></vitrine-pixel-view><figcaption>${texts.before}</figcaption></figure>
          <figure><vitrine-pixel-view .grey=${this.changed ?? this.grey} .label=${texts.picture}></vitrine-pixel-view><figcaption>${texts.after}</figcaption></figure>
        </div>
        <fieldset>
          <legend>${texts.sliders}</legend>
          <div class="sliders">${SLIDERS.map((slider) => this.#slider(slider))}</div>
          <div class="row">
            ${button(texts.reset, !isNone(this.distortion), () => this.dispatchEvent(new DistortionResetEvent()))}
            ${button(texts.reseed, isRandom(this.distortion), () => this.dispatchEvent(new DistortionReseedEvent()))}
          </div>
        </fieldset>
        ${this.#answers()}
      </div>
      <vitrine-robustness-curves .robustness=${this.robustness} .models=${this.models} .distortion=${this.distortion}></vitrine-robustness-curves>`;
  }
}

interface Top {
  readonly label: number;
  readonly share: number;
}

function top(probabilities: readonly number[] | undefined): Top | undefined {
  if (!probabilities) return undefined;
  const label = argmax(probabilities);
  return { label, share: probabilities[label] ?? 0 };
}
