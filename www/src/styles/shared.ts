/** The rules that every component's shadow root starts from: type, controls, focus. */
import { css } from 'lit';

export const shared = css`
  :host {
    display: block;
    min-width: 0;
  }
  :host([hidden]),
  [hidden] {
    display: none !important;
  }
  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }
  h1,
  h2,
  h3,
  p,
  figure,
  ol,
  ul,
  dl,
  dd {
    margin: 0;
    padding: 0;
  }
  ol,
  ul {
    list-style: none;
  }
  /* A language may have words longer than a telephone is wide. */
  h1,
  h2,
  h3,
  p,
  label,
  legend,
  button,
  .button {
    overflow-wrap: anywhere;
    min-width: 0;
  }
  h2 {
    font: 600 var(--text-xl) / 1.15 var(--font-display);
    letter-spacing: -0.01em;
    text-wrap: balance;
  }
  h3 {
    font: 600 var(--text-m) / 1.3 var(--font-text);
  }
  .soft {
    color: var(--ink-soft);
  }
  .small {
    font-size: var(--text-s);
  }
  .number {
    font-family: var(--font-number);
    font-variant-numeric: tabular-nums;
  }
  /* The button beside it is what one sees of a file input. */
  input[type='file'] {
    position: absolute;
    width: 1px;
    height: 1px;
    opacity: 0;
  }
  input[type='file']:focus-visible + .button {
    outline: 3px solid var(--focus);
    outline-offset: 2px;
  }
  button,
  select,
  .button {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: var(--space-2);
    min-height: var(--tap);
    padding: 0 var(--space-4);
    border: 1px solid var(--line-strong);
    border-radius: var(--radius-s);
    background: var(--surface);
    color: var(--ink);
    max-width: 100%;
    font: 500 var(--text-m) / 1.2 var(--font-text);
    cursor: pointer;
    transition: background-color var(--quick);
  }
  /* A picture to click on. */
  button.look {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    width: 100%;
    min-height: 0;
    padding: 0;
    border: 0;
    background: none;
  }
  button.look:hover:not(:disabled) {
    background: none;
    outline: 2px solid var(--accent);
    outline-offset: 1px;
  }
  select {
    max-width: 100%;
    padding: 0 var(--space-2);
  }
  input[type='text'],
  textarea {
    width: 100%;
    min-height: var(--tap);
    padding: var(--space-2) var(--space-3);
    border: 1px solid var(--line-strong);
    border-radius: var(--radius-s);
    background: var(--paper);
    color: var(--ink);
    font: 400 var(--text-m) / 1.4 var(--font-text);
    resize: vertical;
  }
  button:hover:not(:disabled, [aria-disabled='true']),
  select:hover,
  .button:hover {
    background: var(--sunken);
  }
  button:disabled,
  button[aria-disabled='true'] {
    border-color: var(--line);
    color: var(--ink-soft);
    cursor: default;
  }
  button.primary:not(:disabled, [aria-disabled='true']) {
    border-color: var(--accent);
    background: var(--accent);
    color: var(--accent-ink);
  }
  button.primary:hover:not(:disabled, [aria-disabled='true']) {
    background: var(--ink);
    border-color: var(--ink);
    color: var(--paper);
  }
  @media print {
    :host {
      print-color-adjust: exact;
    }
    /* What nobody can press. */
    button:not(.look, .card),
    select,
    input,
    textarea,
    fieldset,
    .button,
    .tools,
    .row {
      display: none !important;
    }
  }
  :focus-visible {
    outline: 3px solid var(--focus);
    outline-offset: 2px;
  }
  .sr {
    position: absolute;
    width: 1px;
    height: 1px;
    margin: -1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  /* Nothing that says "wait" shows before the visitor had to. */
  .patient {
    animation: appear 0s var(--patience) both;
  }
  @keyframes appear {
    from {
      visibility: hidden;
    }
  }
  progress {
    appearance: none;
    width: 100%;
    height: calc(0.375 * var(--unit));
    border: 0;
    border-radius: var(--unit);
    background: var(--sunken);
    overflow: hidden;
    accent-color: var(--accent);
  }
  progress::-webkit-progress-bar {
    background: var(--sunken);
  }
  progress::-webkit-progress-value {
    background: var(--accent);
  }
  progress::-moz-progress-bar {
    background: var(--accent);
  }
  @media (forced-colors: active) {
    progress {
      border: 1px solid CanvasText;
    }
    progress::-webkit-progress-value {
      background: Highlight;
    }
  }
`;
