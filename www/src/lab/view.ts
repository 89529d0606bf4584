/** The lab: the visitor's garment on one side, what the models make of it on the other, and how it got to them below. */
import { html, nothing, type TemplateResult } from 'lit';
import type { SketchChange } from '../components/sketch/sketch-pad';
import { t } from '../messages';
import type { ModelId, Recipe } from '../shapes';
import { classNames } from './classes';
import type { Lab } from './controller';
import { columns, invitation, isNovel, votes } from './state';
import { recipes } from './subject';

/** How many parts it has, in the order in which they may be rendered one after the other. */
export const LAB_PARTS = 4;

/** `count`: how many of its parts to render. */
export function labView(lab: Lab, count: number): TemplateResult {
  return html`<div class="lab" id="lab">${[subject, answers, input, neighbours].slice(0, count).map((part) => part(lab))}</div>`;
}

function subject(lab: Lab): TemplateResult {
  const { guest, testSet } = lab.state;
  return html`<section class="subject" aria-labelledby="subject">
    <h2 id="subject" class="eyebrow" tabindex="-1">${t.pad.title}</h2>
    <image-drop
      .samples=${testSet === 'packed' || testSet === 'opened'}
      @picture-chosen=${({ detail }: CustomEvent<File>) => void lab.take(detail, () => detail.name || t.drop.pasted)}
      @picture-missing=${() => lab.complain(() => t.errors.noImageThere)}
      @sample-wanted=${() => void lab.sample()}
    >
      <sketch-pad
        ?hidden=${guest !== undefined}
        @sketch-change=${({ detail }: CustomEvent<SketchChange>) => lab.sketch(detail)}
        @announce=${({ detail }: CustomEvent<string>) => lab.say(detail)}
      ></sketch-pad>
      ${guest
        ? html`<div class="guest">
            <picture-view .picture=${guest.picture}></picture-view>
            <p>${t.drop.showing(guest.name())}</p>
            <button type="button" @click=${() => lab.dismissGuest()}>${t.drop.back}</button>
          </div>`
        : nothing}
      <camera-view
        slot="source"
        @picture-chosen=${({ detail }: CustomEvent<Blob>) => void lab.take(detail, () => t.camera.name)}
        @camera-failed=${({ detail }: CustomEvent<() => string>) => lab.complain(detail)}
      ></camera-view>
    </image-drop>
  </section>`;
}

function answers(lab: Lab): TemplateResult {
  const { state } = lab;
  return html`<section class="answers" aria-labelledby="answers">
    <h2 id="answers" class="eyebrow">${t.answers.title}</h2>
    <answer-verdict .votes=${votes(state, classNames())} .novel=${isNovel(state)} .invitation=${invitation(state)}></answer-verdict>
    <probability-bars
      .columns=${columns(state)}
      .classes=${classNames()}
      @model-retry=${({ detail }: CustomEvent<ModelId>) => lab.retry(detail)}
    ></probability-bars>
    <model-choice .models=${state.models} .shown=${state.shown} @models-chosen=${({ detail }: CustomEvent<ModelId[]>) => lab.set({ shown: detail })}></model-choice>
  </section>`;
}

function input(lab: Lab): TemplateResult {
  const { state } = lab;
  return html`<section class="input" aria-labelledby="input">
    <h2 id="input" class="eyebrow">${t.input.title}</h2>
    <model-input
      .prepared=${state.prepared}
      .recipes=${recipes(state)}
      .recipe=${state.recipe}
      .isSwitched=${state.switched.length > 0}
      @recipe-chosen=${({ detail }: CustomEvent<Recipe>) => lab.choose(detail)}
      @step-switch=${({ detail }: CustomEvent<string>) => lab.switchStep(detail)}
      @steps-reset=${() => lab.choose(state.recipe)}
    ></model-input>
  </section>`;
}

function neighbours(lab: Lab): TemplateResult {
  return html`<section class="neighbours" aria-labelledby="neighbours">
    <h2 id="neighbours" class="eyebrow">${t.neighbours.title}</h2>
    <nearest-neighbours .neighbours=${lab.state.neighbours} .classes=${classNames()}></nearest-neighbours>
    <p class="soft small">${t.neighbours.hint}</p>
  </section>`;
}
