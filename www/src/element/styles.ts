/** How the element stands in a page: its own ground and measure, its layout by its own width. */
import { css } from 'lit';

export const elementStyles = css`
  :host {
    /* As the page around it says; a page that says nothing is light. */
    color-scheme: inherit;
    container-type: inline-size;
    /* In a place that is as wide as what is in it. */
    contain-intrinsic-inline-size: calc(44 * var(--unit));
    padding: var(--space-4);
    border-radius: var(--radius-m);
    background: var(--paper);
    color: var(--ink);
    font: var(--text-m) / 1.5 var(--font-text);
    text-align: start;
    overflow-wrap: break-word;
  }
  :host([theme='light']) {
    color-scheme: light;
  }
  :host([theme='dark']) {
    color-scheme: dark;
  }
  :host([theme='auto']) {
    color-scheme: light dark;
  }
  .prompt {
    margin-bottom: var(--space-3);
  }
  .prompt p {
    white-space: pre-line;
  }
  .notice {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: var(--space-3);
    margin-bottom: var(--space-3);
    padding: var(--space-2) var(--space-3);
    border-radius: var(--radius-s);
    background: var(--warn-wash);
    color: var(--warn);
  }
  .notice p {
    flex: 1 1 calc(14 * var(--unit));
    min-width: 0;
    overflow-wrap: anywhere;
  }
  .lab {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--space-5);
    align-items: start;
  }
  .lab > section {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--space-3);
    min-width: 0;
  }
  .wide {
    padding-top: var(--space-4);
    border-top: 1px solid var(--line);
  }
  .heading {
    font: 600 var(--text-m) / 1.3 var(--font-text);
  }
  .guest {
    display: grid;
    gap: var(--space-3);
    justify-items: start;
  }
  .guest p {
    overflow-wrap: anywhere;
  }
  vitrine-picture-view {
    width: 100%;
  }
  .nothing {
    display: block;
    aspect-ratio: 1;
    border-radius: var(--radius-m);
    background: var(--sunken);
  }
  @container (width >= 34em) {
    .lab {
      grid-template-columns: minmax(0, 2fr) minmax(0, 3fr);
    }
    .wide {
      grid-column: 1 / -1;
    }
  }
`;
