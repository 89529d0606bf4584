/**
 * The page's state in its address: `#draw=…&models=mlp,knn`. Whatever wants to be in a link brings a `Facet`. Nothing is
 * stored elsewhere, so a visit without storage loses nothing.
 */

/** Milliseconds of quiet after which a change becomes an entry of the history: strokes come faster. */
const SETTLED = 600;
/** Longer than any address that this page writes. */
export const LONGEST = 40_000;

/** One thing that a link tells. `undefined` stands for its usual value, which the address leaves out. */
export interface Facet {
  /** Lower-case letters. */
  readonly key: string;
  read(): string | undefined;
  /** Takes a value from an address; false refuses it, and must then change nothing. */
  write(value: string | undefined): boolean;
}

/** `entries` as an address has them, without the `#`. */
export function formatHash(entries: Iterable<readonly [string, string]>): string {
  return Array.from(entries, ([key, value]) => `${key}=${escaped(value)}`).join('&');
}

/** The entries of an address; `undefined` when it is not of the form that `formatHash` gives, or too long. */
export function parseHash(hash: string): Map<string, string> | undefined {
  const text = hash.replace(/^#/, '');
  const entries = new Map<string, string>();
  if (text === '') return entries;
  if (text.length > LONGEST) return undefined;
  for (const part of text.split('&')) {
    const [, key, value] = /^([a-z]+)=(.*)$/s.exec(part) ?? [];
    if (key === undefined || value === undefined || entries.has(key)) return undefined;
    try {
      entries.set(key, decodeURIComponent(value));
    } catch {
      return undefined;
    }
  }
  return entries;
}

/** Percent-encoded but for what is harmless and frequent; half a surrogate pair becomes the replacement character. */
function escaped(value: string): string {
  return encodeURIComponent(value.replaceAll(/\p{Surrogate}/gu, '\uFFFD')).replaceAll('%2C', ',').replaceAll('%3A', ':').replaceAll('%2F', '/');
}

export class Share {
  readonly #facets: readonly Facet[];
  readonly #refused: (keys: readonly string[]) => void;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #started = false;

  /** `refused`: told which keys of an address made no sense; `['#']` when the whole of it made none. */
  constructor(facets: readonly Facet[], refused: (keys: readonly string[]) => void) {
    this.#facets = facets;
    this.#refused = refused;
  }

  /** Takes the state from the address, now and whenever the visitor goes back or forth. */
  start(): void {
    window.addEventListener('popstate', () => this.#apply());
    this.#apply();
    this.#started = true;
  }

  /** Tells that the state may have changed; the address follows when it has been quiet for a while. */
  changed(): void {
    if (!this.#started) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#push(), SETTLED);
  }

  /** The address of the state as it is; `more` adds to it and replaces. */
  link(more: Readonly<Record<string, string | undefined>> = {}): string {
    const address = new URL(location.href);
    address.hash = this.#hash(more);
    return address.href;
  }

  #hash(more: Readonly<Record<string, string | undefined>> = {}): string {
    return formatHash(
      this.#facets.flatMap((facet) => {
        const value = facet.key in more ? more[facet.key] : facet.read();
        return value === undefined ? [] : [[facet.key, value] as const];
      }),
    );
  }

  #push(): void {
    const hash = this.#hash();
    if (hash === location.hash.replace(/^#/, '') || hash.length > LONGEST) return;
    try {
      history.pushState(null, '', hash === '' ? location.pathname + location.search : `#${hash}`);
    } catch {
      // A frame without an origin, or too many entries in a short time: the link button still works.
    }
  }

  #apply(): void {
    clearTimeout(this.#timer);
    const entries = parseHash(location.hash);
    if (!entries) {
      this.#refused(['#']);
      return;
    }
    const keys = new Set(this.#facets.map(({ key }) => key));
    const refused = [...entries.keys()].filter((key) => !keys.has(key));
    for (const facet of this.#facets) {
      if (!facet.write(entries.get(facet.key))) refused.push(facet.key);
    }
    if (refused.length > 0) this.#refused(refused);
  }
}
