/** How what the page has to say looks, in the page and in a frame; `--notice` is the room around it. */
import { css } from 'lit';

export const noticeStyles = css`
  .notice {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: var(--space-2) var(--space-3);
    padding: var(--space-3) var(--notice);
    border-radius: var(--radius-s);
    background: var(--sunken);
  }
  .notice p {
    flex: 1 1 calc(12 * var(--unit));
    min-width: 0;
    overflow-wrap: anywhere;
  }
  .problem[popover]:popover-open {
    position: fixed;
    inset: auto 0 var(--notice);
    width: min(calc(44 * var(--unit)), 100% - 2 * var(--notice));
    margin: 0 auto;
    border: 1px solid var(--warn);
    box-shadow: 0 4px 24px var(--veil);
  }
  .problem {
    background: var(--warn-wash);
    color: var(--warn);
  }
  .task {
    border-inline-start: 4px solid var(--accent);
    border-start-start-radius: 0;
    border-end-start-radius: 0;
    background: var(--accent-wash);
  }
  .task h2 {
    flex: 1 1 100%;
    font: 600 var(--text-s) / 1.3 var(--font-text);
    letter-spacing: 0;
    color: var(--accent);
  }
  .task p {
    font: 400 var(--text-l) / 1.35 var(--font-display);
    white-space: pre-line;
  }
`;
