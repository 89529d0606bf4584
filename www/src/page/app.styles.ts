/** The page's layout. */
import { css } from 'lit';

export const appStyles = css`
  :host {
    container-type: inline-size;
    max-width: calc(84 * var(--unit));
    margin: 0 auto;
    padding: var(--space-5) clamp(var(--space-4), 4cqi, var(--space-7)) var(--space-6);
  }
  header {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr) auto;
    align-items: end;
    gap: var(--space-3) var(--space-6);
    padding-bottom: var(--space-4);
  }
  h1 {
    font: 600 clamp(calc(2 * var(--unit)), 1.4 * var(--unit) + 2.6cqi, calc(3.4 * var(--unit))) / 0.9 var(--font-display);
    letter-spacing: -0.03em;
  }
  header p {
    max-width: calc(46 * var(--unit));
    color: var(--ink-soft);
    text-wrap: pretty;
  }
  .tools {
    display: flex;
    flex-wrap: wrap;
    gap: var(--space-2);
  }
  /* The list of sections is the edge of the case: what lies below it is on show. */
  nav {
    margin-inline: calc(-1 * var(--space-3));
    border-block-start: 2px solid var(--ink);
    border-block-end: 1px solid var(--line);
    background: var(--paper);
    overflow-x: auto;
    scrollbar-width: none;
  }
  nav ul {
    display: flex;
    min-width: max-content;
  }
  nav a {
    display: grid;
    align-items: center;
    min-height: var(--tap);
    padding-inline: var(--space-3);
    color: var(--ink);
    font-weight: 500;
    text-decoration: none;
  }
  nav a[aria-current] {
    box-shadow: inset 0 -3px var(--accent);
  }
  nav a:hover {
    text-decoration: underline 2px var(--accent);
    text-underline-offset: 0.35em;
  }
  nav a:focus-visible {
    outline-offset: -3px;
  }
  @media (forced-colors: active) {
    nav a[aria-current] {
      padding-block-start: 3px;
      border-block-end: 3px solid Highlight;
    }
  }
  main {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--space-7);
    padding-top: var(--space-5);
  }
  .wide {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--space-4);
    min-width: 0;
    padding-top: var(--space-5);
    border-top: 2px solid var(--ink);
  }
  .lede {
    max-width: calc(46 * var(--unit));
    text-wrap: pretty;
  }
  .notice {
    --notice: var(--space-4);
    gap: var(--space-3);
    margin-bottom: calc(-1 * var(--space-5));
  }
  .notice p {
    flex-basis: calc(18 * var(--unit));
  }
  .sheet,
  .named {
    display: none;
  }
  .display {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--space-2) var(--space-4);
    margin-top: var(--space-3);
  }
  .display label {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--space-2);
  }
  /* A sheet to hand in: the garment, the answers, the maps, room for sentences. */
  @media print {
    :host {
      display: flex !important;
      flex-direction: column;
      max-width: none;
      padding: 0;
    }
    header > p,
    nav,
    footer,
    main > :not(#lab, #why, .task) {
      display: none;
    }
    header {
      padding-bottom: var(--space-2);
    }
    main {
      gap: var(--space-4);
      padding-top: var(--space-3);
      border-top: 2px solid var(--ink);
    }
    .notice.task {
      margin: 0;
      padding: var(--space-2) var(--space-3);
    }
    .notice.task p {
      font: 400 var(--text-m) / 1.35 var(--font-text);
    }
    #why {
      padding: 0;
      border: 0;
    }
    /* As many lines as there is room for. */
    .sheet {
      display: block;
      flex: 1 1 0;
      min-height: calc(6.5 * var(--unit));
      margin-top: var(--space-4);
      break-inside: avoid;
      overflow: hidden;
    }
    .sheet i {
      display: block;
      height: calc(2.1 * var(--unit));
      border-bottom: 1px solid var(--line-strong);
    }
    .named {
      display: block;
      position: absolute;
      inset-block-start: var(--space-3);
      inset-inline-end: 0;
      width: 50%;
      border-bottom: 1px solid var(--line-strong);
    }
  }
  footer {
    margin-top: var(--space-7);
    padding-top: var(--space-4);
    border-top: 1px solid var(--line);
  }
  /* On a small screen, whatever stands on it, it would cover what one draws on. */
  @media (width >= 60rem) and (height >= 40rem) {
    nav {
      position: sticky;
      inset-block-start: 0;
      z-index: 3;
    }
  }
  @container (width < 58em) {
    header {
      grid-template-columns: minmax(0, 1fr) auto;
    }
    header > p {
      grid-row: 2;
      grid-column: 1 / -1;
    }
  }
  @container (width < 36em) {
    header {
      gap: var(--space-2) var(--space-4);
      padding-bottom: var(--space-3);
    }
    main {
      padding-top: var(--space-4);
    }
  }
  @container (width < 21em) {
    header {
      grid-template-columns: minmax(0, 1fr);
    }
    header > p {
      grid-row: auto;
    }
  }
  /* A telephone on its side, a large zoom: one row has all that stands above the garment, and a line. */
  @media (height < 30rem) and (width >= 36rem) {
    :host {
      display: grid !important;
      grid-template: auto auto / auto minmax(0, 1fr) auto;
      align-content: start;
      align-items: center;
      column-gap: var(--space-4);
      padding-top: var(--space-1);
    }
    header {
      display: contents;
    }
    h1 {
      font-size: var(--text-xl);
    }
    nav {
      grid-area: 1 / 2;
      margin: 0;
      border: 0;
    }
    header > p {
      grid-area: 2 / 1 / auto / -1;
      max-width: none;
      padding-block: var(--space-1) var(--space-2);
      border-block-end: 2px solid var(--ink);
      font-size: var(--text-s);
      line-height: 1.3;
    }
    .tools {
      grid-area: 1 / 3;
    }
    main,
    footer {
      grid-column: 1 / -1;
    }
    main {
      padding-top: var(--space-2);
    }
  }
`;
