/** The look of an occlusion map. */
import { css } from 'lit';

export const heatStyles = css`
  figure {
    display: grid;
    gap: var(--space-2);
  }
  .stage {
    position: relative;
    aspect-ratio: 1;
    border-radius: var(--radius-s);
    background: var(--stage);
    overflow: hidden;
    cursor: crosshair;
    forced-color-adjust: none;
  }
  .stage:focus-within {
    outline: 3px solid var(--focus);
    outline-offset: 2px;
  }
  vitrine-pixel-view {
    opacity: 0.5;
  }
  svg {
    position: absolute;
    inset: 0;
    width: 100%;
    height: 100%;
  }
  .toward {
    fill: var(--toward);
  }
  .against {
    fill: var(--against);
  }
  .patch {
    fill: none;
    stroke: var(--stage-ink);
    stroke-width: 0.5;
    paint-order: stroke;
  }
  .sign {
    display: none;
    fill: var(--stage-ink);
    font: 700 2px/1 var(--font-number);
    text-anchor: middle;
  }
  @media (forced-colors: active), (prefers-contrast: more) {
    .sign {
      display: block;
    }
  }
  /* A sheet of paper has to have room for more than maps. */
  @media print {
    .stage {
      width: 62%;
    }
    .cell {
      min-height: 0 !important;
    }
  }
  figcaption {
    display: grid;
    gap: var(--space-1);
    align-content: start;
    font-size: var(--text-s);
    line-height: 1.35;
  }
  .head {
    display: flex;
    flex-wrap: wrap;
    justify-content: space-between;
    gap: 0 var(--space-3);
    font-size: var(--text-m);
    font-weight: 600;
  }
  .head span + span {
    color: var(--ink-soft);
    font-weight: 400;
  }
  .cell {
    min-height: 2.7em;
    color: var(--ink-soft);
  }
`;
