/** Figures on axes and in tables are written as the language in use writes them. */
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import * as charts from '../../charts';
import { noveltyChart } from '../../charts/why/novelty';
import { speak, t, textsOf } from '../../messages';
import { boxTable, densityTable } from './data-section';

interface Axis {
  readonly ticks?: unknown;
  readonly tickFormat?: (value: number) => string;
}

const axes = vi.hoisted((): Record<'axisX' | 'axisY', Axis[]> => ({ axisX: [], axisY: [] }));

/** Plot without a document: it draws nothing, and keeps what the axes were asked for. */
vi.mock('@observablehq/plot', async (original) => {
  const mute = Object.keys(await original<Readonly<Record<string, unknown>>>()).map((name) => [name, () => ({ querySelectorAll: () => [] })] as const);
  return { ...Object.fromEntries(mute), axisX: (options: Axis) => axes.axisX.push(options), axisY: (options: Axis) => axes.axisY.push(options) };
});

beforeAll(async () => {
  vi.stubGlobal('document', { documentElement: {}, querySelector: () => null });
  speak('de', await textsOf('de'));
});
afterAll(async () => {
  speak('en', await textsOf('en'));
  vi.unstubAllGlobals();
});

const size = { width: 400, height: 300 };
const box = { name: 'Hose', whiskers: [0, 0.6], quartiles: [0.1, 0.2, 0.3] } as const;
const bin = { low: 0.9, high: 1, images: 1200, confidence: 0.95, accuracy: 0.9 };

/** What the axes of a chart make of a number. */
function ticks(draw: () => unknown, value: number): { x: (string | undefined)[]; y: (string | undefined)[] } {
  axes.axisX = [];
  axes.axisY = [];
  draw();
  const of = (all: readonly Axis[]): (string | undefined)[] => all.map(({ tickFormat }) => tickFormat?.(value));
  return { x: of(axes.axisX), y: of(axes.axisY) };
}

test('the axes of every chart have German ticks; names of classes and models stay', () => {
  expect(ticks(() => charts.classCounts([{ name: 'Hose', count: 6000 }], size), 2000)).toEqual({ x: ['2.000'], y: [undefined] });
  expect(ticks(() => charts.densities({ grid: [0, 1], classes: [{ name: 'Hose', density: [1, 0] }] }, size), 0.5)).toEqual({ x: ['0,5'], y: [] });
  expect(ticks(() => charts.boxPlots([box], size), 0.05)).toEqual({ x: ['0,05'], y: [undefined] });
  expect(ticks(() => charts.course({ quantity: 'loss', training: [1], validation: [1] }, size), 0.25)).toEqual({ x: ['0,25'], y: ['0,25'] });
  expect(ticks(() => charts.course({ quantity: 'accuracy', training: [1], validation: [1] }, size), 0.85)).toEqual({ x: ['0,85'], y: ['85\u00A0%'] });
  expect(ticks(() => charts.accuracies([{ name: 'CNN', accuracy: 0.93, low: 0.92, high: 0.94 }], size), 0.935)).toEqual({ x: ['93,5\u00A0%'], y: [undefined] });
  expect(ticks(() => charts.reliability([bin], size), 0.2)).toEqual({ x: ['20\u00A0%'], y: ['20\u00A0%'] });
  expect(ticks(() => charts.confidences([bin], size), 1000)).toEqual({ x: ['100000\u00A0%'], y: ['1.000'] });
});

test('the novelty scale has German ticks', () => {
  const values = JSON.stringify(noveltyChart({ novelty: 2, width: 300, em: 16, like: '', unlike: '', own: '', number: t.number, label: '' }));
  expect(values).toContain('"0,25"');
  expect(values).not.toContain('0.25');
});

test('the tables of the data set are German, sums and densities alike', () => {
  const figures = [boxTable(), densityTable()].flatMap(({ rows }) => rows.flatMap(([head = '', ...cells]) => [head, ...cells]));
  expect(figures.filter((figure) => /\d,\d/.test(figure)).length).toBeGreaterThan(50);
  expect(figures.filter((figure) => /\d\.\d/.test(figure) && !/^\d{1,3}\.\d{3}$/.test(figure))).toEqual([]);
  expect(densityTable().rows[1]?.[1]).toMatch(/^\d,\dE-?\d+$/);
});
