/** The page's layout. */
import { css } from 'lit';

export const appStyles = css`
  :host {
    max-width: 84rem;
    margin: 0 auto;
    padding: var(--space-5) clamp(var(--space-4), 4vw, var(--space-7)) var(--space-6);
  }
  header {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr);
    align-items: baseline;
    gap: var(--space-2) var(--space-6);
    padding-bottom: var(--space-4);
    border-bottom: 2px solid var(--ink);
  }
  h1 {
    font: 600 var(--text-xxl) / 1 var(--font-display);
    letter-spacing: -0.03em;
  }
  header p {
    max-width: 46rem;
    color: var(--ink-soft);
    text-wrap: pretty;
  }
  main {
    display: grid;
    gap: var(--space-7);
    padding-top: var(--space-5);
  }
  .bench {
    display: grid;
    grid-template-columns: minmax(0, 28rem) minmax(0, 1fr);
    gap: var(--space-6) clamp(var(--space-5), 5vw, var(--space-7));
    align-items: start;
  }
  .subject {
    display: grid;
    gap: var(--space-4);
  }
  .findings {
    display: grid;
    gap: var(--space-6);
  }
  .findings section {
    display: grid;
    gap: var(--space-3);
  }
  .findings section + section {
    padding-top: var(--space-4);
    border-top: 1px solid var(--line);
  }
  h2.eyebrow {
    font: 600 var(--text-m) / 1.3 var(--font-text);
    letter-spacing: 0;
  }
  .guest {
    display: grid;
    gap: var(--space-3);
  }
  .row {
    display: flex;
    flex-wrap: wrap;
    gap: var(--space-3);
    align-items: center;
  }
  .recipe {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--space-2);
    color: var(--ink-soft);
  }
  .wide {
    display: grid;
    gap: var(--space-4);
    min-width: 0;
  }
  .lede {
    max-width: 46rem;
    text-wrap: pretty;
  }
  .notice {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: var(--space-3);
    padding: var(--space-3) var(--space-4);
    border-radius: var(--radius-s);
    background: var(--sunken);
    margin-bottom: calc(-1 * var(--space-5));
  }
  .notice p {
    flex: 1 1 18rem;
    min-width: 0;
    overflow-wrap: anywhere;
  }
  .problem {
    background: var(--warn-wash);
    color: var(--warn);
  }
  footer {
    margin-top: var(--space-7);
    padding-top: var(--space-4);
    border-top: 1px solid var(--line);
  }
  @media (width < 60rem) {
    .bench {
      grid-template-columns: minmax(0, 1fr);
    }
    .subject {
      max-width: 34rem;
    }
  }
  @media (width < 40rem) {
    header {
      grid-template-columns: minmax(0, 1fr);
    }
  }
`;
