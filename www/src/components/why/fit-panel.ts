/** Where a picture fits among the training garments: how much ink it has, and how far it is from any of them. */
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { densitiesChart } from '../../charts/why/densities';
import { type Fit, fits, isUsual } from '../../charts/why/fit';
import { noveltyChart } from '../../charts/why/novelty';
import { chartStyles } from '../../charts/why/styles';
import { t } from '../../messages';
import { isUnlike } from '../../novelty';
import type { Densities, NoveltyFigures } from '../../shapes.why';
import { shared } from '../../styles/shared';
import { table } from '../../styles/table';
import { foldedTable } from './folded-table';
import { panelStyles } from './panel.styles';
import { Width } from './width';

const shareRow = (name: string, share: number): TemplateResult => html`<tr><th scope="row">${name}</th><td>${t.why.fit.share(share)}</td></tr>`;

export class FitPanel extends LitElement {
  static override styles = [
    shared,
    table,
    panelStyles,
    chartStyles,
    css`
      .charts {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(min(100%, calc(24 * var(--unit))), 1fr));
        gap: var(--space-6);
        align-items: start;
      }
      section {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: var(--space-3);
        min-width: 0;
      }
      .says {
        max-width: calc(34 * var(--unit));
        text-wrap: pretty;
      }
      .unlike-note {
        padding: var(--space-3) var(--space-4);
        border-radius: var(--radius-s);
        background: var(--warn-wash);
        color: var(--warn);
      }
    `,
  ];
  static override properties = { pixels: { attribute: false }, novelty: { attribute: false }, densities: { attribute: false }, figures: { attribute: false } };

  /** 784 in [0, 1]; `undefined` for a blank canvas. */
  declare pixels: Float32Array | undefined;
  /** `undefined` before the index has answered. */
  declare novelty: number | undefined;
  /** By the data set's names of the classes. */
  declare densities: Densities;
  declare figures: NoveltyFigures | undefined;
  readonly #width = new Width(this, '.room');

  constructor() {
    super();
    this.pixels = undefined;
    this.novelty = undefined;
    this.densities = { grid: [], classes: [] };
    this.figures = undefined;
  }

  #ink(total: number | undefined): TemplateResult {
    const texts = t.why.fit;
    const data = { ...this.densities, classes: this.densities.classes.map(({ name, values }) => ({ name: t.className(name), values })) };
    const all: Fit[] = total === undefined ? [] : fits(data, total);
    const label = texts.describeDensities(total, all.filter(isUsual).map(({ name }) => name));
    return html`<section>
      <h4>${texts.densities}</h4>
      ${total === undefined ? nothing : html`<p class="says ink">${label}</p>`}
      <div class="room">
        ${this.#width.draw((room) => densitiesChart({ data, total, ...room, own: texts.own(total ?? 0), number: t.number, label }))}
        <p class="axis-name">${texts.densitiesAxis}</p>
      </div>
      <p class="soft small">${texts.densitiesHint} ${texts.usualNote}</p>
      ${total === undefined
        ? nothing
        : foldedTable(t.why.table, texts.densitiesCaption, [texts.class, texts.below], all.map(({ name, below }) => shareRow(name, below)))}
    </section>`;
  }

  #distance(): TemplateResult {
    const texts = t.why.fit;
    const { novelty, figures } = this;
    const label = texts.describeNovelty(novelty);
    return html`<section>
      <h4>${texts.novelty}</h4>
      ${this.pixels === undefined
        ? nothing
        : html`<p class="says novelty ${isUnlike(novelty) ? 'unlike-note' : ''}">${novelty === undefined ? texts.noveltyUnknown : label}</p>`}
      <div>
        ${this.#width.draw((room) => noveltyChart({ novelty, ...room, like: texts.like, unlike: texts.unlike, own: texts.noveltyOwn(novelty ?? 0), number: t.number, label }))}
        <p class="axis-name">${texts.noveltyAxis}</p>
      </div>
      <p class="soft small">${texts.noveltyHint}</p>
      ${figures ? this.#figures(figures) : nothing}
    </section>`;
  }

  #figures({ false_alarms: alarms, unseen }: NoveltyFigures): TemplateResult {
    const texts = t.why.fit;
    const rows = [shareRow(texts.garments, alarms), ...unseen.map(({ kind, detected }) => shareRow(texts.kind(kind), detected))];
    return foldedTable(texts.noveltyCaption, texts.noveltyCaption, [texts.noveltyKind, texts.noveltyAbove], rows);
  }

  override render(): TemplateResult {
    const total = this.pixels?.reduce((sum, ink) => sum + ink, 0);
    return html`${this.pixels === undefined ? html`<p class="soft invitation">${t.why.blank}</p>` : nothing}
      <div class="charts">${this.#ink(total)}${this.#distance()}</div>`;
  }
}
