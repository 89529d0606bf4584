/** Inside each model: its layers as its file holds them, how it was made, how it learned; and the models compared. */
import { html, nothing, type TemplateResult } from 'lit';
import type { ChartSpec, ChartTable } from '../../components/notebook/chart-figure';
import { figuresTable } from '../../components/figures-table';
import { fold } from '../../components/fold';
import { foreign } from '../../components/foreign';
import { perLanguage, t } from '../../messages';
import type { ModelId } from '../../shapes';
import type { Diagram, LayerInfo } from '../../shapes.notebook';
import { exact, pairs } from './data';
import { type Dossier, dossiers, files, type History } from './dossiers';
import { epochsOf, teachersOf } from './provenance';

/** A drawing, or why there is none. */
export type Drawing = { readonly diagram: Diagram } | { readonly problem: () => string };

type Quantity = 'loss' | 'accuracy';
const courses = new Map(dossiers.map(({ model, history }) => [model, history && { loss: course(history, 'loss'), accuracy: course(history, 'accuracy') }]));

function course(history: History, quantity: Quantity): ChartSpec & { chart: 'course' } {
  // Who learned from all images learned from most of them before: that curve tells both.
  const { epochs } = history.validated ?? history;
  const validation = epochs.map((epoch) => (quantity === 'loss' ? epoch.validation_loss : epoch.validation_accuracy) ?? undefined);
  return { chart: 'course', data: { quantity, training: epochs.map((epoch) => epoch[quantity]), validation } };
}

function curve(model: ModelId, quantity: Quantity): TemplateResult | typeof nothing {
  const spec = courses.get(model)?.[quantity];
  if (!spec) return nothing;
  const { course: texts } = t.notebook;
  const { training, validation } = spec.data;
  const data = (): ChartTable => ({
    heads: [texts.epoch, texts.training, texts.validation],
    rows: training.map((value, index) => [t.count(index + 1), ...[value, validation[index]].map((at) => (at === undefined ? '–' : t.number(at, 4)))]),
  });
  const [heading, note, what] =
    quantity === 'loss'
      ? [texts.lossTitle(t.model(model)), texts.lossNote, texts.loss]
      : [texts.accuracyTitle(t.model(model)), texts.accuracyNote, texts.accuracy];
  const says = texts.says(what, training.length, training.at(-1) ?? 0, validation.at(-1));
  return html`<vitrine-chart-figure .heading=${heading} .note=${note} .summary=${says} .height=${260} .spec=${spec} .data=${data}></vitrine-chart-figure>`;
}

/** What whoever made the model wrote. */
function inEnglish(text: string): TemplateResult {
  return html`<span lang="en">${text}</span>`;
}

function facts({ bytes, provenance, seed, history }: Dossier): TemplateResult {
  const { models } = t.notebook;
  const rows: (readonly [string, string | TemplateResult])[] = [[models.file, t.size(bytes)]];
  if (history) {
    const taught = teachersOf(history.hyperparameters, files);
    rows.push(
      [models.time, models.duration(history.total_seconds + (history.validated?.total_seconds ?? 0))],
      [models.epochs, epochsOf(history.hyperparameters, history.epochs.length)],
      ...(taught === undefined ? [] : [[models.taughtBy, taught] as const]),
      [models.images, models.trainedOn(history.training_images, history.validation_images)],
      ...(history.best_validation_accuracy === null ? [] : [[models.validation, t.metrics.figure(history.best_validation_accuracy)] as const]),
      [models.machine, inEnglish(history.machine)],
    );
  }
  rows.push([models.seed, String(seed)]);
  return html`<div class="facts">
    <h3>${models.facts}</h3>
    <dl>${rows.map(([term, value]) => html`<dt>${term}</dt><dd>${value}</dd>`)}</dl>
    <details class="command">
      <summary>${models.provenance}</summary>
      <p class="small number">${inEnglish(provenance)}</p>
    </details>
    ${history ? nothing : html`<p class="soft small">${models.noHistory}</p>`}
  </div>`;
}

