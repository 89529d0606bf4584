/** The look of a sheet of filters or maps. */
import { css } from 'lit';

export const mapSheetStyles = css`
  :host {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--space-3);
    align-content: start;
  }
  .stage {
    position: relative;
    border-radius: var(--radius-s);
    background: var(--stage);
    overflow: hidden;
    cursor: zoom-in;
    forced-color-adjust: none;
  }
  .stage:has(:focus-visible) {
    outline: 3px solid var(--focus);
    outline-offset: 2px;
  }
  .stage vitrine-pixel-view {
    aspect-ratio: auto;
  }
  svg {
    position: absolute;
    inset: 0;
    width: 100%;
    height: 100%;
    overflow: hidden;
  }
  rect {
    fill: none;
    vector-effect: non-scaling-stroke;
  }
  .chosen {
    stroke: var(--toward);
    stroke-width: 3px;
  }
  .pointed {
    stroke: var(--stage-ink);
    stroke-width: 2px;
  }
  .large {
    display: grid;
    grid-template-columns: minmax(0, 1fr) minmax(0, 1fr);
    gap: var(--space-3);
    align-items: start;
  }
  .large vitrine-pixel-view {
    border-radius: var(--radius-s);
    outline: 3px solid var(--toward);
    outline-offset: -3px;
    forced-color-adjust: none;
  }
  .said,
  .legend {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--space-1);
    font-size: var(--text-s);
    line-height: 1.35;
  }
  .said .bar {
    aspect-ratio: auto;
    margin-top: var(--space-1);
    border: 1px solid var(--line-strong);
    border-radius: 0;
    outline: none;
  }
  .ends {
    display: flex;
    justify-content: space-between;
    gap: var(--space-2);
  }
`;
