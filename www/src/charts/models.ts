/** How models learned, and how they compare. */
import { axisX, axisY, dot, gridX, gridY, line, ruleY, text } from '@observablehq/plot';
import { t } from '../messages';
import { colours, draw, numberTick, percentTick, type Size } from './plot';

/** A quantity after each epoch, in order; the validation's may be missing. */
export interface Course {
  readonly quantity: 'loss' | 'accuracy';
  readonly training: readonly number[];
  readonly validation: readonly (number | undefined)[];
}

/** How far apart the names of two lines are at least, in CSS pixels: a line of text. */
const APART = 18;

/** The ends of two lines with how far below each its name stands: the higher one's above it, however close they are. */
export function apart<End extends { readonly value: number }>(ends: readonly End[]): (End & { readonly dy: number })[] {
  return ends.toSorted((a, b) => b.value - a.value).map((end, at) => ({ ...end, dy: ends.length === 1 ? 0 : at === 0 ? -APART / 2 : APART / 2 }));
}

/** Whole epochs to mark, the first and evenly spaced ones, at most `most`. */
function epochs(count: number, most: number): number[] {
  const step = [1, 2, 5, 10, 20, 50].find((every) => count / every <= most) ?? 100;
  return Array.from({ length: count }, (_, index) => index + 1).filter((epoch) => epoch === 1 || epoch % step === 0);
}

/** Two lines over the epochs: training broken, validation whole, each named at its end. */
export function course({ quantity, training, validation }: Course, size: Size): SVGSVGElement {
  const points = (values: readonly (number | undefined)[]): { epoch: number; value: number }[] =>
    values.flatMap((value, index) => (value === undefined ? [] : [{ epoch: index + 1, value }]));
  const [learned, checked] = [points(training), points(validation)];
  const ends = [
    { last: learned.at(-1), name: t.notebook.course.training },
    { last: checked.at(-1), name: t.notebook.course.validation },
  ].flatMap(({ last, name }) => (last ? [{ ...last, name }] : []));
  return draw(
    {
      marginLeft: 52,
      marginRight: 84,
      marginTop: 28,
      marginBottom: 46,
      x: { label: t.notebook.course.epoch, domain: [1, Math.max(2, training.length)] },
      y: { label: quantity === 'loss' ? t.notebook.course.loss : t.notebook.course.accuracy, zero: quantity === 'loss', nice: true },
      marks: [
        gridY({ stroke: colours.line, strokeOpacity: 1 }),
        axisX({ ticks: epochs(training.length, size.width / 60), tickFormat: numberTick, labelAnchor: 'center', labelArrow: 'none', labelOffset: 40, tickSize: 0 }),
        axisY({ ticks: 5, tickSize: 0, labelArrow: 'none', tickFormat: quantity === 'accuracy' ? percentTick : numberTick }),
        line(learned, { x: 'epoch', y: 'value', stroke: colours.soft, strokeWidth: 1.5, strokeDasharray: '5 4' }),
        line(checked, { x: 'epoch', y: 'value', stroke: colours.accent, strokeWidth: 2 }),
        // One epoch makes no line.
        dot([...(learned.length === 1 ? learned : []), ...(checked.length === 1 ? checked : [])], { x: 'epoch', y: 'value', fill: colours.ink }),
        ...apart(ends).map((end) => text([end], { x: 'epoch', y: 'value', text: 'name', textAnchor: 'start', dx: 8, dy: end.dy })),
      ],
    },
    size,
  );
}

/** A share with its interval. */
export interface Scored {
  readonly name: string;
  readonly accuracy: number;
  readonly low: number;
  readonly high: number;
}

/** The width of a letter, generously, in CSS pixels. */
const LETTER = 8.5;

/** A point with its interval for each model. */
export function accuracies(data: readonly Scored[], size: Size): SVGSVGElement {
  return draw(
    {
      marginLeft: Math.max(92, 8 + LETTER * Math.max(...data.map(({ name }) => name.length))),
      marginRight: 24,
      marginBottom: 46,
      x: { label: t.notebook.compared.axis, nice: true },
      y: { label: null, domain: data.map(({ name }) => name), type: 'band' },
      marks: [
        gridX({ stroke: colours.line, strokeOpacity: 1 }),
        axisX({ ticks: Math.max(3, Math.floor(size.width / 110)), tickFormat: (share: number) => t.percent(share, 1), labelAnchor: 'center', labelArrow: 'none', labelOffset: 40, tickSize: 0 }),
        axisY({ tickSize: 0, tickPadding: 8 }),
        ruleY(data, { x1: 'low', x2: 'high', y: 'name', stroke: colours.soft, strokeWidth: 2, marker: 'tick' }),
        dot(data, { x: 'accuracy', y: 'name', r: 5, fill: colours.accent }),
        text(data, { x: 'accuracy', y: 'name', text: ({ accuracy }: Scored) => t.metrics.figure(accuracy), dy: -14 }),
      ],
    },
    size,
  );
}
