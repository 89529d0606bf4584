/** The look of the verdict, and the room that it keeps. */
import { css } from 'lit';

export const verdictStyles = css`
  :host {
    container-type: inline-size;
  }
  .word {
    display: grid;
    align-content: end;
    min-height: max(calc(1.2 * var(--text-xxl)), calc(3.5 * var(--unit)));
  }
  .word:has(.invitation) {
    align-content: center;
  }
  .name {
    font: 600 var(--text-xxl) / 1.15 var(--font-display);
    letter-spacing: -0.015em;
    /* Descenders keep off the line below. */
    padding-block-end: 0.05em;
  }
  .invitation {
    font: italic 400 min(var(--text-xl), 3.6cqi) / 1.25 var(--font-display);
    color: var(--ink-soft);
  }
  .apart {
    display: flex;
    gap: var(--space-1) var(--space-5);
    font: 600 var(--text-xl) / 1.2 var(--font-display);
  }
  .many {
    font-size: calc(1.15 * var(--text-l));
  }
  .apart small {
    display: block;
    font: 400 var(--text-s) / 1.3 var(--font-text);
    color: var(--ink-soft);
  }
  .soft {
    min-height: calc(1.5 * var(--text-m));
    margin-top: var(--space-1);
    line-height: 1.5;
  }
  .doubt {
    min-height: calc(2 * 1.4 * var(--text-s));
    margin-top: var(--space-1);
    color: var(--warn);
    font-size: var(--text-s);
    line-height: 1.4;
    text-wrap: pretty;
  }
  .doubt a {
    color: inherit;
    white-space: nowrap;
  }
  .badge {
    padding: 0 var(--space-2);
    border-radius: var(--unit);
    background: var(--warn-wash);
    color: var(--warn);
    font-size: var(--text-s);
    font-weight: 600;
  }
  /* Four classes need two rows. */
  @container (width < 40em) {
    .word {
      min-height: calc(5.75 * var(--unit));
    }
    .apart {
      display: grid;
      grid-template-columns: repeat(2, minmax(0, 1fr));
      font-size: calc(1.15 * var(--text-l));
    }
  }
  @container (width < 29em) {
    .word {
      min-height: calc(6.75 * var(--unit));
    }
    .invitation {
      font-size: calc(1.15 * var(--text-l));
    }
    .doubt {
      min-height: calc(3 * 1.4 * var(--text-s));
    }
  }
  @container (width < 20em) {
    .word {
      min-height: calc(8.5 * var(--unit));
    }
    /* A class in one word stays in one. */
    .name {
      font-size: min(var(--text-xxl), 16cqi);
      hyphens: auto;
    }
    .invitation {
      font-size: var(--text-l);
    }
  }
  @media print {
    .word,
    .soft,
    .doubt {
      min-height: 0;
    }
    .name {
      font-size: var(--text-xl);
    }
    /* Four classes fit beside each other, so that the sheet stays one page. */
    .apart {
      display: flex;
      flex-wrap: wrap;
      gap: 0 var(--space-4);
      font-size: var(--text-l);
    }
    .doubt a {
      display: none;
    }
  }
`;
