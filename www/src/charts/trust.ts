/** How far probabilities can be trusted: reliability, confidence, curves of one class against the rest, coverage. */
import { areaY, axisX, axisY, dot, gridX, gridY, line, type Markish, rect, ruleX, ruleY, text } from '@observablehq/plot';
import { t } from '../messages';
import type { Answered, Bin } from '../shapes.notebook';
import { colours, draw, numberTick, percentTick, type Size } from './plot';

const shares = { domain: [0, 1] } as const;
const frame = { marginLeft: 52, marginRight: 24, marginTop: 28, marginBottom: 46 } as const;

const shareAxes = ({ width }: Size): Markish[] => [
  gridX({ stroke: colours.line, strokeOpacity: 1, ticks: width < 360 ? 3 : 5 }),
  gridY({ stroke: colours.line, strokeOpacity: 1, ticks: 5 }),
  axisX({ ticks: width < 360 ? 3 : 5, tickFormat: percentTick, labelAnchor: 'center', labelArrow: 'none', labelOffset: 40, tickSize: 0 }),
  axisY({ ticks: 5, tickFormat: percentTick, labelArrow: 'none', tickSize: 0 }),
];

/** Accuracy by confidence beside the diagonal, where both would be equal. */
export function reliability(bins: readonly Bin[], size: Size): SVGSVGElement {
  const filled = bins.filter(({ images }) => images > 0);
  return draw(
    {
      ...frame,
      x: { ...shares, label: t.notebook.trust.confidence },
      y: { ...shares, label: t.notebook.trust.accuracy },
      marks: [
        ...shareAxes(size),
        rect(filled, { x1: 'low', x2: 'high', y1: 0, y2: 'accuracy', fill: colours.bar, fillOpacity: 0.7, insetLeft: 1, insetRight: 1 }),
        line([[0, 0], [1, 1]], { stroke: colours.soft, strokeDasharray: '4 4' }),
        ruleX(filled, { x: 'confidence', y1: 'confidence', y2: 'accuracy', stroke: colours.accent, strokeWidth: 2 }),
        dot(filled, { x: 'confidence', y: 'accuracy', r: 3.5, fill: colours.accent }),
      ],
    },
    size,
  );
}

/** How many images there are of each confidence. */
export function confidences(bins: readonly Bin[], size: Size): SVGSVGElement {
  return draw(
    {
      ...frame,
      x: { ...shares, label: t.notebook.trust.confidence },
      y: { label: t.notebook.trust.images, nice: true },
      marks: [
        gridY({ stroke: colours.line, strokeOpacity: 1, ticks: 4 }),
        axisX({ ticks: size.width < 360 ? 3 : 5, tickFormat: percentTick, labelAnchor: 'center', labelArrow: 'none', labelOffset: 40, tickSize: 0 }),
        axisY({ ticks: 4, labelArrow: 'none', tickSize: 0, tickFormat: numberTick }),
        rect(bins, { x1: 'low', x2: 'high', y1: 0, y2: 'images', fill: colours.bar, insetLeft: 1, insetRight: 1 }),
        ruleY([0], { stroke: colours.soft }),
      ],
    },
    size,
  );
}

/** A curve of each class, one of them brought forward. */
export interface ClassLines {
  readonly kind: 'roc' | 'precisionRecall';
  readonly lines: readonly { readonly name: string; readonly points: readonly (readonly [number, number])[] }[];
  readonly chosen: string;
}

/** The curves of all classes, thin, under the chosen one. */
export function classLines({ kind, lines, chosen }: ClassLines, size: Size): SVGSVGElement {
  const points = lines.flatMap(({ name, points }) => points.map(([x, y]) => ({ name, x, y })));
  const { trust } = t.notebook;
  return draw(
    {
      ...frame,
      x: { ...shares, label: kind === 'roc' ? trust.falsePositives : trust.recall },
      y: { ...shares, label: kind === 'roc' ? trust.truePositives : trust.precision },
      marks: [
        ...shareAxes(size),
        ...(kind === 'roc' ? [line([[0, 0], [1, 1]], { stroke: colours.soft, strokeDasharray: '4 4' })] : []),
        line(points, { x: 'x', y: 'y', z: 'name', stroke: colours.bar, strokeWidth: 1 }),
        line(points.filter(({ name }) => name === chosen), { x: 'x', y: 'y', stroke: colours.accent, strokeWidth: 2.5 }),
        text([chosen], { frameAnchor: kind === 'roc' ? 'bottom-right' : 'bottom-left', dx: kind === 'roc' ? -8 : 8, dy: -8, text: (name: string) => name, fill: colours.accent, fontWeight: 600 }),
      ],
    },
    size,
  );
}

/** Coverage and selective accuracy over the threshold, and the threshold in force. */
export interface Coverage {
  readonly answered: readonly Answered[];
  readonly images: number;
  readonly threshold: number;
}

/** Coverage broken, accuracy whole, the threshold upright. */
export function coverage({ answered, images, threshold }: Coverage, size: Size): SVGSVGElement {
  const { trust } = t.notebook;
  const covered = answered.map((each) => ({ threshold: each.threshold, share: each.images / images }));
  const right = answered.filter((each) => each.images > 0).map((each) => ({ threshold: each.threshold, share: each.right / each.images }));
  const middle = Math.floor(answered.length * 0.35);
  const fallen = covered.findIndex(({ share }) => share < 0.5);
  return draw(
    {
      ...frame,
      x: { ...shares, label: trust.threshold },
      y: { ...shares, label: trust.share },
      marks: [
        ...shareAxes(size),
        areaY(covered, { x: 'threshold', y: 'share', fill: colours.bar, fillOpacity: 0.25 }),
        line(covered, { x: 'threshold', y: 'share', stroke: colours.ink, strokeDasharray: '5 4', strokeWidth: 1.5 }),
        line(right, { x: 'threshold', y: 'share', stroke: colours.accent, strokeWidth: 2.5 }),
        ruleX([threshold], { stroke: colours.ink, strokeWidth: 1.5 }),
        text(covered.slice(fallen, fallen + 1), { x: 'threshold', y: 'share', text: () => trust.coverage, textAnchor: 'end', dx: -10 }),
        text(right.slice(middle, middle + 1), { x: 'threshold', y: 'share', text: () => trust.selective, fill: colours.accent, dy: 18 }),
      ],
    },
    size,
  );
}
