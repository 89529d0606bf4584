/** How the page looks on this screen, whatever the system says: light or dark, as large as a projector needs. Kept in the address alone. */
import type { Facet } from './share';

/** What can be chosen; the first one is the system's own. */
export const LOOKS = ['', 'light', 'dark', 'large', 'light-large', 'dark-large'] as const;
export type Look = (typeof LOOKS)[number];

/** The unit of all lengths that is read from the last row. */
const LARGE = '1.4rem';

/** Whether the choice is one of {@link LOOKS}. */
export function isLook(text: string): text is Look {
  return (LOOKS as readonly string[]).includes(text);
}

/** Has the document look so. */
export function apply(look: Look, root: HTMLElement): void {
  const theme = look.startsWith('light') ? 'light' : look.startsWith('dark') ? 'dark' : undefined;
  if (theme) root.dataset.theme = theme;
  else delete root.dataset.theme;
  if (look.endsWith('large')) root.style.setProperty('--vitrine-unit', LARGE);
  else root.style.removeProperty('--vitrine-unit');
}

/** `get`, `set`: the choice in force. */
export function lookFacet(get: () => Look, set: (look: Look) => void): Facet {
  return {
    key: 'look',
    isStroke: true,
    read: () => get() || undefined,
    write(text = '') {
      if (!isLook(text)) return false;
      set(text);
      return true;
    },
  };
}
