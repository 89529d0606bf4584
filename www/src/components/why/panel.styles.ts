/** What the panels that explain an answer have in common. */
import { css } from 'lit';

export const panelStyles = css`
  :host {
    container-type: inline-size;
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--space-4);
  }
  h4,
  h5 {
    margin: 0;
    color: var(--ink);
    font: 600 var(--text-m) / 1.3 var(--font-text);
  }
  h5 {
    font-size: var(--text-s);
  }
  .lede {
    max-width: calc(46 * var(--unit));
    text-wrap: pretty;
  }
  /* Where charts are drawn, with text of this size. */
  .room {
    font-size: var(--text-s);
  }
  .axis-name {
    color: var(--ink-soft);
    font-size: var(--text-s);
    line-height: 1.3;
    text-align: center;
  }
  .row {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--space-3) var(--space-5);
  }
  .field {
    display: inline-flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--space-2);
    color: var(--ink-soft);
  }
  .data > summary {
    padding: var(--space-2) 0;
    font-size: var(--text-s);
    font-weight: 500;
    cursor: pointer;
  }
  .data td:nth-child(2),
  .data th:nth-child(2) {
    text-align: start;
  }
`;
