/** The page: lays the components out, hands them state, passes on their intents. */
import { html, LitElement, nothing, type TemplateResult } from 'lit';
import type { SketchChange } from '../components/sketch/sketch-pad';
import { t } from '../messages';
import type { ModelId, Recipe } from '../shapes';
import { shared } from '../styles/shared';
import { appStyles } from './app.styles';
import { Controller } from './controller';
import { classes, figures } from './figures';
import { columns, invitation, isNovel, votes } from './state';
import { watchForUpdates } from './update';
import './why-section';

const RECIPES: readonly Recipe[] = ['auto', 'photograph', 'sketch', 'exact'];

export class VitrineApp extends LitElement {
  static override styles = [shared, appStyles];

  readonly #controller = new Controller(() => this.requestUpdate());
  #reload: (() => void) | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    // A picture dropped beside its place must not replace the page.
    for (const type of ['dragover', 'drop']) window.addEventListener(type, (event) => event.preventDefault());
  }

  override firstUpdated(): void {
    // Two frames: the first paint and a usable pad come before any model.
    requestAnimationFrame(() =>
      requestAnimationFrame(() => {
        this.#controller.start();
        watchForUpdates((reload) => {
          this.#reload = reload;
          this.#controller.set({ updated: true, status: t.update.ready });
        });
      }),
    );
  }

  override updated(): void {
    const { asked, seen } = this.#controller.state;
    this.dataset.asked = String(asked);
    this.dataset.seen = String(seen);
  }

  #notices(): TemplateResult {
    const { problem, updated } = this.#controller.state;
    return html`
      ${problem === undefined
        ? nothing
        : html`<div class="notice problem">
            <p><strong>${t.errors.title}.</strong> ${problem}</p>
            <button type="button" @click=${() => this.#controller.set({ problem: undefined })}>${t.errors.dismiss}</button>
          </div>`}
      ${updated
        ? html`<div class="notice">
            <p>${t.update.ready}</p>
            <button type="button" @click=${() => this.#reload?.()}>${t.update.reload}</button>
          </div>`
        : nothing}
    `;
  }

  #subject(): TemplateResult {
    const { guest, recipe, testSet } = this.#controller.state;
    return html`<section class="subject" aria-labelledby="subject">
      <h2 id="subject">${t.pad.title}</h2>
      <image-drop
        .samples=${testSet === 'packed' || testSet === 'opened'}
        @picture-chosen=${({ detail }: CustomEvent<File>) => void this.#controller.take(detail, detail.name || t.drop.pasted)}
        @picture-missing=${() => this.#controller.complain(t.errors.noImageThere)}
        @sample-wanted=${() => void this.#controller.sample()}
      >
        <sketch-pad
          ?hidden=${guest !== undefined}
          @sketch-change=${({ detail }: CustomEvent<SketchChange>) => this.#controller.sketch(detail)}
          @announce=${({ detail }: CustomEvent<string>) => this.#controller.say(detail)}
        ></sketch-pad>
        ${guest
          ? html`<div class="guest">
              <picture-view .picture=${guest.picture}></picture-view>
              <p>${t.drop.showing(guest.name)}</p>
              <div class="row">
                <button type="button" @click=${() => this.#controller.dismissGuest()}>${t.drop.back}</button>
                <label class="recipe"
                  >${t.drop.recipe}
                  <select @change=${(event: Event) => this.#controller.choose((event.target as HTMLSelectElement).value as Recipe)}>
                    ${RECIPES.map((name) => html`<option value=${name} ?selected=${name === recipe}>${t.recipe(name)}</option>`)}
                  </select></label
                >
              </div>
            </div>`
          : nothing}
      </image-drop>
    </section>`;
  }

  #answers(): TemplateResult {
    const { state } = this.#controller;
    return html`
      <section aria-labelledby="answers">
        <h2 id="answers" class="eyebrow">${t.answers.title}</h2>
        <answer-verdict .votes=${votes(state, classes)} .novel=${isNovel(state)} .invitation=${invitation(state)}></answer-verdict>
        <probability-bars
          .columns=${columns(state)}
          .classes=${classes}
          @model-retry=${({ detail }: CustomEvent<ModelId>) => this.#controller.retry(detail)}
        ></probability-bars>
      </section>
      <section aria-labelledby="input">
        <h2 id="input" class="eyebrow">${t.input.title}</h2>
        <model-input .prepared=${state.prepared}></model-input>
      </section>
      <section aria-labelledby="neighbours">
        <h2 id="neighbours" class="eyebrow">${t.neighbours.title}</h2>
        <nearest-neighbours .neighbours=${state.neighbours} .classes=${classes}></nearest-neighbours>
        <p class="soft small">${t.neighbours.hint}</p>
      </section>
    `;
  }

  #figures(): TemplateResult {
    const { state } = this.#controller;
    return html`
      <section class="wide" aria-labelledby="metrics">
        <h2 id="metrics">${t.metrics.title}</h2>
        <p class="lede soft">${t.metrics.lede}</p>
        <metrics-table .figures=${figures} .classes=${classes}></metrics-table>
      </section>
      <section class="wide" aria-labelledby="measure">
        <h2 id="measure">${t.measure.title}</h2>
        <p class="lede soft">${t.measure.lede}</p>
        <measure-panel
          .trials=${state.trials}
          .figures=${figures}
          .running=${state.measuring}
          .available=${[...state.statuses.values()].some(({ kind }) => kind === 'ready')}
          .testSet=${state.testSet}
          @measure-start=${() => void this.#controller.measure()}
          @measure-cancel=${() => this.#controller.cancelMeasure()}
          @test-files=${({ detail }: CustomEvent<File[]>) => void this.#controller.takeTestFiles(detail)}
        ></measure-panel>
      </section>
    `;
  }

  override render(): TemplateResult {
    return html`
      <header>
        <h1>${t.header.title}</h1>
        <p>${t.header.lede}</p>
      </header>
      <p class="sr" role="status">${this.#controller.state.status}</p>
      <main>
        ${this.#notices()}
        <div class="bench">
          ${this.#subject()}
          <div class="findings">${this.#answers()}</div>
        </div>
        <why-section .page=${this.#controller.state} .engine=${this.#controller.engine} @announce=${({ detail }: CustomEvent<string>) => this.#controller.say(detail)}></why-section>
        ${this.#figures()}
      </main>
      <footer><p class="soft small">${t.footer.text}</p></footer>
    `;
  }
}
