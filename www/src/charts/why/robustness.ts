/** Accuracy against the amount of one corruption, a line for each model. */
import { nothing, svg, type SVGTemplateResult } from 'lit';
import type { ModelId } from '../../shapes';
import { type Curve, unmeasured } from './corruption';
import { linear } from './scale';

export interface RobustnessChart {
  readonly curve: Curve;
  /** In the order of their colours. */
  readonly models: readonly ModelId[];
  /** The amount that the sliders hold; `undefined` when it is none. */
  readonly current: number | undefined;
  /** CSS pixels. */
  readonly width: number;
  /** The size of the text, CSS pixels. */
  readonly em: number;
  readonly number: (value: number) => string;
  /** The text alternative. */
  readonly label: string;
}

const HEIGHT = 132;
const [RIGHT, TOP] = [10, 10];
/** How many series have a colour and a marker of their own. */
const SERIES = 4;

/** The marker of a series: circle, square, diamond or triangle, around (x, y). */
export function seriesMarker(series: number, x: number, y: number): SVGTemplateResult {
  const style = `dot series-${series % SERIES}`;
  switch (series % SERIES) {
    case 0:
      return svg`<circle class=${style} cx=${x} cy=${y} r="3.5"></circle>`;
    case 1:
      return svg`<path class=${style} d="M${x - 3.5},${y - 3.5} h7 v7 h-7 z"></path>`;
    case 2:
      return svg`<path class=${style} d="M${x},${y - 4.5} l4.5,4.5 l-4.5,4.5 l-4.5,-4.5 z"></path>`;
    default:
      return svg`<path class=${style} d="M${x - 4},${y + 3.5} h8 l-4,-7.5 z"></path>`;
  }
}

export function robustnessChart({ curve, models, current, width, em, number, label }: RobustnessChart): SVGTemplateResult {
  const { amounts, accuracy } = curve;
  const [none, strongest] = [amounts[0] ?? 0, amounts.at(-1) ?? 1];
  const bottom = TOP + HEIGHT;
  const left = 2.3 * em;
  const x = linear([none, strongest], [left, width - RIGHT]);
  const y = linear([0, 1], [bottom, TOP]);
  // What was not measured has no place among the points: an arrow leads to it.
  const beyond = unmeasured(curve, current);
  const reached = current === undefined || beyond ? undefined : x(current);
  const place = (value: number): string => value.toFixed(1);
  return svg`<svg class="chart" role="img" aria-label=${label} width=${width} height=${bottom + 1.8 * em} viewBox="0 0 ${width} ${bottom + 1.8 * em}">
    ${[0, 0.5, 1].map((value) => svg`<line class="grid" x1=${left} x2=${width - RIGHT} y1=${y(value)} y2=${y(value)}></line><text x=${left - 6} y=${y(value) + 4} text-anchor="end">${number(value)}</text>`)}
    ${amounts.map((value) => svg`<line class="tick" x1=${x(value)} x2=${x(value)} y1=${bottom} y2=${bottom + 4}></line><text x=${x(value)} y=${bottom + 1.4 * em} text-anchor="middle">${number(value)}</text>`)}
    ${reached === undefined ? nothing : svg`<line class="own" x1=${reached} x2=${reached} y1=${TOP - 6} y2=${bottom}></line>`}
    ${beyond === undefined ? nothing : svg`<path class="beyond" d=${beyond === 'stronger' ? `M${width - RIGHT + 2},${bottom - 12} l7,5 l-7,5 z` : `M${left - 2},${bottom - 12} l-7,5 l7,5 z`}></path>`}
    ${models.map((model, series) => {
      const points = (accuracy[model] ?? []).map((value, index) => ({ x: x(amounts[index] ?? none), y: y(value) }));
      return svg`<polyline class="series series-${series % SERIES}" points=${points.map((point) => `${place(point.x)},${place(point.y)}`).join(' ')}></polyline>
        ${points.map((point) => seriesMarker(series, point.x, point.y))}`;
    })}
  </svg>`;
}
