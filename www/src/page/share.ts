/**
 * The page's state in its address: `#draw=…&models=mlp,knn`. Whatever wants to be in a link brings a `Facet`. Nothing is
 * stored elsewhere, so a visit without storage loses nothing.
 */
import { formatHash, LONGEST, parseHash } from './address';
import type { Entries, Entry } from './entries';

/** Milliseconds of quiet after which a change comes into the address: strokes come faster. */
export const SETTLED = 600;

/** Of keys that no facet has, so many are told, cut to so many letters: others wrote them. */
const MOST_UNKNOWN = 3;
const LONGEST_UNKNOWN = 20;

/** One thing that a link tells. `undefined` stands for its usual value, which the address leaves out. */
export interface Facet {
  /** Lower-case letters. */
  readonly key: string;
  /** Whether its changes become part of the entry in force instead of one of their own: Back leads through steps, not strokes. */
  readonly isStroke?: true;
  read(): string | undefined;
  /** Whether a value may stand in an address; without it each may. What may not is kept beside the entry of the history. */
  fits?(value: string): boolean;
  /**
   * Takes a value; false refuses it, and must then change nothing. A promise: the value is on its way. It resolves to
   * false when something newer took its place, and otherwise to true, also when nothing came of it.
   */
  write(value: string | undefined): boolean | Promise<boolean>;
}

/** What facets say, in their order. */
type Values = readonly (string | undefined)[];

export class Share {
  readonly #facets: readonly Facet[];
  readonly #refused: (keys: readonly string[]) => void;
  readonly #entries: Entries;
  /** Values on their way, by facet: they count as taken. */
  readonly #coming = new Map<Facet, { readonly value: string | undefined }>();
  /** What the entry in force stands for, and what was seen last. */
  #told: (string | undefined)[] = [];
  #seen: Values = [];
  #timer: ReturnType<typeof setTimeout> | undefined;
  #stop: (() => void) | undefined;

  /** `refused`: told which keys of an address made no sense; `['#']` when the whole of it made none. */
  constructor(facets: readonly Facet[], refused: (keys: readonly string[]) => void, entries: Entries) {
    this.#facets = facets;
    this.#refused = refused;
    this.#entries = entries;
  }

  /** Takes the state from the address, now and whenever the visitor goes back or forth. What it leaves out stays as it is now. */
  start(): void {
    if (this.#stop) return;
    this.#stop = this.#entries.listen(() => this.#apply(false));
    this.#apply(true);
  }

  /** Neither reads nor writes addresses any more. */
  end(): void {
    clearTimeout(this.#timer);
    this.#coming.clear();
    this.#stop?.();
    this.#stop = undefined;
  }

  /** Tells that the state may have changed; the address follows when the state has been the same for a while. */
  changed(): void {
    if (!this.#stop) return;
    const values = this.#values();
    if (isSame(values, this.#seen)) return;
    this.#seen = values;
    clearTimeout(this.#timer);
    if (!isSame(values, this.#told)) this.#timer = setTimeout(() => this.#push(), SETTLED);
  }

  /** Has the address follow at once: what comes next is another step, and Back leads to this one's place in the page. */
  settle(): void {
    clearTimeout(this.#timer);
    if (!this.#stop) return;
    this.#seen = this.#values();
    this.#push();
  }

  /** The hash of the state as it is, without `#`; `more` adds to it and replaces. */
  hash(more: Readonly<Record<string, string | undefined>> = {}): string {
    return formatHash(
      this.#facets.flatMap((facet) => {
        const value = facet.key in more ? more[facet.key] : this.#value(facet);
        return value === undefined || facet.fits?.(value) === false ? [] : [[facet.key, value] as const];
      }),
    );
  }

  #value(facet: Facet): string | undefined {
    const coming = this.#coming.get(facet);
    return coming ? coming.value : facet.read();
  }

  #values(): (string | undefined)[] {
    return this.#facets.map((facet) => this.#value(facet));
  }

  #entry(): Entry {
    const kept = this.#facets.flatMap((facet) => {
      const value = this.#value(facet);
      return value === undefined || facet.fits?.(value) !== false ? [] : [[facet.key, value] as const];
    });
    return { hash: this.hash(), kept: Object.fromEntries(kept) };
  }

  #push(): void {
    const values = this.#values();
    const changed = this.#facets.filter((_, at) => values[at] !== this.#told[at]);
    if (changed.length > 0 && this.#write(changed.every(({ isStroke }) => isStroke) ? 'replace' : 'push')) this.#told = values;
  }

  #write(method: 'push' | 'replace'): boolean {
    const entry = this.#entry();
    if (entry.hash.length > LONGEST) return false;
    try {
      this.#entries[method](entry);
      return true;
    } catch {
      // A frame without an origin, or too many entries in a short time: the link button still works.
      return false;
    }
  }

  #apply(isFirst: boolean): void {
    clearTimeout(this.#timer);
    const { hash, kept } = this.#entries.now;
    const said = parseHash(hash);
    const refused = said ? this.#take(said, kept, isFirst) : this.#facets;
    const unknown = [...(said?.keys() ?? [])].filter((key) => !this.#facets.some((facet) => facet.key === key));
    this.#told = this.#values();
    this.#seen = [...this.#told];
    // An address that is written in another way than here stays as it is. Only what it does not say at all is put there.
    if (refused.some((facet) => this.#value(facet) !== undefined)) this.#write('replace');
    if (!said) this.#refused(['#']);
    else if (refused.length + unknown.length > 0) {
      this.#refused([...unknown.slice(0, MOST_UNKNOWN).map((key) => key.slice(0, LONGEST_UNKNOWN)), ...refused.map(({ key }) => key)]);
    }
  }

  /** Gives the facets their values; returns those that refuse. */
  #take(said: ReadonlyMap<string, string>, kept: Entry['kept'], isFirst: boolean): Facet[] {
    return this.#facets.filter((facet, at) => {
      const inAddress = said.get(facet.key);
      if (inAddress !== undefined && facet.fits?.(inAddress) === false) return true;
      const value = inAddress ?? kept[facet.key];
      // The visitor may have begun before the address was read.
      if (isFirst && value === undefined) return false;
      this.#coming.delete(facet);
      const taken = facet.write(value);
      if (typeof taken === 'boolean') return !taken;
      this.#await(facet, at, value, taken);
      return false;
    });
  }

  #await(facet: Facet, at: number, value: string | undefined, taken: Promise<boolean>): void {
    const coming = { value };
    this.#coming.set(facet, coming);
    void taken.then((stands) => {
      if (this.#coming.get(facet) !== coming) return;
      this.#coming.delete(facet);
      // Nothing came of it: that is no change of the visitor's, and the address goes on asking for it.
      if (stands && this.#told[at] === value) this.#told[at] = facet.read();
      this.changed();
    });
  }
}

function isSame(some: Values, others: Values): boolean {
  return some.length === others.length && some.every((value, at) => value === others[at]);
}
