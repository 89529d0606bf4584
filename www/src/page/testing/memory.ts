/** A page and a history that stand in memory, for tests of what the address holds. */
import type { Entries, Entry } from '../entries';
import { type Facet, Share } from '../share';

/** A history that stands in memory. */
export class Memory implements Entries {
  readonly list: Entry[];
  at = 0;
  writes = 0;
  #travelled: (() => void) | undefined;

  constructor(hash = '') {
    this.list = [{ hash, kept: {} }];
  }

  get now(): Entry {
    return this.list[this.at] ?? { hash: '', kept: {} };
  }

  push(entry: Entry): void {
    this.writes++;
    this.list.splice(++this.at, Infinity, entry);
  }

  replace(entry: Entry): void {
    this.writes++;
    this.list[this.at] = entry;
  }

  listen(travelled: () => void): () => void {
    this.#travelled = travelled;
    return () => (this.#travelled = undefined);
  }

  /** Back and Forward; at an end nothing happens, as in a browser. */
  go(step: number): void {
    const to = this.at + step;
    if (to < 0 || to >= this.list.length) return;
    this.at = to;
    this.#travelled?.();
  }

  /** Follows a link in the page. */
  follow(hash: string): void {
    if (hash === this.now.hash) return;
    this.list.splice(++this.at, Infinity, { hash, kept: {} });
    this.#travelled?.();
  }
}

/** A facet over a variable. Values with an `x` are refused, those longer than 5 do not fit an address. */
export class Plain implements Facet {
  value: string | undefined;
  readonly key: string;

  constructor(key: string) {
    this.key = key;
  }

  read(): string | undefined {
    return this.value;
  }

  fits(value: string): boolean {
    return value.length <= 5;
  }

  write(value: string | undefined): boolean {
    if (value?.includes('x')) return false;
    this.value = value;
    return true;
  }
}

/** A facet whose values come later, when a test says so; values with an `f` never do. */
export class Slow implements Facet {
  value: string | undefined;
  readonly key = 'slow';
  #settle: ((arrived: boolean) => void) | undefined;

  read(): string | undefined {
    return this.value;
  }

  write(value: string | undefined): boolean | Promise<boolean> {
    this.#settle?.(false);
    this.#settle = undefined;
    if (value === undefined || value === this.value) {
      this.value = value;
      return true;
    }
    return new Promise((resolve) => {
      this.#settle = (arrived) => {
        if (arrived) this.value = value.includes('f') ? undefined : value;
        resolve(arrived);
      };
    });
  }

  arrive(): void {
    this.#settle?.(true);
    this.#settle = undefined;
  }

  /** The visitor takes something else meanwhile. */
  choose(value: string | undefined): void {
    this.#settle?.(false);
    this.#settle = undefined;
    this.value = value;
  }
}

/** The visitor's page: two facets that are there at once, and one that comes later. */
export class Page {
  readonly plain = new Plain('plain');
  readonly other = new Plain('other');
  readonly slow = new Slow();
  readonly refused: string[][] = [];
  readonly share: Share;
  readonly entries: Memory;

  constructor(entries: Memory) {
    this.entries = entries;
    this.share = new Share([this.plain, this.slow, this.other], (keys) => this.refused.push([...keys]), entries);
  }

  /** The visitor changes something. */
  set(facet: Plain | Slow, value: string | undefined): void {
    if (facet instanceof Slow) facet.choose(value);
    else facet.value = value;
    this.share.changed();
  }

  get values(): (string | undefined)[] {
    return [this.plain.value, this.slow.value, this.other.value];
  }
}
