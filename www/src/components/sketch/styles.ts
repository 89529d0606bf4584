/** The look of the sketch pad. */
import { css } from 'lit';
import { CELLS } from './marks';

export const padStyles = css`
  :host {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--space-3);
  }
  .stage {
    position: relative;
    aspect-ratio: 1;
    border-radius: var(--radius-m);
    overflow: hidden;
    background: var(--stage);
    box-shadow: 0 0 0 1px var(--line);
  }
  canvas {
    display: block;
    width: 100%;
    height: 100%;
    touch-action: none;
    cursor: crosshair;
    user-select: none;
    -webkit-user-select: none;
  }
  /* The ring is the keyboard's, like the cursor. */
  canvas:focus-visible {
    outline: none;
  }
  .keys canvas:focus {
    outline: 3px solid var(--focus);
    outline-offset: -4px;
  }
  /* The network's grid, four of its pixels a square. */
  .stage::after {
    content: '';
    position: absolute;
    inset: 0;
    pointer-events: none;
    background:
      repeating-linear-gradient(to right, var(--stage-line) 0 1px, transparent 1px calc(100% / 7)),
      repeating-linear-gradient(to bottom, var(--stage-line) 0 1px, transparent 1px calc(100% / 7));
  }
  /* What to do with an empty pad, without a word. */
  .ghost {
    position: absolute;
    inset: 0;
    pointer-events: none;
    fill: var(--stage-ghost);
    fill-rule: evenodd;
  }
  .cursor {
    display: none;
    position: absolute;
    /* A drawing is not mirrored where text runs from right to left. */
    left: calc(var(--x) * 100% / ${CELLS});
    top: calc(var(--y) * 100% / ${CELLS});
    width: calc(100% / ${CELLS});
    height: calc(100% / ${CELLS});
    border: 2px solid var(--stage-cursor);
    outline: 1px solid var(--stage);
    pointer-events: none;
  }
  .cursor.held {
    background: var(--stage-cursor);
  }
  .keys .cursor {
    display: block;
  }
  /* On the drawing, where its outline is; no stroke begins in this corner while it is there. */
  .offer {
    position: absolute;
    z-index: 1;
    inset-block-end: var(--space-2);
    inset-inline-end: var(--space-2);
    min-height: calc(2.25 * var(--unit));
    padding: 0 var(--space-3);
    box-shadow: 0 1px 4px var(--veil);
  }
  .tools {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--space-2) var(--space-3);
  }
  fieldset {
    display: flex;
    max-width: 100%;
    margin: 0;
    padding: 0;
    border: 0;
    min-width: 0;
  }
  fieldset label {
    position: relative;
    display: grid;
    min-width: 0;
  }
  fieldset input {
    position: absolute;
    inset: 0;
    width: 100%;
    height: 100%;
    margin: 0;
    opacity: 0;
    cursor: pointer;
  }
  .segments span {
    display: grid;
    place-items: center;
    min-height: var(--tap);
    padding: 0 var(--space-2);
    border: 1px solid var(--line-strong);
    border-inline-end-width: 0;
    background: var(--surface);
    font-weight: 500;
  }
  .segments label:first-of-type span {
    border-start-start-radius: var(--radius-s);
    border-end-start-radius: var(--radius-s);
  }
  .segments label:last-of-type span {
    border-start-end-radius: var(--radius-s);
    border-end-end-radius: var(--radius-s);
    border-inline-end-width: 1px;
  }
  .segments input:checked + span {
    background: var(--ink);
    border-color: var(--ink);
    color: var(--paper);
  }
  fieldset input:focus-visible + span {
    outline: 3px solid var(--focus);
    outline-offset: 2px;
    z-index: 1;
  }
  .greys {
    gap: var(--space-1);
  }
  .greys label > span {
    display: grid;
    place-items: center;
    width: calc(2.25 * var(--unit));
    height: var(--tap);
    border-radius: var(--radius-s);
  }
  .greys svg {
    width: calc(1.5 * var(--unit));
    height: calc(1.5 * var(--unit));
    border-radius: 50%;
    box-shadow: 0 0 0 1px var(--line-strong);
  }
  .greys input:checked + span svg {
    box-shadow:
      0 0 0 2px var(--paper),
      0 0 0 4px var(--accent);
  }
  .size {
    display: flex;
    align-items: center;
    gap: var(--space-2);
    flex: 1 1 calc(9 * var(--unit));
    flex-wrap: wrap;
    min-width: 0;
    min-height: var(--tap);
    color: var(--ink-soft);
  }
  .size input {
    flex: 1;
    min-width: calc(5 * var(--unit));
    accent-color: var(--accent);
  }
  .actions {
    display: flex;
    flex: 1 1 auto;
    min-width: 0;
    gap: var(--space-1);
  }
  .actions button {
    flex: 1;
    padding: 0 var(--space-2);
  }
  @media (forced-colors: active) {
    .stage {
      border: 1px solid CanvasText;
    }
    .greys svg {
      forced-color-adjust: none;
    }
    .segments input:checked + span {
      background: Highlight;
      color: HighlightText;
      forced-color-adjust: none;
    }
    .greys input:checked + span {
      outline: 2px solid Highlight;
    }
  }
  @media print {
    #hint,
    .ghost,
    .cursor {
      display: none;
    }
  }
`;
