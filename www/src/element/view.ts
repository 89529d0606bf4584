/** What the element shows of the lab: the picture, the answers, and what its controls add. */
import { html, nothing, type TemplateResult } from 'lit';
import type {
  AnnounceEvent,
  CameraFailedEvent,
  ModelRetryEvent,
  ModelsChosenEvent,
  PictureChosenEvent,
  RecipeChosenEvent,
  RegionChangeEvent,
  SketchChangeEvent,
  StepSwitchEvent,
} from '../components/events';
import { passFocusLater } from '../components/focus';
import { foreign } from '../components/foreign';
import { classNames } from '../lab/classes';
import { columns, doubt, invitation, votes } from '../lab/state';
import { recipes } from '../lab/subject';
import { t } from '../messages';
import type { ModelId } from '../shapes';
import type { Bench } from './bench';
import type { Control } from './tokens';

/** What the element was told to show. */
export interface Setting {
  readonly controls: ReadonlySet<Control>;
  /** Of its headings, 1 to 6. */
  readonly level: number;
  readonly task: string;
  /** The visitor's choice of models. */
  readonly choose: (models: readonly ModelId[]) => void;
}

export function view(lab: Bench, setting: Setting): TemplateResult {
  const { controls, task } = setting;
  return html`<p class="sr" role="status">${foreign(lab.state.status)}</p>
    ${lab.phase === 'failed' ? html`<slot></slot>` : nothing}
    <div class="prompt" part="prompt">
      <slot name="prompt">${task === '' ? nothing : html`<p dir="auto">${task}</p>`}</slot>
    </div>
    ${problem(lab)}
    <div class="lab">
      ${subject(lab, setting)} ${answers(lab, setting)} ${controls.has('steps') ? input(lab, setting) : nothing}
      ${controls.has('neighbours') ? neighbours(lab, setting) : nothing}
    </div>`;
}

const heading = (id: string, text: string, level: number): TemplateResult => html`<div id=${id} class="heading" part="heading" role="heading" aria-level=${level} tabindex="-1">${text}</div>`;

function problem(lab: Bench): TemplateResult | typeof nothing {
  const { problem } = lab.state;
  if (problem === undefined) return nothing;
  return html`<div class="notice" part="problem">
    <p><strong>${t.errors.title}.</strong> ${foreign(problem())}</p>
    <button type="button" @click=${() => lab.set({ problem: undefined })}>${t.errors.dismiss}</button>
  </div>`;
}

function subject(lab: Bench, { controls, level }: Setting): TemplateResult {
  const { guest, testSet, ground, frame } = lab.state;
  const draws = controls.has('draw');
  return html`<section part="subject" aria-labelledby="subject">
    ${heading('subject', t.pad.title, level)}
    <vitrine-image-drop
      .files=${controls.has('upload')}
      .samples=${controls.has('samples') && testSet !== 'wanted' && testSet !== 'opening'}
      @picture-chosen=${({ picture, name }: PictureChosenEvent) => void lab.take(picture, name)}
      @picture-missing=${() => lab.complain(() => t.errors.noImageThere)}
      @sample-wanted=${() => void lab.sample()}
    >
      ${draws
        ? html`<vitrine-sketch-pad
            part="pad"
            ?hidden=${guest !== undefined}
            @sketch-begun=${() => lab.expectNothing()}
            @sketch-change=${(event: SketchChangeEvent) => lab.sketch(event)}
            @announce=${({ text }: AnnounceEvent) => lab.say(text)}
          ></vitrine-sketch-pad>`
        : guest
          ? nothing
          : html`<span class="nothing" part="picture"></span>`}
      ${guest
        ? html`<div class="guest">
            ${controls.has('steps')
              ? html`<vitrine-picture-region
                  part="picture"
                  .picture=${guest.picture}
                  .ground=${ground}
                  .frame=${frame}
                  @region-change=${(event: RegionChangeEvent) => lab.region(event)}
                  @announce=${({ text }: AnnounceEvent) => lab.say(text)}
                ></vitrine-picture-region>`
              : html`<vitrine-picture-view part="picture" .picture=${guest.picture}></vitrine-picture-view>`}
            <p>${t.drop.showing(guest.name())}</p>
            <button
              type="button"
              ?hidden=${!draws}
              @click=${(event: Event) => {
                lab.dismissGuest();
                void passFocusLater(event.currentTarget as Element, 'vitrine-sketch-pad');
              }}
            >
              ${t.drop.back}
            </button>
          </div>`
        : nothing}
      ${controls.has('camera')
        ? html`<vitrine-camera-view
            slot="source"
            @picture-chosen=${({ picture, name }: PictureChosenEvent) => void lab.take(picture, name)}
            @camera-failed=${({ problem }: CameraFailedEvent) => lab.complain(problem, { code: 'camera' })}
          ></vitrine-camera-view>`
        : nothing}
    </vitrine-image-drop>
  </section>`;
}

function answers(lab: Bench, { controls, level, choose }: Setting): TemplateResult {
  const { state } = lab;
  return html`<section part="answers" aria-labelledby="answers">
    ${heading('answers', t.answers.title, level)}
    <vitrine-answer-verdict part="verdict" .votes=${votes(state)} .doubt=${doubt(state)} .invitation=${invitation(state)}></vitrine-answer-verdict>
    <vitrine-probability-bars
      part="table"
      .columns=${columns(state)}
      .classes=${classNames(state.classes)}
      @model-retry=${({ model }: ModelRetryEvent) => lab.retry(model)}
    ></vitrine-probability-bars>
    ${controls.has('models')
      ? html`<vitrine-model-choice part="models" .models=${state.models} .shown=${state.shown} @models-chosen=${({ models }: ModelsChosenEvent) => choose(models)}></vitrine-model-choice>`
      : nothing}
  </section>`;
}

function input(lab: Bench, { level }: Setting): TemplateResult {
  const { state } = lab;
  return html`<section class="wide" part="input" aria-labelledby="input">
    ${heading('input', t.input.title, level)}
    <vitrine-model-input
      .prepared=${state.prepared}
      .recipes=${recipes(state)}
      .recipe=${state.recipe}
      .isSwitched=${state.switched.length > 0}
      @recipe-chosen=${({ recipe }: RecipeChosenEvent) => lab.choose(recipe)}
      @step-switch=${({ step }: StepSwitchEvent) => lab.switchStep(step)}
      @steps-reset=${() => lab.choose(state.recipe)}
    ></vitrine-model-input>
  </section>`;
}

function neighbours(lab: Bench, { level }: Setting): TemplateResult {
  return html`<section class="wide" part="neighbours" aria-labelledby="neighbours">
    ${heading('neighbours', t.neighbours.title, level)}
    <vitrine-nearest-neighbours .neighbours=${lab.state.neighbours} .classes=${classNames(lab.state.classes)}></vitrine-nearest-neighbours>
    <p class="soft small">${lab.state.pictureless ? t.neighbours.pictureless : t.neighbours.hint}</p>
  </section>`;
}
