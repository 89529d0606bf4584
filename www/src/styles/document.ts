/** The document around the page: the tokens for all of it, measure, type and ground. As text, for the page's HTML. */
import { css } from 'lit';
import { tokens } from './tokens';

const ground = css`
  html {
    font-size: clamp(100%, 90% + 0.2vw, 150%);
    scroll-behavior: auto;
    /* Lists of sections stay on top, two of them in the notebook: what is scrolled or tabbed to is not under them. */
    scroll-padding-block-start: calc(2 * var(--tap) + var(--space-4));
    text-size-adjust: 100%;
  }

  body {
    margin: 0;
    background: var(--paper);
    color: var(--ink);
    font: var(--text-m) / 1.5 var(--font-text);
    overflow-wrap: break-word;
  }

  vitrine-app {
    display: block;
    min-height: 100vh;
  }

  @media print {
    /* A sheet of paper is white, and as wide as a small tablet. */
    :root:root {
      color-scheme: light;
      --vitrine-unit: 9.6pt !important;
    }

    body {
      background: none;
    }

    vitrine-app {
      min-height: 0;
      height: calc(100vh - 2px);
    }
  }

  @page {
    margin: 12mm;
  }

  .notice {
    margin: var(--space-6) auto;
    max-width: calc(40 * var(--unit));
    padding: 0 var(--space-4);
  }
`;

/** What stands on an element's `:host`, on the document's root. */
const onRoot = (text: string): string => text.replaceAll(/:host\(([^)]+)\)/g, ':root$1').replaceAll(':host', ':root');

export const documentStyles = onRoot(tokens.cssText) + ground.cssText;
