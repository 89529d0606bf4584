/** What the training images are like: counts, densities, box plots. */
import { areaY, axisFy, axisX, axisY, barX, gridX, lineY, ruleX, ruleY, text, tickX } from '@observablehq/plot';
import { t } from '../messages';
import { colours, draw, numberTick, type Size } from './plot';

/** One class with a number of images. */
export interface ClassCount {
  readonly name: string;
  readonly count: number;
}

/** A bar a class. */
export function classCounts(data: readonly ClassCount[], size: Size): SVGSVGElement {
  return draw(
    {
      marginLeft: 92,
      marginRight: 52,
      marginBottom: 46,
      x: { label: t.notebook.counts.axis },
      y: { label: null, domain: data.map(({ name }) => name), padding: 0.3 },
      marks: [
        axisX({ ticks: Math.max(2, Math.floor(size.width / 120)), tickFormat: numberTick, labelAnchor: 'center', labelArrow: 'none', labelOffset: 40, tickSize: 0 }),
        axisY({ tickSize: 0, tickPadding: 8 }),
        barX(data, { x: 'count', y: 'name', fill: colours.bar }),
        text(data, { x: 'count', y: 'name', text: ({ count }: ClassCount) => t.count(count), textAnchor: 'start', dx: 6 }),
        ruleX([0], { stroke: colours.soft }),
      ],
    },
    size,
  );
}

/** Densities at common points. */
export interface Densities {
  readonly grid: readonly number[];
  readonly classes: readonly { readonly name: string; readonly density: readonly number[] }[];
}

/** A row a class, all to one scale. */
export function densities({ grid, classes }: Densities, size: Size): SVGSVGElement {
  const points = classes.flatMap(({ name, density }) => grid.map((at, index) => ({ name, at, density: density[index] ?? 0 })));
  return draw(
    {
      marginLeft: 92,
      marginRight: 12,
      marginTop: 4,
      marginBottom: 46,
      x: { label: t.notebook.density.axis },
      y: { axis: null },
      fy: { label: null, domain: classes.map(({ name }) => name), padding: 0.08 },
      marks: [
        gridX({ stroke: colours.line, strokeOpacity: 1 }),
        axisX({ anchor: 'bottom', ticks: Math.max(3, Math.floor(size.width / 90)), tickFormat: numberTick, labelAnchor: 'center', labelArrow: 'none', labelOffset: 40, tickSize: 0 }),
        axisFy({ anchor: 'left', tickSize: 0, tickPadding: 8 }),
        areaY(points, { x: 'at', y: 'density', fy: 'name', fill: colours.bar, fillOpacity: 0.6 }),
        lineY(points, { x: 'at', y: 'density', fy: 'name', stroke: colours.ink, strokeWidth: 1.25 }),
        ruleY([0], { stroke: colours.line }),
      ],
    },
    size,
  );
}

/** One class's box plot. */
export interface Box {
  readonly name: string;
  readonly whiskers: readonly [number, number];
  readonly quartiles: readonly [number, number, number];
}

/** A box a class, lying. */
export function boxPlots(data: readonly Box[], size: Size): SVGSVGElement {
  const low = ({ quartiles }: Box): number => quartiles[0];
  const high = ({ quartiles }: Box): number => quartiles[2];
  return draw(
    {
      marginLeft: 92,
      marginRight: 12,
      marginBottom: 46,
      x: { label: t.notebook.box.axis, domain: [0, Math.max(...data.map(({ whiskers }) => whiskers[1])) * 1.02] },
      y: { label: null, domain: data.map(({ name }) => name), padding: 0.4 },
      marks: [
        gridX({ stroke: colours.line, strokeOpacity: 1 }),
        axisX({ ticks: Math.max(3, Math.floor(size.width / 90)), tickFormat: numberTick, labelAnchor: 'center', labelArrow: 'none', labelOffset: 40, tickSize: 0 }),
        axisY({ tickSize: 0, tickPadding: 8 }),
        ruleY(data, { x1: ({ whiskers }: Box) => whiskers[0], x2: ({ whiskers }: Box) => whiskers[1], y: 'name', stroke: colours.soft }),
        tickX(data.flatMap(({ name, whiskers }) => whiskers.map((at) => ({ name, at }))), { x: 'at', y: 'name', stroke: colours.soft, insetTop: 4, insetBottom: 4 }),
        barX(data, { x1: low, x2: high, y: 'name', fill: colours.bar, stroke: colours.soft }),
        tickX(data, { x: ({ quartiles }: Box) => quartiles[1], y: 'name', stroke: colours.ink, strokeWidth: 2.5 }),
      ],
    },
    size,
  );
}
