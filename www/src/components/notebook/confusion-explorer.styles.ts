/** How the explorer of confusions looks. */
import { css } from 'lit';

export const explorerStyles = css`
  :host {
    container-type: inline-size;
    display: grid;
    gap: var(--space-3);
  }
  .controls {
    display: flex;
    flex-wrap: wrap;
    gap: var(--space-2) var(--space-5);
  }
  label {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--space-2);
    color: var(--ink-soft);
  }
  .scroll {
    overflow-x: auto;
  }
  table {
    width: 100%;
    max-width: calc(62 * var(--unit));
    border-collapse: separate;
    border-spacing: 2px;
    /* Every class is as wide as any other, whatever its name. */
    table-layout: fixed;
    min-width: calc(40 * var(--unit));
    font-variant-numeric: tabular-nums;
  }
  th {
    padding: 0 var(--space-2);
    color: var(--ink-soft);
    font-size: var(--text-s);
    font-weight: 500;
    white-space: nowrap;
  }
  thead th {
    padding: 0 0 var(--space-1);
    vertical-align: bottom;
  }
  thead th:first-child {
    width: calc(6.5 * var(--unit));
    text-align: start;
    font-weight: 400;
  }
  tbody th {
    position: sticky;
    inset-inline-start: 0;
    z-index: 1;
    text-align: end;
    background: var(--paper);
  }
  td {
    padding: 0;
  }
  td button {
    position: relative;
    display: grid;
    width: 100%;
    min-height: calc(2.75 * var(--unit));
    padding: var(--space-1);
    gap: 0;
    border: 2px solid transparent;
    border-radius: calc(0.25 * var(--unit));
    font-family: var(--font-number);
    line-height: 1.15;
    /* At most 45% of the colour, so that the ink stays readable on it. */
    background: color-mix(in oklab, var(--shade) calc(var(--share) * 45%), var(--sunken));
    --shade: var(--accent);
  }
  td button:hover:not(:disabled) {
    border-color: var(--line-strong);
    background: color-mix(in oklab, var(--shade) calc(var(--share) * 45%), var(--sunken));
  }
  td.right button {
    --shade: var(--good);
    font-weight: 700;
  }
  td button.none {
    background: none;
    color: var(--ink-soft);
  }
  td button[aria-pressed='true'] {
    border-color: var(--ink);
  }
  .pair {
    display: grid;
    justify-items: center;
    white-space: nowrap;
  }
  .pair + .pair {
    margin-top: 2px;
    padding-top: 2px;
    border-top: 1px solid var(--line-strong);
  }
  button.none .pair + .pair {
    border-color: transparent;
  }
  small {
    font-size: calc(0.6875 * var(--unit));
    font-weight: 400;
  }
  @container (width < 58em) {
    thead th:not(:first-child) {
      height: calc(6 * var(--unit));
    }
    thead th:not(:first-child) span {
      writing-mode: vertical-rl;
      rotate: 180deg;
    }
  }
  @media (forced-colors: active) {
    td.right button {
      border-color: CanvasText;
    }
    td button[aria-pressed='true'] {
      border-color: Highlight;
    }
  }
`;
