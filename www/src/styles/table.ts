/** How tables of figures look. */
import { css } from 'lit';

export const table = css`
  .scroll {
    overflow-x: auto;
    border: 1px solid var(--line);
    border-radius: var(--radius-m);
    background: var(--surface);
  }
  table {
    width: 100%;
    border-collapse: collapse;
    font-variant-numeric: tabular-nums;
  }
  th,
  td {
    padding: var(--space-2) var(--space-3);
    text-align: end;
    white-space: nowrap;
  }
  th:first-child {
    text-align: start;
  }
  thead th {
    color: var(--ink-soft);
    font-size: var(--text-s);
    font-weight: 500;
    vertical-align: bottom;
  }
  tbody th {
    font-weight: 600;
  }
  tbody tr {
    border-top: 1px solid var(--line);
  }
  td {
    font-family: var(--font-number);
    font-size: var(--text-s);
  }
  td.lead {
    font-size: var(--text-m);
    font-weight: 700;
  }
`;
