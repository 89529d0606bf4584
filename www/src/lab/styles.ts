/** The lab's layout, by the width of the element that it stands in. */
import { css } from 'lit';

export const labStyles = css`
  .lab {
    display: grid;
    grid-template:
      'subject answers' auto
      'input input' auto
      'neighbours neighbours' auto
      / minmax(0, calc(25 * var(--unit))) minmax(0, 1fr);
    gap: var(--space-5) clamp(var(--space-5), 5.435cqi, var(--space-7));
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
  vitrine-picture-view {
    width: 100%;
  }
  @container (width < 58em) {
    .lab {
      grid-template: 'subject' auto 'answers' auto 'input' auto 'neighbours' auto / minmax(0, 1fr);
    }
    .subject {
      max-width: calc(34 * var(--unit));
    }
  }
`;
