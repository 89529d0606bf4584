/** The notebook's layout. */
import { css } from 'lit';

export const notebookStyles = css`
  /* What is far from the view is neither styled nor laid out nor painted; the ring around what has the focus is not cut off. */
  section {
    content-visibility: auto;
    contain-intrinsic-block-size: auto calc(60 * var(--unit));
    overflow-clip-margin: var(--space-2);
  }
  /* One column that shrinks: what is wider than the page scrolls in its own place. */
  :host {
    container-type: inline-size;
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--space-7);
  }
  /* Below the page's own list of sections, where that stays on top. */
  vitrine-place-list {
    position: sticky;
    inset-block-start: 0;
    z-index: 2;
    margin-block-end: calc(-1 * var(--space-5));
  }
  @media (width >= 60rem) and (height >= 40rem) {
    vitrine-place-list {
      inset-block-start: calc(var(--tap) + 3px);
    }
  }
  /* In a low view it would take the place of what one reads. */
  @media (height < 30rem) {
    vitrine-place-list {
      position: static;
    }
  }
  /* What one was brought to is at the top of the view. */
  h2:focus-visible {
    outline: none;
  }
  .wide,
  .stack,
  .cell,
  .facts {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--space-4);
    min-width: 0;
    align-content: start;
  }
  .stack {
    gap: var(--space-5);
  }
  .stack.tight,
  .facts {
    gap: var(--space-3);
  }
  .wide > p.lede {
    max-width: calc(46 * var(--unit));
    text-wrap: pretty;
  }
  .pair {
    display: grid;
    grid-template-columns: repeat(2, minmax(0, 1fr));
    gap: var(--space-6) clamp(var(--space-5), 4.348cqi, var(--space-7));
    align-items: start;
  }
  .samples {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--space-3);
    min-width: 0;
  }
  .samples figcaption {
    display: grid;
    gap: var(--space-1);
    align-content: start;
  }
  @container (width >= 58em) {
    .samples figcaption {
      min-height: calc(4.25 * var(--unit));
    }
  }
  details {
    border-bottom: 1px solid var(--line);
  }
  summary {
    padding: var(--space-3) 0;
    cursor: pointer;
  }
  summary span {
    margin-inline-start: var(--space-2);
    font-size: var(--text-s);
  }
  .unfolded {
    padding: var(--space-2) 0 var(--space-5);
  }
  .unfolded:not(.pair) {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--space-3);
  }
  .diagram {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--space-3);
    min-width: 0;
  }
  .limited .scroll {
    max-height: calc(24 * var(--unit));
    overflow: auto;
  }
  .facts dl {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr);
    gap: var(--space-1) var(--space-4);
    font-size: var(--text-s);
  }
  .facts dt {
    color: var(--ink-soft);
  }
  .facts dd {
    overflow-wrap: anywhere;
  }
  .cell {
    min-height: calc(3 * var(--unit));
  }
  .sets {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--space-2);
  }
  .sets > span {
    flex: 1 1 100%;
  }
  .sets button {
    min-height: calc(2.25 * var(--unit));
    padding-inline: var(--space-3);
    border-radius: calc(1.5 * var(--unit));
  }
  .sets button[aria-pressed='true'] {
    border-color: var(--ink);
    box-shadow: inset 0 0 0 1px var(--ink);
  }
  .same {
    color: var(--good);
  }
  .differs {
    color: var(--warn);
  }
  .ask {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--space-3);
  }
  .ask progress {
    flex: 1 1 calc(12 * var(--unit));
    max-width: calc(24 * var(--unit));
  }
  .choice {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--space-2) var(--space-4);
  }
  .problem {
    padding: var(--space-3) var(--space-4);
    border-radius: var(--radius-s);
    background: var(--warn-wash);
    color: var(--warn);
  }
  .tight thead th,
  .tight tbody th,
  td.text {
    white-space: normal;
  }
  td.text {
    font-family: var(--font-text);
  }
  @container (width < 58em) {
    .pair {
      grid-template-columns: minmax(0, 1fr);
    }
  }
`;
