/** The lab's layout, by the width of the element that it stands in. */
import { css } from 'lit';

export const labStyles = css`
  .lab {
    display: grid;
    /* What one draws on is never higher than the view: beside it stands what is said of it, under it at least a line. */
    --pad: min(calc(25 * var(--unit)), 43cqi, max(calc(13 * var(--unit)), var(--view, 100dvh) - 8.75 * var(--unit)));
    grid-template:
      'subject answers' auto
      'input input' auto
      'neighbours neighbours' auto
      / minmax(0, var(--pad)) minmax(0, 1fr);
    gap: var(--space-5) clamp(var(--space-4), 5.435cqi, var(--space-7));
    align-items: start;
  }
  .lab > section {
    display: grid;
    gap: var(--space-3);
    min-width: 0;
  }
  .subject {
    grid-area: subject;
  }
  .answers {
    grid-area: answers;
  }
  .input {
    grid-area: input;
  }
  .neighbours {
    grid-area: neighbours;
  }
  .input,
  .neighbours {
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
    justify-items: start;
  }
  .guest p {
    overflow-wrap: anywhere;
  }
  .board {
    width: 100%;
  }
  vitrine-answer-line {
    display: none;
  }
  @media print {
    .lab {
      --pad: 34cqi;
      grid-template: 'subject answers' auto / minmax(0, var(--pad)) minmax(0, 1fr);
    }
    .input,
    .neighbours {
      display: none !important;
    }
  }
  @container (width < 38em) {
    .lab {
      grid-template: 'subject' auto 'answers' auto 'input' auto 'neighbours' auto / minmax(0, 1fr);
    }
    .subject {
      max-width: max(calc(15 * var(--unit)), min(calc(34 * var(--unit)), var(--view, 100dvh) - 14 * var(--unit)));
    }
    vitrine-answer-line {
      display: flex;
      position: sticky;
      inset-block-end: 0;
    }
  }
`;
