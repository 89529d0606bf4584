/** A ridge for each class: how total intensity is spread, and where the picture lies. The caption below names the axis: it wraps. */
import { nothing, svg, type SVGTemplateResult } from 'lit';
import type { Densities } from '../../shapes.why';
import { linear, ticks } from './scale';

export interface DensitiesChart {
  readonly data: Densities;
  /** The picture's total intensity. */
  readonly total: number | undefined;
  /** CSS pixels. */
  readonly width: number;
  /** The size of the text, CSS pixels. */
  readonly em: number;
  readonly own: string;
  readonly number: (value: number) => string;
  /** The text alternative. */
  readonly label: string;
}

/** Pixels from one ridge's ground to the next, and how high the highest rises: ridges may overlap the one above. */
const ROW = 30;
const RISE = 42;
const TOP = 34;
/** The width of a letter in bold, generously, as a share of the text's size. */
const LETTER = 0.6;

export function densitiesChart({ data, total, width, em, own, number, label }: DensitiesChart): SVGTemplateResult {
  const { grid, classes } = data;
  const [least, most] = [0, grid.at(-1) ?? 1];
  const names = Math.max(...classes.map(({ name }) => name.length)) * LETTER * em + 8;
  const x = linear([least, most], [names, width - 8]);
  const highest = Math.max(...classes.flatMap(({ values }) => values));
  const bottom = TOP + classes.length * ROW;
  const at = total === undefined ? undefined : x(Math.min(most, Math.max(least, total)));
  const point = (ground: number, value: number, place: number): string => `${x(place).toFixed(1)},${(ground - (value / highest) * RISE).toFixed(1)}`;
  const ridge = (values: readonly number[], ground: number, until: number): string => {
    const inside = grid.map((place, index) => ({ place, value: values[index] ?? 0 })).filter(({ place }) => place <= until);
    const end = inside.at(-1)?.place ?? least;
    return `M${point(ground, 0, inside[0]?.place ?? least)} ${inside.map(({ place, value }) => `L${point(ground, value, place)}`).join(' ')} L${point(ground, 0, end)} Z`;
  };
  const textAt = at === undefined ? 0 : Math.min(Math.max(at, names + 30), width - 40);
  return svg`<svg class="chart" role="img" aria-label=${label} width=${width} height=${bottom + 1.8 * em} viewBox="0 0 ${width} ${bottom + 1.8 * em}">
    ${ticks(least, most, Math.max(2, Math.floor(width / 90))).map(
      (value) => svg`<line class="grid" x1=${x(value)} x2=${x(value)} y1=${TOP} y2=${bottom}></line>
        <text x=${x(value)} y=${bottom + 1.4 * em} text-anchor="middle">${number(value)}</text>`,
    )}
    ${classes.map(({ name, values }, row) => {
      const ground = TOP + (row + 1) * ROW;
      return svg`<path class="area" d=${ridge(values, ground, most)}></path>
        ${total === undefined ? nothing : svg`<path class="below" d=${ridge(values, ground, total)}></path>`}
        <text class="strong" x=${names - 8} y=${ground - 3} text-anchor="end">${name}</text>`;
    })}
    <line class="axis" x1=${names} x2=${width - 8} y1=${bottom} y2=${bottom}></line>
    ${at === undefined ? nothing : svg`<line class="own" x1=${at} x2=${at} y1=${18} y2=${bottom}></line><text class="own-text" x=${textAt} y="12" text-anchor="middle">${own}</text>`}
  </svg>`;
}
