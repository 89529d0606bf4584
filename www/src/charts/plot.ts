/** Observable Plot under the page's policy: a picture without inline style, in the page's colours. */
import { lineY, plot, ruleY, type PlotOptions } from '@observablehq/plot';
import { t } from '../messages';

/** In CSS pixels. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** The page's colours, as Plot takes them. */
export const colours = {
  ink: 'var(--ink)',
  soft: 'var(--ink-soft)',
  line: 'var(--line)',
  accent: 'var(--accent)',
  bar: 'var(--bar)',
  surface: 'var(--surface)',
} as const;

/** A number as a tick of an axis. Plot's own ticks are written as in English. */
export const numberTick = (value: number): string => t.number(value);

/** A share of 1 as a tick of an axis. */
export const percentTick = (share: number): string => t.percent(share);

/** The picture. What it says stands beside it, in its text alternative and its table: inside it nothing is announced. */
export function draw(options: PlotOptions, { width, height }: Size): SVGSVGElement {
  const picture = plot({ ...options, className: 'chart', width, height, style: { background: 'none', color: 'inherit' } });
  // Removed before it is in the document, where the policy would refuse it; chart-figure.ts has these rules.
  for (const style of picture.querySelectorAll('style')) style.remove();
  for (const part of picture.querySelectorAll('[aria-label]')) part.removeAttribute('aria-label');
  return picture as SVGSVGElement;
}

let isPrepared = false;

/** Draws a small picture for nobody, once: the first one that is seen would otherwise compile all of Plot in one long task. */
export function prepare(): void {
  if (isPrepared) return;
  isPrepared = true;
  draw({ x: { label: 'x' }, marks: [lineY([0, 1]), ruleY([0])] }, { width: 100, height: 100 });
}
