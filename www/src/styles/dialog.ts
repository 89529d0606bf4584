/** How a modal dialog looks. */
import { css } from 'lit';

export const dialog = css`
  dialog {
    width: min(calc(38 * var(--unit)), calc(100% - 2 * var(--space-4)));
    padding: var(--space-5);
    border: 1px solid var(--line-strong);
    border-radius: var(--radius-m);
    background: var(--surface);
    color: var(--ink);
  }
  dialog::backdrop {
    background: var(--veil);
  }
`;
