/** The browser's history as a list of entries that the page writes. */

/** An entry: the address' hash without `#`, and by key the values that are too long for an address. */
export interface Entry {
  readonly hash: string;
  readonly kept: Readonly<Record<string, string>>;
}

/** A history with one entry at a time in force. */
export interface Entries {
  readonly now: Entry;
  /** Adds an entry after the present one, and goes there. Throws where the browser forbids it. */
  push(entry: Entry): void;
  /** Puts an entry in the present one's place. Throws where the browser forbids it. */
  replace(entry: Entry): void;
  /** Calls `travelled` whenever the visitor went back, forth or along a link in the page, until what comes back is called. */
  listen(travelled: () => void): () => void;
}

/** The entries of `window`; in a frame, whose history is the page's around it, there is but one. */
export function browserEntries(window: Window): Entries {
  const { history, location } = window;
  const isFramed = window.parent !== window;
  const write = (method: 'pushState' | 'replaceState', { hash, kept }: Entry): void => {
    history[method](Object.keys(kept).length > 0 ? { kept } : null, '', hash === '' ? location.pathname + location.search : `#${hash}`);
  };
  return {
    get now() {
      const state = history.state as { readonly kept?: Entry['kept'] } | null;
      return { hash: location.hash.replace(/^#/, ''), kept: state?.kept ?? {} };
    },
    push: (entry) => write(isFramed ? 'replaceState' : 'pushState', entry),
    replace: (entry) => write('replaceState', entry),
    listen(travelled) {
      window.addEventListener('popstate', travelled);
      return () => window.removeEventListener('popstate', travelled);
    },
  };
}