function drawing({ input }: Dossier, drawn: Drawing | undefined): TemplateResult {
  const { models } = t.notebook;
  if (!drawn) return html`<p class="soft patient">${models.reading}</p>`;
  if ('problem' in drawn) return html`<p>${foreign(models.failed(drawn.problem()))}</p>`;
  const { layers, format } = drawn.diagram;
  const count = (of: (layer: LayerInfo) => number): number => layers.reduce((sum, layer) => sum + of(layer), 0);
  const stored = count((layer) => layer.stored);
  const parts = [models.parameters(count((layer) => layer.parameters)), ...(stored > 0 ? [models.stored(stored)] : [])];
  return html`<vitrine-model-diagram .diagram=${drawn.diagram} .input=${input}></vitrine-model-diagram>
    <p class="soft small total">${parts.join(' · ')} · ${inEnglish(format)}</p>`;
}

/** `wanted`: called when a model's panel is opened. */
export function modelsSection(drawings: ReadonlyMap<ModelId, Drawing>, wanted: (model: ModelId) => void): TemplateResult {
  const { models, diagram } = t.notebook;
  return html`<section class="wide" aria-labelledby="inside">
    <h2 id="inside">${models.title}</h2>
    <p class="lede soft">${models.lede}</p>
    <div>
      ${dossiers.map((dossier) => {
        const { model, measured } = dossier;
        return html`<details
          class="model"
          data-model=${model}
          ${fold(`model.${model}`)}
          @toggle=${(event: Event) => {
            if ((event.target as HTMLDetailsElement).open) wanted(model);
          }}
        >
          <summary>
            <strong>${t.model(model)}</strong>
            <span class="soft">${models.summary(t.modelLong(model), measured ? models.accuracy(measured.accuracy) : '')}</span>
          </summary>
          <div class="unfolded pair">
            <div class="diagram">
              <h3>${diagram.title}</h3>
              ${drawing(dossier, drawings.get(model))}
            </div>
            <div class="stack">${facts(dossier)} ${curve(model, 'loss')} ${curve(model, 'accuracy')}</div>
          </div>
        </details>`;
      })}
    </div>
  </section>`;
}

const scored = perLanguage(() =>
  dossiers.flatMap(({ model, measured }) =>
    measured ? [{ name: t.model(model), accuracy: measured.accuracy, low: measured.interval[0] ?? 0, high: measured.interval[1] ?? 1 }] : [],
  ),
);
const accuracies = perLanguage((): ChartSpec => ({ chart: 'accuracies', data: scored() }));

const accuracyTable = (): ChartTable => ({
  heads: t.notebook.compared.heads,
  rows: scored().map(({ name, accuracy, low, high }) => [name, ...[accuracy, low, high].map(t.metrics.figure)]),
});

/** Accuracies with intervals, and every pair. */
export function comparedSection(): TemplateResult {
  const { compared } = t.notebook;
  const best = scored().toSorted((a, b) => b.accuracy - a.accuracy)[0];
  const rows = pairs.map(({ first, second, only_first, only_second, p }) => {
    const sure = p < 0.05 / pairs.length;
    const winner = only_first > only_second ? first : second;
    return html`<tr>
      <th scope="row">${compared.pair(t.model(first), t.model(second))}</th>
      <td>${t.count(only_first)}</td>
      <td>${t.count(only_second)}</td>
      <td>${compared.p(p)}</td>
      <td class="text">${sure ? compared.better(t.model(winner)) : compared.open}</td>
    </tr>`;
  });
  return html`<section class="wide" aria-labelledby="compared">
    <h2 id="compared">${compared.title}</h2>
    <p class="lede soft">${compared.lede}</p>
    <div class="pair">
      <vitrine-chart-figure
        .heading=${compared.chart}
        .note=${compared.note}
        .summary=${best ? compared.says(best.name, best.accuracy) : ''}
        .height=${80 + 56 * scored().length}
        .spec=${accuracies()}
        .data=${accuracyTable}
      ></vitrine-chart-figure>
      <div class="stack tight">
        <h3>${compared.pairs}</h3>
        ${figuresTable(compared.caption, compared.pairHeads, rows)}
        <p class="soft small">${compared.test(pairs.length)}</p>
        ${exact ? html`<p class="soft small">${compared.exact(exact.k, exact.accuracy, exact.agreement)}</p>` : nothing}
      </div>
    </div>
  </section>`;
}
