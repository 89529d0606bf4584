/** The lab: the visitor's garment on one side, what the models make of it on the other, and how it got to them below. */
import { html, nothing, type TemplateResult } from 'lit';
import type {
  AnnounceEvent,
  CameraFailedEvent,
  ExampleChosenEvent,
  GarmentOpenEvent,
  ModelRetryEvent,
  ModelsChosenEvent,
  PictureChosenEvent,
  RecipeChosenEvent,
  RegionChangeEvent,
  SketchChangeEvent,
  StepSwitchEvent,
} from '../components/events';
import { passFocusLater } from '../components/focus';
import type { ImageOpenEvent } from '../components/notebook/events';
import { t } from '../messages';
import { classNames } from './classes';
import type { Lab } from './controller';
import { DRAWINGS, photograph } from './examples';
import { columns, doubt, examples, INDEX, invitation, votes } from './state';
import { recipes } from './subject';

/** How many parts it has, in the order in which they may be rendered one after the other. */
export const LAB_PARTS = 4;

/**
 * `count`: how many of its parts to render; `everywhere`: whether what is pasted anywhere in the document is meant for it;
 * `explains`: whether its answers are explained further down.
 */
export function labView(lab: Lab, count: number, everywhere: boolean, explains = everywhere): TemplateResult {
  return html`<div class="lab" id="lab" @garment-open=${(event: GarmentOpenEvent) => open(lab, event)}>${[subject, answers, input, neighbours].slice(0, count).map((part) => part(lab, part === answers ? explains : everywhere))}</div>`;
}

function subject(lab: Lab, everywhere: boolean): TemplateResult {
  const { guest, testSet, walk, ground, frame } = lab.state;
  return html`<section class="subject" aria-labelledby="subject">
    <h2 id="subject" class="eyebrow" tabindex="-1">${t.pad.title}</h2>
    <vitrine-image-drop
      ?everywhere=${everywhere}
      .samples=${testSet !== 'wanted' && testSet !== 'opening'}
      @picture-chosen=${({ picture, name }: PictureChosenEvent) => void lab.take(picture, name)}
      @picture-missing=${() => lab.complain(() => t.errors.noImageThere)}
      @sample-wanted=${() => void lab.sample()}
    >
      <vitrine-sketch-pad
        ?hidden=${guest !== undefined}
        @sketch-begun=${() => lab.expectNothing()}
        @sketch-change=${(event: SketchChangeEvent) => lab.sketch(event)}
        @announce=${({ text }: AnnounceEvent) => lab.say(text)}
        >${guest ? nothing : line(lab)}</vitrine-sketch-pad
      >
      ${guest
        ? html`<div class="guest">
            <div class="board"><vitrine-picture-region .picture=${guest.picture} .ground=${ground} .frame=${frame} @region-change=${(event: RegionChangeEvent) => lab.region(event)} @announce=${({ text }: AnnounceEvent) => lab.say(text)}></vitrine-picture-region>${line(lab)}</div>
            <p>${t.drop.showing(guest.name())}</p>
            ${walk && guest.origin.kind === 'sample'
              ? html`<vitrine-image-walk .walk=${walk} .index=${guest.origin.index} @image-open=${(event: ImageOpenEvent) => step(lab, event)}></vitrine-image-walk>`
              : nothing}
            <button
              type="button"
              @click=${(event: Event) => {
                lab.dismissGuest();
                void passFocusLater(event.currentTarget as Element, 'vitrine-sketch-pad');
              }}
            >
              ${t.drop.back}
            </button>
          </div>`
        : nothing}
      <vitrine-example-row .places=${examples(lab.state)} .classes=${classNames(lab.state.classes)} @example-chosen=${(event: ExampleChosenEvent) => choose(lab, event)}></vitrine-example-row>
      <vitrine-camera-view
        slot="source"
        @picture-chosen=${({ picture, name }: PictureChosenEvent) => void lab.take(picture, name)}
        @camera-failed=${({ problem }: CameraFailedEvent) => lab.complain(problem)}
      ></vitrine-camera-view>
    </vitrine-image-drop>
  </section>`;
}

/** Puts a garment that is shown below into the lab, and brings the visitor to it. */
function open(lab: Lab, event: GarmentOpenEvent): void {
  event.stopPropagation();
  lab.open(event.grey, event.label);
  (event.currentTarget as Element).querySelector<HTMLElement>('#subject')?.focus();
}

/** Goes on to another image of the same walk: the visitor stays at its buttons. */
function step(lab: Lab, event: ImageOpenEvent): void {
  event.stopPropagation();
  void lab.sample(event.index, event.walk);
}

/** Puts an example into the lab: a drawing onto the pad, so that one may go on with it. */
function choose(lab: Lab, { kind, rank, currentTarget }: ExampleChosenEvent): void {
  if (kind === 'garment' || kind === 'puzzle') {
    void lab.recall(kind, rank);
  } else if (kind === 'photograph') {
    lab.show({ picture: photograph(), name: () => t.examples.photograph, origin: { kind: 'file' } });
  } else {
    lab.dismissGuest();
    const pad = (currentTarget as Element).parentElement?.querySelector('vitrine-sketch-pad');
    pad?.show(DRAWINGS[rank]?.marks ?? []);
  }
}

/** What is said of the garment, where there is no room beside it. */
function line({ state }: Lab): TemplateResult {
  return html`<vitrine-answer-line .votes=${votes(state)} .invitation=${invitation(state)}></vitrine-answer-line>`;
}

function answers(lab: Lab, explains: boolean): TemplateResult {
  const { state } = lab;
  return html`<section class="answers" aria-labelledby="answers">
    <h2 id="answers" class="eyebrow">${t.answers.title}</h2>
    <vitrine-answer-verdict .votes=${votes(state)} .doubt=${doubt(state)} ?explains=${explains} .invitation=${invitation(state)}></vitrine-answer-verdict>
    <vitrine-probability-bars
      .columns=${columns(state)}
      .truth=${state.guest?.label}
      .classes=${classNames(state.classes)}
      cards
      @model-retry=${({ model }: ModelRetryEvent) => lab.retry(model)}
    ></vitrine-probability-bars>
    <vitrine-model-choice .models=${state.models} .shown=${state.shown} @models-chosen=${({ models }: ModelsChosenEvent) => lab.set({ shown: models })}></vitrine-model-choice>
  </section>`;
}

function input(lab: Lab): TemplateResult {
  const { state } = lab;
  return html`<section class="input" aria-labelledby="input">
    <h2 id="input" class="eyebrow">${t.input.title}</h2>
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

function neighbours(lab: Lab): TemplateResult | typeof nothing {
  // The index's neighbours go with its answers.
  if (lab.state.models.includes(INDEX) && !lab.state.shown.includes(INDEX)) return nothing;
  return html`<section class="neighbours" aria-labelledby="neighbours">
    <h2 id="neighbours" class="eyebrow">${t.neighbours.title}</h2>
    <vitrine-nearest-neighbours opens .neighbours=${lab.state.neighbours} .classes=${classNames(lab.state.classes)}></vitrine-nearest-neighbours>
    <p class="soft small">${lab.state.pictureless ? t.neighbours.pictureless : t.neighbours.hint}</p>
  </section>`;
}
