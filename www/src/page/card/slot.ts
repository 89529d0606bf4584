/** The place of a model's card: a dialog, filled when a card is first wanted. */
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { absence } from '../../components/absence';
import { PlaceWantedEvent } from '../../components/events';
import type { Asking } from '../../lab/controller';
import { describeFailure } from '../../lab/describe-failure';
import { Absence, later } from '../../later';
import { t } from '../../messages';
import { register } from '../../register';
import type { ModelId } from '../../shapes';
import type { Diagram } from '../../shapes.notebook';
import { dialog } from '../../styles/dialog';
import { shared } from '../../styles/shared';
import type * as Parts from '.';

declare global {
  interface HTMLElementTagNameMap {
    'vitrine-card-slot': CardSlot;
  }
}

/** What is read of a model's file, or why it is not. */
type Reading = { readonly diagram: Diagram } | { readonly problem: () => string };

export class CardSlot extends LitElement {
  static override styles = [
    shared,
    dialog,
    css`
      :host {
        display: contents;
      }
      dialog {
        max-height: calc(100% - 2 * var(--space-4));
      }
      .card {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: var(--space-4);
      }
      /* A long card begins at its top. */
      h2:focus-visible {
        outline: none;
      }
      h2 small {
        display: block;
        margin-top: var(--space-1);
        font: 400 var(--text-m) / 1.3 var(--font-text);
        letter-spacing: 0;
        color: var(--ink-soft);
      }
      a {
        color: inherit;
      }
      .row {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        justify-content: space-between;
        gap: var(--space-2) var(--space-4);
      }
    `,
  ];
  static override properties = {
    engine: { attribute: false },
    pixels: { attribute: false },
    notebook: { type: Boolean },
    model: { state: true },
    parts: { state: true },
    readings: { state: true },
    times: { state: true },
  };

  declare engine: Asking;
  /** What the models see of the visitor's garment, which the time is taken with; `undefined` while there is none. */
  declare pixels: Float32Array | undefined;
  /** Whether there is a notebook on the page, which has more of each model. */
  declare notebook: boolean;
  declare model: ModelId | undefined;
  /** What cards are made of, why it did not come, or `undefined` while it is on its way. */
  declare parts: typeof Parts | Absence | undefined;
  declare readings: ReadonlyMap<ModelId, Reading>;
  /** Milliseconds an image; not a number where a model does not answer. */
  declare times: ReadonlyMap<ModelId, number>;

  constructor() {
    super();
    this.pixels = undefined;
    this.notebook = false;
    this.model = undefined;
    this.parts = undefined;
    this.readings = new Map();
    this.times = new Map();
  }

  /** Shows what a model is; the focus comes back to what had it. */
  async open(model: ModelId): Promise<void> {
    this.model = model;
    await this.updateComplete;
    const dialog = this.renderRoot.querySelector('dialog');
    if (dialog && !dialog.open) dialog.showModal();
    await this.#fetch();
  }

  async #fetch(): Promise<void> {
    const { model } = this;
    if (model === undefined) return;
    try {
      if (!this.parts || this.parts instanceof Absence) {
        this.parts = undefined;
        const parts = await later('card', () => import('.'));
        register(parts.elements);
        this.parts = parts;
      }
      void this.#read(model);
      await this.#time(model, this.parts);
    } catch (thrown) {
      if (!(thrown instanceof Absence)) throw thrown;
      this.parts = thrown;
    }
  }

  async #read(model: ModelId): Promise<void> {
    const before = this.readings.get(model);
    if (before && 'diagram' in before) return;
    let reading: Reading;
    try {
      reading = { diagram: await this.engine.diagram(model) };
    } catch (thrown) {
      reading = { problem: () => t.notebook.models.failed(describeFailure(thrown)) };
    }
    this.readings = new Map(this.readings).set(model, reading);
  }

  /** Takes the time anew with each opening: what a machine has to do beside changes. */
  async #time(model: ModelId, { millisecondsAnImage, plain }: typeof Parts): Promise<void> {
    const others = new Map(this.times);
    others.delete(model);
    this.times = others;
    const time = await millisecondsAnImage((pixels) => this.engine.ask('predict', { model, pixels }), this.pixels ?? plain()).catch(() => NaN);
    this.times = new Map(this.times).set(model, time);
  }

  /** What the page shows goes with the visitor. */
  #inside(event: Event, model: ModelId): void {
    event.preventDefault();
    this.renderRoot.querySelector('dialog')?.close();
    this.dispatchEvent(new PlaceWantedEvent('inside', `model.${model}`));
  }

  #card(model: ModelId): TemplateResult {
    const { parts } = this;
    if (parts === undefined) return html`<p class="soft patient">${t.notebook.models.reading}</p>`;
    if (parts instanceof Absence) return absence(parts, () => void this.#fetch());
    const reading = this.readings.get(model);
    return html`<vitrine-model-card
      .model=${model}
      .diagram=${reading && 'diagram' in reading ? reading.diagram : undefined}
      .problem=${reading && 'problem' in reading ? reading.problem() : undefined}
      .time=${this.times.get(model)}
      .facts=${parts.figuresOf(model)}
      .made=${parts.madeOf(model)}
    ></vitrine-model-card>`;
  }

  override render(): TemplateResult {
    const { model } = this;
    return html`<dialog aria-labelledby="title" closedby="any" @close=${() => (this.model = undefined)}>
      ${model === undefined
        ? nothing
        : html`<div class="card">
            <h2 id="title" tabindex="-1" autofocus>${t.model(model)} <small>${t.modelLong(model)}</small></h2>
            ${this.#card(model)}
            <div class="row">
              ${this.notebook ? html`<a href=${new URL(`#at=inside&open=model.${model}`, location.href).href} @click=${(event: Event) => this.#inside(event, model)}>${t.cards.inside}</a>` : nothing}
              <button type="button" @click=${() => this.renderRoot.querySelector('dialog')?.close()}>${t.share.close}</button>
            </div>
          </div>`}
    </dialog>`;
  }
}
