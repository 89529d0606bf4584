/** The look of the sliders and of what the models say of the changed picture. */
import { css } from 'lit';

export const breakStyles = css`
  .trial {
    display: grid;
    grid-template-columns: minmax(0, calc(13 * var(--unit))) minmax(0, 1.2fr) minmax(0, 1fr);
    gap: var(--space-5) var(--space-6);
    align-items: start;
  }
  @container (width < 64em) {
    .trial {
      grid-template-columns: minmax(0, calc(11 * var(--unit))) minmax(0, 1fr);
    }
    .answers {
      grid-column: 1 / -1;
    }
  }
  @container (width < 39em) {
    .trial {
      grid-template-columns: minmax(0, 1fr);
    }
    .trial .pictures {
      grid-template-columns: repeat(2, minmax(0, 1fr));
    }
    /* The models' answers stay in sight above the sliders. */
    .answers {
      order: -1;
    }
    .pictures {
      order: -2;
    }
  }
  .pictures {
    display: grid;
    gap: var(--space-4);
  }
  .pictures vitrine-pixel-view {
    border-radius: var(--radius-s);
  }
  figcaption {
    padding-top: var(--space-1);
    font-size: var(--text-s);
    color: var(--ink-soft);
  }
  fieldset {
    display: grid;
    gap: var(--space-4);
    min-width: 0;
    margin: 0;
    padding: 0;
    border: 0;
  }
  legend {
    padding: 0 0 var(--space-3);
    font: 600 var(--text-m) / 1.3 var(--font-text);
  }
  .sliders {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(min(100%, calc(13 * var(--unit))), 1fr));
    gap: var(--space-3) var(--space-5);
  }
  .slider {
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto;
    gap: 0 var(--space-2);
    font-size: var(--text-s);
  }
  .slider .number {
    color: var(--ink-soft);
  }
  .slider[data-moved] .number {
    color: var(--accent);
    font-weight: 700;
  }
  .slider input {
    grid-column: 1 / -1;
    width: 100%;
    height: calc(1.75 * var(--unit));
    margin: 0;
    accent-color: var(--accent);
    cursor: pointer;
  }
  .answers {
    display: grid;
    gap: var(--space-2);
  }
  .answers th,
  .answers td {
    padding: var(--space-2) var(--space-3) var(--space-2) 0;
    text-align: start;
    white-space: normal;
    font-family: var(--font-text);
    font-size: var(--text-s);
    vertical-align: top;
  }
  tfoot th {
    font-weight: 600;
  }
  tfoot tr {
    border-top: 1px solid var(--line-strong);
  }
  .answers td:nth-child(2) {
    color: var(--ink-soft);
  }
  .now {
    width: 45%;
    font-weight: 600;
  }
  .note {
    display: block;
    color: var(--ink-soft);
    font-weight: 400;
  }
  [data-kept='false'] .now {
    color: var(--accent);
  }
  [data-kept='false'] .note {
    color: var(--accent);
    font-weight: 600;
  }
  [data-unlike='true'] .now,
  [data-unlike='true'] .now .note {
    color: var(--warn);
  }
  .bar {
    display: block;
    height: calc(0.375 * var(--unit));
    margin-bottom: var(--space-1);
    background: linear-gradient(var(--bar) 0 0) 0 0 / calc(var(--share) * 100%) 100% no-repeat var(--sunken);
    transition: background-size var(--quick);
  }
  [data-kept='false'] .bar {
    background-image: linear-gradient(var(--accent) 0 0);
  }
  @media (forced-colors: active) {
    .bar {
      forced-color-adjust: none;
      background-image: linear-gradient(CanvasText 0 0);
    }
  }
`;
