/** What the models learned from: counts, examples, intensities, oddities. */
import { html, nothing, type TemplateResult } from 'lit';
import { fold } from '../../components/fold';
import { foreign } from '../../components/foreign';
import type { ChartSpec, ChartTable } from '../../components/notebook/chart-figure';
import { classNames } from '../../lab/classes';
import { perLanguage, t } from '../../messages';
import type { Gallery } from '../../shapes.notebook';
import { dataSet, labels } from './data';

/** Garments of each class. */
export const EACH = 10;

const grid = dataSet.total_intensity_grid;
/** The classes with the names that the page has for them: what is made of them is made anew in another language. */
const classes = perLanguage(() => dataSet.classes.map((each) => ({ ...each, name: t.className(each.name) })));
const boxes = perLanguage(() => classes().map(({ name, mean_intensity_box: { quartiles, whiskers, outliers } }) => ({
  name,
  outliers,
  quartiles: [quartiles[0] ?? 0, quartiles[1] ?? 0, quartiles[2] ?? 0] as const,
  whiskers: [whiskers[0] ?? 0, whiskers[1] ?? 0] as const,
})));

const counts = perLanguage((): ChartSpec => ({ chart: 'classCounts', data: classes() }));
const densities = perLanguage((): ChartSpec => ({ chart: 'densities', data: { grid, classes: classes().map(({ name, total_intensity_density: density }) => ({ name, density })) } }));
const boxPlots = perLanguage((): ChartSpec => ({ chart: 'boxPlots', data: boxes() }));

const countTable = (): ChartTable => ({ heads: [t.notebook.counts.class, t.notebook.counts.count], rows: classes().map(({ name, count }) => [name, t.count(count)]) });
export const densityTable = (): ChartTable => ({
  heads: [t.notebook.density.head, ...classNames(labels)],
  rows: grid.map((at, index) => [t.number(at, 1), ...classes().map(({ total_intensity_density: density }) => t.notebook.density.figure(density[index] ?? 0))]),
});
export const boxTable = (): ChartTable => ({
  heads: t.notebook.box.heads,
  rows: boxes().map(({ name, quartiles, whiskers, outliers }) => [name, ...[whiskers[0], ...quartiles, whiskers[1]].map((at) => t.number(at, 3)), t.count(outliers)]),
});

function peaks(): (readonly [string, number])[] {
  return classes().map(({ name, total_intensity_density: density }) => [name, grid[density.indexOf(Math.max(...density))] ?? 0] as const);
}

/** Pictures of the suspects, fetched when they are first wanted. */
export interface Recalled {
  readonly pictures: ReadonlyMap<number, Uint8Array> | undefined;
  readonly problem: string | undefined;
  readonly want: () => void;
}

/** The labels that are doubted. */
export const suspects = dataSet.suspicious_labels ?? [];

function oddities({ pictures, problem, want }: Recalled): TemplateResult {
  const { oddities: texts } = t.notebook;
  const { duplicates_within_train: within, duplicates_across: across } = dataSet;
  const opened = ({ target }: Event): void => {
    if ((target as HTMLDetailsElement).open) want();
  };
  return html`<details class="oddities" ${fold('oddities')} @toggle=${opened}>
    <summary>${texts.title}</summary>
    <div class="unfolded">
      <p>${texts.duplicates(within.length, across.length)}</p>
      <p>${texts.suspects(suspects.length)}</p>
      ${problem ? html`<p class="problem">${foreign(texts.failed(problem))}</p>` : nothing}
      ${pictures ? html`<vitrine-suspect-list .suspects=${suspects} .pictures=${pictures} .labels=${labels}></vitrine-suspect-list>` : nothing}
    </div>
  </details>`;
}

/** `problem`: why there are no examples. */
export function dataSection(gallery: Gallery | undefined, problem: string | undefined, recalled: Recalled): TemplateResult {
  const { data, counts: count, density, box, samples } = t.notebook;
  const sizes = dataSet.classes.map((each) => each.count);
  const byMedian = boxes().toSorted((a, b) => a.quartiles[1] - b.quartiles[1]);
  const [low, high] = [byMedian[0], byMedian.at(-1)];
  return html`<section class="wide" aria-labelledby="data">
    <h2 id="data">${data.title}</h2>
    <p class="lede soft">${data.lede(sizes.reduce((sum, size) => sum + size, 0))}</p>
    <div class="pair">
      <figure class="samples">
        <figcaption>
          <h3>${samples.title}</h3>
          <p class="soft small">${problem ? foreign(samples.failed(problem)) : gallery ? samples[gallery.source] : samples.waiting}</p>
        </figcaption>
        <vitrine-sample-grid .gallery=${gallery} .classes=${classNames(labels)} .each=${EACH}></vitrine-sample-grid>
      </figure>
      <vitrine-chart-figure .heading=${density.title} .note=${density.note} .summary=${density.says(peaks())} .height=${470} .spec=${densities()} .data=${densityTable}></vitrine-chart-figure>
      <vitrine-chart-figure .heading=${count.title} .summary=${count.says(Math.min(...sizes), Math.max(...sizes))} .height=${320} .spec=${counts()} .data=${countTable}></vitrine-chart-figure>
      <vitrine-chart-figure
        .heading=${box.title}
        .note=${box.note}
        .summary=${low && high ? box.says(low.name, low.quartiles[1], high.name, high.quartiles[1]) : ''}
        .height=${320}
        .spec=${boxPlots()}
        .data=${boxTable}
      ></vitrine-chart-figure>
    </div>
    ${oddities(recalled)}
  </section>`;
}
