/** The novelty scale: 1 is the distance below which 95% of unseen garments lie; beyond it a picture is unlike them. */
import { nothing, svg, type SVGTemplateResult } from 'lit';
import { logarithmic } from './scale';

export interface NoveltyChart {
  readonly novelty: number | undefined;
  /** CSS pixels. */
  readonly width: number;
  /** The size of the text, CSS pixels. */
  readonly em: number;
  readonly like: string;
  readonly unlike: string;
  readonly own: string;
  readonly number: (value: number) => string;
  /** The text alternative. */
  readonly label: string;
}

const TICKS = [0.25, 0.5, 1, 2, 4];
const ENDS = [0.2, 5] as const;
const BAND = { top: 34, height: 44 };

export function noveltyChart({ novelty, width, em, like, unlike, own, number, label }: NoveltyChart): SVGTemplateResult {
  const x = logarithmic(ENDS, [4, width - 4]);
  const bottom = BAND.top + BAND.height;
  const middle = BAND.top + BAND.height / 2 + 4;
  const at = novelty === undefined ? undefined : x(Math.min(ENDS[1], Math.max(ENDS[0], novelty)));
  const textAt = at === undefined ? 0 : Math.min(Math.max(at, 40), width - 40);
  return svg`<svg class="chart" role="img" aria-label=${label} width=${width} height=${bottom + 1.9 * em} viewBox="0 0 ${width} ${bottom + 1.9 * em}">
    <rect class="like" x=${x(ENDS[0])} y=${BAND.top} width=${x(1) - x(ENDS[0])} height=${BAND.height}></rect>
    <rect class="unlike" x=${x(1)} y=${BAND.top} width=${x(ENDS[1]) - x(1)} height=${BAND.height}></rect>
    <text x=${x(ENDS[0]) + 10} y=${middle}>${like}</text>
    <text class="unlike-text" x=${x(ENDS[1]) - 10} y=${middle} text-anchor="end">${unlike}</text>
    <line class="axis" x1=${x(1)} x2=${x(1)} y1=${BAND.top - 6} y2=${bottom + 6}></line>
    ${TICKS.map((value) => svg`<line class="tick" x1=${x(value)} x2=${x(value)} y1=${bottom} y2=${bottom + 5}></line><text x=${x(value)} y=${bottom + 1.5 * em} text-anchor="middle">${number(value)}</text>`)}
    <line class="axis" x1=${x(ENDS[0])} x2=${x(ENDS[1])} y1=${bottom} y2=${bottom}></line>
    ${
      at === undefined
        ? nothing
        : svg`<path class="marker" d="M${at - 7},${BAND.top - 14} h14 l-7,12 z"></path><line class="own" x1=${at} x2=${at} y1=${BAND.top - 2} y2=${bottom}></line>
          <text class="own-text" x=${textAt} y="12" text-anchor="middle">${own}</text>`
    }
  </svg>`;
}
