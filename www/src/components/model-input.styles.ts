/** The look of the way to 28×28. */
import { css } from 'lit';

export const inputStyles = css`
  :host {
    container-type: inline-size;
  }
  .way {
    display: grid;
    grid-template-columns: minmax(calc(7 * var(--unit)), calc(10.5 * var(--unit))) minmax(0, 1fr);
    gap: var(--space-4) var(--space-5);
    align-items: start;
  }
  .view {
    border-radius: var(--radius-s);
    box-shadow: 0 0 0 1px var(--line);
  }
  .text {
    display: grid;
    gap: var(--space-3);
    align-content: start;
  }
  .row {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--space-2) var(--space-4);
    min-height: var(--tap);
  }
  label {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--space-2);
    min-width: 0;
  }
  ol {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(calc(5.25 * var(--unit)), 1fr));
    gap: var(--space-2);
    counter-reset: step;
  }
  .name::before {
    counter-increment: step;
    content: counter(step) ' ';
    color: var(--ink-soft);
    font-weight: 400;
  }
  @container (width >= 58em) {
    ol {
      grid-template-columns: repeat(7, minmax(0, calc(8 * var(--unit))));
    }
  }
  /* Room for the longest explanation: nothing below moves. */
  .hint {
    min-height: 2.8em;
  }
  .note {
    padding-inline-start: var(--space-3);
    border-inline-start: 3px solid var(--accent);
  }
  li {
    min-width: 0;
  }
  li button,
  .place {
    display: grid;
    /* A button centres its columns: they would be as wide as what stands under the picture. */
    grid-template-columns: minmax(0, 1fr);
    align-content: start;
    gap: var(--space-1);
    width: 100%;
    height: 100%;
    min-height: 0;
    padding: var(--space-1);
    border: 1px solid transparent;
    border-radius: var(--radius-s);
    background: none;
    font-size: var(--text-s);
    line-height: 1.2;
    text-align: start;
  }
  li button:hover:not(:disabled) {
    border-color: var(--line-strong);
    background: none;
  }
  .step {
    border-radius: calc(0.25 * var(--unit));
  }
  .name {
    font-weight: 600;
    overflow-wrap: anywhere;
  }
  .state {
    color: var(--ink-soft);
    min-height: 1.2em;
  }
  .state::before {
    content: '';
    display: inline-block;
    width: calc(0.5 * var(--unit));
    height: calc(0.5 * var(--unit));
    margin-inline-end: var(--space-1);
    border: 1px solid var(--line-strong);
    border-radius: 50%;
  }
  button[aria-pressed='true'] .state::before {
    border-color: var(--accent);
    background: var(--accent);
  }
  button[aria-pressed='false'] .step {
    opacity: 0.45;
  }
  button[aria-pressed='false'] .name {
    font-weight: 400;
    color: var(--ink-soft);
  }
  .empty .step {
    background: var(--sunken);
  }
  .empty .name {
    font-weight: 400;
    color: var(--ink-soft);
  }
  .empty .state::before {
    visibility: hidden;
  }
  @container (width < 33em) {
    .way {
      grid-template-columns: minmax(0, 1fr);
    }
    .view {
      width: calc(10.5 * var(--unit));
    }
  }
  @media (forced-colors: active) {
    button[aria-pressed='true'] .state::before {
      forced-color-adjust: none;
      background: Highlight;
    }
  }
`;
