/** How these charts look: they are drawn in CSS pixels, so text keeps its size. */
import { css } from 'lit';

export const chartStyles = css`
  svg.chart {
    display: block;
    max-width: 100%;
    overflow: visible;
  }
  .chart text {
    fill: var(--ink-soft);
    font: 400 var(--text-s) / 1 var(--font-text);
  }
  .chart .strong {
    fill: var(--ink);
    font-weight: 600;
  }
  .chart .axis,
  .chart .tick {
    stroke: var(--line-strong);
  }
  .chart .grid {
    stroke: var(--line);
  }
  .chart .area {
    fill: var(--bar);
    fill-opacity: 0.45;
    stroke: var(--line-strong);
  }
  .chart .below {
    fill: var(--accent);
    fill-opacity: 0.35;
  }
  .chart .own {
    stroke: var(--accent);
    stroke-width: 2;
  }
  .chart .own-text {
    fill: var(--accent);
    font-weight: 700;
  }
  .chart .beyond {
    fill: var(--accent);
  }
  .chart .like {
    fill: var(--sunken);
  }
  .chart .unlike {
    fill: var(--warn-wash);
  }
  .chart .unlike-text {
    fill: var(--warn);
  }
  .chart .marker {
    fill: var(--accent);
  }
  .chart .series {
    fill: none;
    stroke-width: 2;
  }
  .series-0 {
    stroke: var(--series-1);
    color: var(--series-1);
  }
  .series-1 {
    stroke: var(--series-2);
    color: var(--series-2);
  }
  .series-2 {
    stroke: var(--series-3);
    color: var(--series-3);
  }
  .series-3 {
    stroke: var(--series-4);
    color: var(--series-4);
  }
  .dot {
    fill: var(--surface);
    stroke-width: 2;
  }
  @media (forced-colors: active) {
    .chart text,
    .chart .strong,
    .chart .own-text,
    .chart .unlike-text {
      fill: CanvasText;
    }
    .chart .own,
    .chart .axis,
    .chart .tick {
      stroke: CanvasText;
    }
    .chart .marker,
    .chart .beyond,
    .chart .below {
      fill: Highlight;
    }
    .chart .like,
    .chart .unlike {
      fill: Canvas;
      stroke: CanvasText;
    }
  }
`;
