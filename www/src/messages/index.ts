/** The texts of the language in use. English comes with the page, another language when it is asked for. */
import { en } from './en';

/** What every language has to say. */
export type Messages = typeof en;

/** A language that the page speaks: how it calls itself, which way it is written, and its texts. */
interface Language {
  readonly name: string;
  readonly direction: 'ltr' | 'rtl';
  readonly load: () => Promise<Messages> | Messages;
}

const ready: Readonly<Record<string, Language>> = {
  en: { name: 'English', direction: 'ltr', load: () => en },
  de: { name: 'Deutsch', direction: 'ltr', load: async () => (await import('./de')).de },
};

/** Pseudo-languages (Unicode CLDR's names) for tests: long words with accents, and right to left. */
const pseudo: Readonly<Record<string, Language>> = {
  'en-XA': { name: 'en-XA', direction: 'ltr', load: async () => (await import('./pseudo')).accented(en) },
  'ar-XB': { name: 'ar-XB', direction: 'rtl', load: async () => (await import('./pseudo')).mirrored(en) },
};

/** The languages to choose from: tag and name. */
export const languages: readonly (readonly [string, string])[] = Object.entries(ready).map(([tag, { name }]) => [tag, name]);

/** The texts. A live binding: read it when a text is needed, never earlier. */
export let t: Messages = en;

/** `make()`, made again when the language has changed: one and the same object for as long as its texts are. */
export function perLanguage<Value>(make: () => Value): () => Value {
  let made: { readonly messages: Messages; readonly value: Value } | undefined;
  return () => {
    if (made?.messages !== t) made = { messages: t, value: make() };
    return made.value;
  };
}

/** The tag of the language in use. */
export let language = 'en';

/** Whether `tag` names a language that the page speaks. */
export function isSpoken(tag: string): boolean {
  return Object.hasOwn(ready, tag) || Object.hasOwn(pseudo, tag);
}

/**
 * The language for a visitor: the first of `asked` (tags from most to least wanted; `de-AT` is content with `de`) that
 * the page speaks, English when there is none.
 */
export function suited(asked: readonly string[]): string {
  for (const tag of asked) {
    if (isSpoken(tag)) return tag;
    const [base = ''] = tag.split('-');
    if (isSpoken(base)) return base;
  }
  return 'en';
}

/** Changes the texts over, and tells the document. English is there at once, without a turn of the event loop. */
export function speak(tag: string): Promise<void> | undefined {
  const chosen = ready[tag] ?? pseudo[tag];
  if (!chosen) return undefined;
  const adopt = (messages: Messages): void => {
    t = messages;
    language = tag;
    document.documentElement.lang = tag;
    document.documentElement.dir = chosen.direction;
    document.title = messages.page.title;
    document.querySelector('meta[name=description]')?.setAttribute('content', messages.page.description);
  };
  const messages = chosen.load();
  if (messages instanceof Promise) return messages.then(adopt);
  adopt(messages);
  return undefined;
}
