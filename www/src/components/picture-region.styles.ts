/** The look of a picture on which one points and frames. */
import { css } from 'lit';

export const regionStyles = css`
  :host {
    display: grid;
    gap: var(--space-2);
    width: 100%;
  }
  .board {
    position: relative;
  }
  .over {
    position: absolute;
    inset: var(--space-2);
    display: grid;
    place-items: center;
    pointer-events: none;
  }
  .area {
    position: relative;
    overflow: hidden;
    pointer-events: auto;
  }
  .framed {
    touch-action: none;
    cursor: crosshair;
  }
  .frame {
    position: absolute;
    border: 2px solid var(--accent);
    outline-offset: -5px;
    /* What is outside counts for nothing. */
    box-shadow: 0 0 0 100vmax color-mix(in srgb, var(--paper) 72%, transparent);
    cursor: move;
  }
  .frame::before,
  .frame::after {
    content: '';
    position: absolute;
    width: calc(0.75 * var(--unit));
    height: calc(0.75 * var(--unit));
    background: var(--accent);
  }
  .frame::before {
    inset-block-start: 0;
    inset-inline-start: 0;
    cursor: nwse-resize;
  }
  .frame::after {
    inset-block-end: 0;
    inset-inline-end: 0;
    cursor: nwse-resize;
  }
  .aim {
    position: absolute;
    inset: 0;
    min-height: 0;
    border: 0;
    border-radius: 0;
    background: none;
    cursor: crosshair;
  }
  .aim:hover:not(:disabled) {
    background: none;
  }
  .mark {
    position: absolute;
    width: calc(1.25 * var(--unit));
    height: calc(1.25 * var(--unit));
    border: 2px solid var(--accent);
    border-radius: 50%;
    box-shadow: 0 0 0 2px var(--paper), inset 0 0 0 2px var(--paper);
    transform: translate(-50%, -50%);
    pointer-events: none;
  }
  .row {
    display: flex;
    flex-wrap: wrap;
    gap: var(--space-2);
  }
  button[aria-pressed='true'] {
    border-color: var(--accent);
    background: var(--accent-wash);
  }
  @media (forced-colors: active) {
    button[aria-pressed='true'],
    button[aria-pressed='true']:hover:not(:disabled, [aria-disabled='true']) {
      background: Highlight;
      color: HighlightText;
      forced-color-adjust: none;
    }
    .frame,
    .mark {
      border-color: Highlight;
    }
    .frame::before,
    .frame::after {
      forced-color-adjust: none;
      background: Highlight;
    }
  }
  @media print {
    .row,
    .small {
      display: none;
    }
  }
`;
