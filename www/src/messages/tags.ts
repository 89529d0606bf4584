/** The languages that the page speaks, and which of them a visitor gets. Without their texts: this runs before the first paint. */

/** How a language calls itself, and which way it is written. */
interface Tongue {
  readonly name: string;
  readonly direction: 'ltr' | 'rtl';
}

/** The languages to choose from, each with a file of its tag's name beside this one. */
export const spoken = {
  en: { name: 'English', direction: 'ltr' },
  de: { name: 'Deutsch', direction: 'ltr' },
} as const satisfies Readonly<Record<string, Tongue>>;

/** Pseudo-languages (Unicode CLDR's names) for tests: long words with accents, and right to left. */
export const pseudo = { 'en-XA': { name: 'en-XA', direction: 'ltr' }, 'ar-XB': { name: 'ar-XB', direction: 'rtl' } } as const satisfies Readonly<Record<string, Tongue>>;

export type Tag = keyof typeof spoken | keyof typeof pseudo;

const all: Readonly<Record<Tag, Tongue>> = { ...spoken, ...pseudo };

/** How a language calls itself. */
export function nameOf(tag: Tag): string {
  return all[tag].name;
}

/** Whether `tag` names a language that the page speaks. */
export function isSpoken(tag: string): tag is Tag {
  return Object.hasOwn(all, tag);
}

/**
 * The language for a visitor: the first of `asked` (tags from most to least wanted; `de-AT` is content with `de`) that
 * the page speaks, English when there is none.
 */
export function suited(asked: readonly string[]): Tag {
  for (const tag of asked) {
    if (isSpoken(tag)) return tag;
    const [base = ''] = tag.split('-');
    if (isSpoken(base)) return base;
  }
  return 'en';
}

/** Which way a language is written. */
export function directionOf(tag: Tag): Tongue['direction'] {
  return all[tag].direction;
}
