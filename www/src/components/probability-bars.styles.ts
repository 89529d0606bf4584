/** The look of the probabilities. */
import { css } from 'lit';

export const barStyles = css`
  :host {
    container-type: inline-size;
  }
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
    height: calc(2.875 * var(--unit));
    padding-inline-end: var(--space-4);
    vertical-align: top;
    font-weight: 600;
    line-height: 1.2;
  }
  thead th:first-child {
    width: clamp(calc(5.5 * var(--unit)), 22%, calc(9 * var(--unit)));
  }
  abbr {
    text-decoration: none;
  }
  thead button.card {
    display: inline-block;
    min-height: calc(1.75 * var(--unit));
    margin: calc(-0.25 * var(--unit)) calc(-0.25 * var(--unit));
    padding: 0 calc(0.25 * var(--unit));
    border: 0;
    background: none;
    font: inherit;
    text-align: start;
    text-decoration: underline dotted var(--line-strong);
    text-underline-offset: 0.25em;
  }
  thead button.card:hover {
    text-decoration: underline 2px var(--accent);
  }
  .status {
    display: block;
    margin-top: calc(0.125 * var(--unit));
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
    min-height: calc(1.75 * var(--unit));
    padding: 0 var(--space-2);
    font-size: var(--text-s);
  }
  tbody th {
    font-size: var(--text-s);
    color: var(--ink-soft);
    padding-inline-end: var(--space-1);
    overflow-wrap: anywhere;
    hyphens: auto;
    line-height: 1.15;
  }
  tr.named th {
    color: var(--ink);
    font-weight: 650;
  }
  .right {
    color: var(--good);
  }
  .wrong {
    color: var(--warn);
  }
  .truth th {
    color: var(--good);
  }
  .label {
    display: block;
    font-size: calc(0.6875 * var(--unit));
    font-weight: 400;
  }
  .truth {
    background: var(--sunken);
  }
  tbody tr {
    border-top: 1px solid var(--line);
    height: calc(1.875 * var(--unit));
  }
  td {
    position: relative;
    padding: 0;
    padding-inline-end: var(--space-4);
  }
  .bar {
    display: block;
    height: calc(0.625 * var(--unit));
    margin-inline-start: calc(3 * var(--unit));
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
    width: calc(2.5 * var(--unit));
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
  @container (width < 29em) {
    td,
    thead th {
      padding-inline-end: var(--space-2);
    }
    thead th {
      font-size: var(--text-s);
    }
    .status {
      min-height: 2.4em;
      line-height: 1.2;
      white-space: normal;
      hyphens: auto;
    }
    tbody tr {
      height: calc(2.375 * var(--unit));
    }
    .bar {
      height: calc(0.3125 * var(--unit));
      margin-block-start: calc(1.125 * var(--unit));
      margin-inline-start: 0;
    }
    .value {
      width: auto;
      top: calc(0.8125 * var(--unit));
    }
  }
  @media print {
    thead th {
      height: auto;
      padding-block-end: var(--space-1);
    }
    thead button.card {
      text-decoration: none;
    }
    tbody tr {
      height: calc(1.45 * var(--unit));
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
