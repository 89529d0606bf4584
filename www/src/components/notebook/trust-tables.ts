/** The data of the charts of trust, in figures. */
import { t } from '../../messages';
import type { Answered, Bin, ClassCurves } from '../../shapes.notebook';
import type { ChartTable } from './chart-figure';

const figure = (value: number): string => (Number.isNaN(value) ? '–' : t.metrics.figure(value));

export function binTable(bins: readonly Bin[]): ChartTable {
  const { trust } = t.notebook;
  return {
    heads: [trust.bin, trust.images, trust.meanConfidence, trust.accuracy],
    rows: bins.map(({ low, high, images, confidence, accuracy }) => [`${t.percent(low, 1)} – ${t.percent(high, 1)}`, t.count(images), figure(confidence), figure(accuracy)]),
  };
}

/** The areas: the points of the curves are thousands. */
export function curveTable(lines: readonly { readonly name: string; readonly curves: ClassCurves }[]): ChartTable {
  const { trust } = t.notebook;
  return { heads: [t.answers.class, trust.areaHead, trust.averagePrecisionHead], rows: lines.map(({ name, curves }) => [name, figure(curves.area), figure(curves.averagePrecision)]) };
}

/** Every fifth threshold. */
export function coverageTable(answered: readonly Answered[], images: number): ChartTable {
  const { trust } = t.notebook;
  return {
    heads: [trust.threshold, trust.coverage, trust.selective],
    rows: answered.filter((_, at) => at % 5 === 0).map((at) => [t.percent(at.threshold), figure(at.images / images), figure(at.right / at.images)]),
  };
}
