/** How long the page waits for its own files. The test build puts shorter times in its place. */

/** Milliseconds. */
export const PATIENCE = {
  /** After which a script that is wanted later is given up. */
  script: 30_000,
  /** For which a reload waits for scripts that it fetches past the caches. */
  reload: 5_000,
};
