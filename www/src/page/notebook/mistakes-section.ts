/** Where the models go wrong: the explorer of confusions, the images of the open cell, the report. */
import { html, nothing, type TemplateResult } from 'lit';
import { fold } from '../../components/fold';
import { foreign } from '../../components/foreign';
import type { ModelCounts } from '../../components/notebook/confusion-explorer';
import { doubted, membersOf, membersOfSet } from '../../components/notebook/cell-members';
import type { ExploreEvent, ImagesWantedEvent } from '../../components/notebook/events';
import { predictionRows } from '../../components/notebook/report-files';
import { classNames } from '../../lab/classes';
import { t } from '../../messages';
import type { ModelId, Trial } from '../../shapes';
import type { Badge, ImageSet, MemberGroup, Outcome, ReportData, Selection, Told } from '../../shapes.notebook';
import { duplicates, labels } from './data';
import { dossiers } from './dossiers';

/** A measured model by its name. */
export interface Measured {
  readonly model: ModelId;
  readonly outcome: Outcome;
}

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

/** The images of the open cell or set; `undefined` when a model that it takes has told nothing yet. */
export function groupsOf({ first, second, cell, set }: Selection, told: readonly Told[], sets: ReadonlyMap<ImageSet, readonly number[]>): MemberGroup[] | undefined {
  const badges = new Map<Badge, ReadonlySet<number>>([
    ['duplicate', duplicates],
    ['doubted', doubted(told)],
  ]);
  const models = [first, second].filter((model) => model !== '').map((model) => told.find((candidate) => candidate.model === model));
  if (set) {
    const [own] = models;
    const indices = sets.get(set);
    return own && indices ? membersOfSet(set, indices, told, own, badges, () => titleOf({ cell, set })) : undefined;
  }
  if (!cell || models.some((model) => model === undefined)) return undefined;
  const title = (of: Parameters<typeof t.notebook.cell.groups>[0]): string => t.notebook.cell.groups(of, t.model(first), t.model(second));
  return membersOf(cell, models.filter((model) => model !== undefined), badges, title);
}

/** What the images of a cell, or of a set, have in common. */
function titleOf({ cell, set }: Pick<Selection, 'cell' | 'set'>): string {
  if (set) return set.startsWith('only.') ? t.notebook.sets.only(t.model(set.slice('only.'.length))) : t.notebook.sets[set as 'apart' | 'wrong'];
  const classes = classNames(labels);
  return cell ? t.notebook.cell.title(classes[cell.truth] ?? '', classes[cell.predicted] ?? '') : '';
}

/** What this section shows. */
export interface MistakesView {
  /** As the page calls them. */
  readonly classes: readonly string[];
  readonly selection: Selection;
  readonly counts: readonly ModelCounts[];
  readonly report: ReportData | undefined;
  readonly measured: readonly Measured[];
  readonly told: readonly Told[];
  readonly sets: ReadonlyMap<ImageSet, readonly number[]>;
  /** How many of the answers of `first` that were measured here are not the committed ones; `undefined` where that is not known. */
  readonly differing: number | undefined;
  readonly groups: readonly MemberGroup[] | undefined;
  readonly images: ReadonlyMap<number, Uint8Array>;
  readonly problem: string | undefined;
  /** Why the committed answers did not come. */
  readonly untold: string | undefined;
  readonly retry: () => void;
  /** Whether the images can be fetched; what to do about it otherwise. */
  readonly imageless: TemplateResult | typeof nothing;
  /** Asks for a measurement, or says how it stands. */
  readonly measuring: (models: readonly ModelId[]) => TemplateResult;
  readonly explore: (part: Partial<Selection>) => void;
  readonly want: (indices: readonly number[]) => void;
}

/** What a screen reader hears of the cell or set that was opened. */
function spoken({ selection, groups }: MistakesView): string {
  if (!groups) return '';
  const counts = groups.map(({ title, members: images }) => `${title()}: ${t.count(images.length)}`);
  return selection.set ? counts.join('; ') : `${titleOf(selection)}. ${counts.join('; ')}`;
}

function images({ selection, groups, images: arrived, problem, told, measuring, want, explore, imageless }: MistakesView): TemplateResult {
  const { explorer, cell: texts } = t.notebook;
  const { cell, set, first, second } = selection;
  if (!cell && !set) return html`<p class="soft">${explorer.pick}</p>`;
  if (!groups) {
    const missing = [first, second].filter((model) => model !== '' && !told.some((candidate) => candidate.model === model));
    return html`<h3>${titleOf(selection)}</h3>
      <p>${explorer.measureFirst(missing.map((model) => t.model(model)))}</p>
      ${measuring(missing)}`;
  }
  return html`${problem ? html`<p class="problem">${foreign(texts.failed(problem))}</p>` : nothing} ${imageless}
    <vitrine-cell-images .heading=${() => titleOf(selection)} .rising=${selection.rising} .groups=${groups} .images=${arrived} @images-wanted=${({ indices }: ImagesWantedEvent) => want(indices)} @explore=${({ part }: ExploreEvent) => explore(part)}></vitrine-cell-images>`;
}

/** Buttons that open the images on which the models differ. */
function setChoice({ selection, sets, explore }: MistakesView): TemplateResult | typeof nothing {
  if (sets.size === 0) return nothing;
  return html`<div class="sets" role="group" aria-label=${t.notebook.sets.title}>
    <span class="soft">${t.notebook.sets.title}</span>
    ${[...sets].map(
      ([set, indices]) =>
        html`<button type="button" data-set=${set} aria-pressed=${selection.set === set} @click=${() => explore({ set: selection.set === set ? undefined : set, cell: undefined })}>${titleOf({ cell: undefined, set })} <span class="number soft">${t.count(indices.length)}</span></button>`,
    )}
  </div>`;
}

/** Where the replies come from, and whether those that were measured are the committed ones. */
function source({ told, selection, differing, untold, retry }: MistakesView): TemplateResult | typeof nothing {
  const { explorer } = t.notebook;
  const own = told.find(({ model }) => model === selection.first);
  if (!own) return untold === undefined ? nothing : html`<p class="problem">${foreign(explorer.untold(untold))} <button type="button" @click=${retry}>${t.why.again}</button></p>`;
  const count = own.replies.truth.length;
  if (!own.measured) return html`<p class="soft small">${explorer.told(count)}</p>`;
  return html`<p class="soft small">${explorer.measured}${differing === undefined ? nothing : html`: <span class=${differing === 0 ? 'same' : 'differs'}>${explorer.verified(count, differing)}</span>`}</p>`;
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
    ${source(view)} ${setChoice(view)}
    <p class="sr" role="status">${spoken(view)}</p>
    <div class="cell" id="images" tabindex="-1">${images(view)}</div>
    ${report
      ? html`<details class="report" ${fold('notebook.report')}>
          <summary>${texts.title(t.model(report.model))} <span class="soft">${report.measured ? explorer.measured : explorer.committed}</span></summary>
          <div class="unfolded">
            <p class="soft small">${texts.note}</p>
            <vitrine-report-actions .report=${report} .predictions=${outcome && (() => predictionRows(outcome, labels))}></vitrine-report-actions>
          </div>
        </details>`
      : nothing}
  </section>`;
}
