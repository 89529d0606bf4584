/** The lab alone in a frame: little around it, and beside what one draws what is said of it, however small the frame. */
import { css } from 'lit';

export const embedStyles = css`
  :host {
    display: flow-root;
    container-type: inline-size;
    padding: var(--space-4);
  }
  main {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--space-5);
  }
  .wide {
    min-width: 0;
  }
  .wide:not(:first-child) {
    padding-top: var(--space-5);
    border-top: 2px solid var(--ink);
  }
  .notice {
    --notice: var(--space-3);
    padding-block: var(--space-2);
  }
  footer {
    display: flex;
    flex-wrap: wrap;
    gap: var(--space-1) var(--space-4);
    margin-top: var(--space-4);
    font-size: var(--text-s);
  }
  footer > * {
    min-width: 0;
  }
  footer a {
    color: var(--ink-soft);
  }
  footer summary {
    color: var(--ink-soft);
    cursor: pointer;
  }
  footer details[open] {
    flex-basis: 100%;
  }
  dl {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr);
    gap: var(--space-1) var(--space-3);
    margin: var(--space-2) 0 0;
  }
  dd {
    margin: 0;
  }
  @container (width < 30em) {
    dl {
      grid-template-columns: minmax(0, 1fr);
    }
    dd {
      margin-inline-start: var(--space-3);
    }
  }

  /* A frame as low as a picture in a text: pad and answer beside each other, all else below. */
  :host([compact]) {
    --unit: calc(0.8 * var(--vitrine-unit, 1rem));
    padding: var(--space-3);
    font-size: var(--text-m);
  }
  :host([compact]) main {
    gap: var(--space-3);
  }
  :host([compact]) .lab {
    --pad: min(52cqi, max(calc(6 * var(--unit)), var(--view, 100dvh) - 5.5 * var(--unit)));
    grid-template:
      'subject answers' auto
      'input input' auto
      'neighbours neighbours' auto
      / minmax(0, var(--pad)) minmax(0, 1fr);
    gap: var(--space-3);
  }
  :host([compact]) :is(#subject, #answers) {
    position: absolute;
    clip-path: inset(50%);
  }
  :host([compact]) .subject {
    max-width: none;
  }
  :host([compact]) .lab > section {
    gap: var(--space-2);
  }
  :host([compact]) vitrine-answer-line {
    display: none;
  }
  :host([compact]) .task p {
    font-size: var(--text-m);
  }
  /* A table needs the whole width: of the answers the verdict stands beside the pad. */
  @container (width < 48em) {
    :host([compact]) .lab {
      grid-template:
        'subject verdict' auto
        'table table' auto
        'models models' auto
        'input input' auto
        'neighbours neighbours' auto
        / minmax(0, var(--pad)) minmax(0, 1fr);
    }
    :host([compact]) .lab > .answers {
      display: contents;
    }
    :host([compact]) vitrine-answer-verdict {
      grid-area: verdict;
    }
    :host([compact]) vitrine-probability-bars {
      grid-area: table;
    }
    :host([compact]) vitrine-model-choice {
      grid-area: models;
    }
  }
`;
