/** Where the models go wrong: the explorer of confusions, the images of the open cell, the report. */
import { html, nothing, type TemplateResult } from 'lit';
import { foreign } from '../../components/foreign';
import type { ModelCounts } from '../../components/notebook/confusion-explorer';
import { doubted, membersOf, type Measured } from '../../components/notebook/cell-members';
import type { ExploreEvent, ImagesWantedEvent } from '../../components/notebook/events';
import { predictionsCsv } from '../../components/notebook/report-files';
import { t } from '../../messages';
import type { ModelId, Trial } from '../../shapes';
import type { Badge, MemberGroup, ReportData, Selection } from '../../shapes.notebook';
import { dossiers, duplicates, labels } from './data';

/** Models that were measured in this browser, on the whole test set, with every answer. */
export function measuredModels(trials: readonly Trial[]): Measured[] {
  return trials.flatMap(({ model, state, measurement }) => (state === 'done' && measurement?.outcome ? [{ model, outcome: measurement.outcome }] : []));
}

/** Counts of every model: measured here, committed otherwise. */
export function modelCounts(trials: readonly Trial[]): ModelCounts[] {
  return dossiers.flatMap(({ model }) => {
    const report = reportOf(model, trials);
    return report ? [{ model, confusion: report.confusion }] : [];
  });
}

/** A model's report: measured here, committed otherwise. */
export function reportOf(model: ModelId, trials: readonly Trial[]): ReportData | undefined {
  const trial = trials.find((candidate) => candidate.model === model);
  const committed = dossiers.find((candidate) => candidate.model === model)?.measured;
  if (trial?.state === 'done' && trial.measurement) {
    const { rows, accuracy, confusion, text } = trial.measurement;
    const names = committed?.report.map(({ name }) => name) ?? [];
    return { model, accuracy, confusion, text, measured: true, rows: rows.map((row, label) => ({ ...row, name: names[label] ?? String(label) })) };
  }
  if (!committed) return undefined;
  const { report, accuracy, confusion, text } = committed;
  return { model, rows: report, accuracy, confusion, text, measured: false };
}

/** The images of the open cell; `undefined` when a model of the selection is not measured yet. */
export function groupsOf({ first, second, cell }: Selection, measured: readonly Measured[]): MemberGroup[] | undefined {
  const models = [first, second].filter((model) => model !== '').map((model) => measured.find((candidate) => candidate.model === model));
  if (!cell || models.some((model) => model === undefined)) return undefined;
  const badges = new Map<Badge, ReadonlySet<number>>([
    ['duplicate', duplicates],
    ['doubted', doubted(measured)],
  ]);
  const title = (of: Parameters<typeof t.notebook.cell.groups>[0]): string => t.notebook.cell.groups(of, t.model(first), t.model(second));
  return membersOf(cell, models.filter((model) => model !== undefined), badges, title);
}

/** What this section shows. */
export interface MistakesView {
  /** As the page calls them. */
  readonly classes: readonly string[];
  readonly selection: Selection;
  readonly counts: readonly ModelCounts[];
  readonly report: ReportData | undefined;
  readonly measured: readonly Measured[];
  readonly groups: readonly MemberGroup[] | undefined;
  readonly images: ReadonlyMap<number, Uint8Array>;
  readonly problem: string | undefined;
  /** Asks for a measurement, or says how it stands. */
  readonly measuring: (models: readonly ModelId[]) => TemplateResult;
  readonly explore: (part: Partial<Selection>) => void;
  readonly want: (indices: readonly number[]) => void;
}

/** What a screen reader hears of the cell that was opened. */
function spoken({ selection: { cell }, classes, groups }: MistakesView): string {
  if (!cell || !groups) return '';
  const counts = groups.map(({ title, members: images }) => `${title()}: ${t.count(images.length)}`);
  return `${t.notebook.cell.title(classes[cell.truth] ?? '', classes[cell.predicted] ?? '')}. ${counts.join('; ')}`;
}

function images({ selection, classes, groups, images: arrived, problem, measured, measuring, want }: MistakesView): TemplateResult {
  const { explorer, cell: texts } = t.notebook;
  const { cell, first, second } = selection;
  if (!cell) return html`<p class="soft">${explorer.pick}</p>`;
  const heading = texts.title(classes[cell.truth] ?? '', classes[cell.predicted] ?? '');
  if (!groups) {
    const missing = [first, second].filter((model) => model !== '' && !measured.some((candidate) => candidate.model === model));
    return html`<h3>${heading}</h3>
      <p>${explorer.measureFirst(missing.map((model) => t.model(model)))}</p>
      ${measuring(missing)}`;
  }
  return html`${problem ? html`<p class="problem">${foreign(texts.failed(problem))}</p>` : nothing}
    <vitrine-cell-images .heading=${heading} .groups=${groups} .images=${arrived} @images-wanted=${({ indices }: ImagesWantedEvent) => want(indices)}></vitrine-cell-images>`;
}

export function mistakesSection(view: MistakesView): TemplateResult {
  const { explorer, report: texts } = t.notebook;
  const { classes, selection, counts, report, measured, explore } = view;
  const outcome = measured.find(({ model }) => model === selection.first)?.outcome;
  return html`<section class="wide" aria-labelledby="mistakes">
    <h2 id="mistakes">${explorer.title}</h2>
    <p class="lede soft">${explorer.lede}</p>
    <vitrine-confusion-explorer
      .models=${counts}
      .classes=${classes}
      .selection=${selection}
      @explore=${({ part }: ExploreEvent) => explore(part)}
    ></vitrine-confusion-explorer>
    <p class="sr" role="status">${spoken(view)}</p>
    <div class="cell">${images(view)}</div>
    ${report
      ? html`<details class="report">
          <summary>${texts.title(t.model(report.model))} <span class="soft">${report.measured ? explorer.measured : explorer.committed}</span></summary>
          <div class="unfolded">
            <p class="soft small">${texts.note}</p>
            <vitrine-report-actions .report=${report} .predictions=${outcome && (() => predictionsCsv(outcome, labels))}></vitrine-report-actions>
          </div>
        </details>`
      : nothing}
  </section>`;
}
