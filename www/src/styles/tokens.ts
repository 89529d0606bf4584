/** Every literal colour, size and duration; everything else names these. They stand on the element around all others. */
import { css } from 'lit';

export const tokens = css`
  :host {
    color-scheme: light dark;

    /* What lengths are multiples of: a host whose root has another font size than its text sets it right. */
    --unit: var(--vitrine-unit, 1rem);

    --paper: var(--vitrine-paper, light-dark(#f5f2ea, #131311));
    --surface: light-dark(#fffdf8, #1c1c19);
    --sunken: light-dark(#ece7db, #262622);
    --ink: var(--vitrine-ink, light-dark(#1d1b16, #f3efe6));
    --ink-soft: light-dark(#5b564b, #b3ad9f);
    --line: light-dark(#d8d1c2, #393832);
    --line-strong: light-dark(#857e6f, #837d70);
    --accent: var(--vitrine-accent, light-dark(#b3361b, #ff8f6b));
    --accent-ink: light-dark(#ffffff, #2b0d04);
    --accent-wash: light-dark(#f9e3da, #3b211a);
    --bar: light-dark(#b9b09d, #5d594f);
    --focus: light-dark(#1f4fd8, #8fb3ff);
    --warn: light-dark(#7a4b00, #f2c063);
    --warn-wash: light-dark(#fbedcd, #362a12);
    --good: light-dark(#22653a, #8fd3a4);
    --veil: light-dark(#1d1b1699, #000000b3);
    /* Told apart by people with any colour vision; each line has a marker of its own besides. */
    --series-1: light-dark(#0b62a4, #6cb4ee);
    --series-2: light-dark(#b8460f, #ff9b6b);
    --series-3: light-dark(#157055, #5fd0a5);
    --series-4: light-dark(#75489f, #c9a2f2);
    /* On the stage: evidence for, and against. */
    --toward: #ff9d3b;
    --against: #6db8ff;
    --stage: #0b0b0a;
    --stage-ink: #f6f2e9;
    --stage-line: #ffffff1c;
    --stage-ghost: #ffffff2b;
    --stage-cursor: #ffb199;

    --font-text: var(--vitrine-font, system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', sans-serif);
    --font-display: var(--vitrine-display-font, 'Iowan Old Style', 'Palatino Linotype', Palatino, 'Source Serif 4', 'Noto Serif', Georgia, serif);
    --font-number: ui-monospace, 'SF Mono', 'Cascadia Mono', Menlo, Consolas, 'DejaVu Sans Mono', monospace;

    --text-s: calc(0.8125 * var(--unit));
    --text-m: calc(0.9375 * var(--unit));
    --text-l: calc(1.1875 * var(--unit));
    --text-xl: clamp(calc(1.5 * var(--unit)), 1.2 * var(--unit) + 1.7cqi, calc(2.1 * var(--unit)));
    --text-xxl: clamp(calc(2 * var(--unit)), 1.4 * var(--unit) + 4cqi, calc(3.4 * var(--unit)));

    --space-1: calc(0.25 * var(--unit));
    --space-2: calc(0.5 * var(--unit));
    --space-3: calc(0.75 * var(--unit));
    --space-4: var(--unit);
    --space-5: calc(1.5 * var(--unit));
    --space-6: calc(2.25 * var(--unit));
    --space-7: calc(3.5 * var(--unit));

    --radius-s: calc(0.375 * var(--unit));
    --radius-m: calc(0.75 * var(--unit));
    --tap: calc(2.75 * var(--unit));
    --quick: 140ms;
    --patience: 300ms;
  }

  :host([data-theme='light']) {
    color-scheme: light;
  }

  :host([data-theme='dark']) {
    color-scheme: dark;
  }

  @media (prefers-reduced-motion: reduce) {
    :host {
      --quick: 0ms;
    }
  }
`;
