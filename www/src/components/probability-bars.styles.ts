/** The look of the probabilities. */
import { css } from 'lit';

export const barStyles = css`
  table {
    width: 100%;
    border-collapse: collapse;
    table-layout: fixed;
  }
  th {
    text-align: start;
    font-weight: 500;
    padding: 0;
  }
  thead th {
    height: 2.875rem;
    padding-inline-end: var(--space-4);
    vertical-align: top;
    font-weight: 600;
    line-height: 1.2;
  }
  thead th:first-child {
    width: clamp(5rem, 22%, 9rem);
  }
  abbr {
    text-decoration: none;
  }
  .status {
    display: block;
    margin-top: 0.125rem;
    font-size: var(--text-s);
    font-weight: 400;
    color: var(--ink-soft);
    white-space: nowrap;
    overflow: hidden;
    text-overflow: ellipsis;
  }
  .apart {
    color: var(--warn);
    font-weight: 600;
  }
  thead button {
    min-height: 1.75rem;
    padding: 0 var(--space-2);
    font-size: var(--text-s);
  }
  tbody th {
    font-size: var(--text-s);
    color: var(--ink-soft);
    overflow-wrap: anywhere;
    line-height: 1.15;
  }
  tr.named th {
    color: var(--ink);
    font-weight: 650;
  }
  tbody tr {
    border-top: 1px solid var(--line);
    height: 1.875rem;
  }
  td {
    position: relative;
    padding: 0;
    padding-inline-end: var(--space-4);
  }
  .bar {
    display: block;
    height: 0.625rem;
    margin-inline-start: 3rem;
    background: linear-gradient(var(--bar) 0 0) 0 0 / calc(var(--share) * 100%) 100% no-repeat;
    border-inline-start: 1px solid var(--line-strong);
    transition: background-size var(--quick);
  }
  :host(:dir(rtl)) .bar {
    background-position: 100% 0;
  }
  .best .bar {
    background-image: linear-gradient(var(--accent) 0 0);
  }
  .value {
    position: absolute;
    inset-inline-start: 0;
    width: 2.5rem;
    text-align: end;
    top: 50%;
    transform: translateY(-50%);
    font-size: var(--text-s);
    color: var(--ink-soft);
  }
  .best .value {
    color: var(--accent);
    font-weight: 700;
  }
  /* No room beside the figures: the bars go below them. */
  @media (width < 34rem) {
    td,
    thead th {
      padding-inline-end: var(--space-2);
    }
    tbody tr {
      height: 2.375rem;
    }
    .bar {
      height: 0.3125rem;
      margin-block-start: 1.125rem;
      margin-inline-start: 0;
    }
    .value {
      width: auto;
      top: 0.8125rem;
    }
  }
  @media (forced-colors: active) {
    .bar {
      forced-color-adjust: none;
      background-image: linear-gradient(CanvasText 0 0);
    }
    .best .bar {
      background-image: linear-gradient(Highlight 0 0);
    }
  }
`;
