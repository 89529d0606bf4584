/** What a page and its service worker say to each other, and which addresses they mean. */

/** `kept` asks what is there; `keep` has what is missing fetched first. `entry`: the version that the page is of. */
export interface Question {
  readonly ask: 'kept' | 'keep';
  readonly entry: string;
}

/** What the service worker keeps. */
export interface Kept {
  /** The version that it keeps: the address of the page's first script, whose name changes with anything in it. */
  readonly entry: string;
  /** Addresses of this version's files that are not there. */
  readonly missing: readonly string[];
}

/** The cache of a site's files; several sites may share an origin. */
export const filesOf = (scope: string): string => `vitrine ${scope}`;

/** Whether `url` is one of the page's own addresses; what lies below them belongs to others. */
export function isPage(url: string, scope: string): boolean {
  const [address = ''] = url.split(/[?#]/, 1);
  return address === scope || address === `${scope}index.html`;
}

/** The page cannot begin without these. */
export function isNeeded(url: string): boolean {
  return /\/(index\.html|assets\/(index|start|worker)-[^/]+|assets\/vitrine[^/]*\.wasm)$/.test(url);
}

/** Kept once a page has fetched it; nobody fetches the test set who does not want to measure. */
export function isUnasked(url: string): boolean {
  return /\/assets\/t10k-[^/]+\.gz$/.test(url);
}

/** The page's first script, in the page's HTML. */
export function entryIn(html: string): string | undefined {
  return /<link rel="modulepreload"[^>]* href="([^"]+)"/.exec(html)?.[1];
}
