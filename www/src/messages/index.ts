/** The texts of the language in use. English comes with the page, another language when it is asked for. */
import { en } from './en';
import { spoken, type Tag } from './tags';

/** What every language has to say. */
export type Messages = typeof en;

const load: Readonly<Record<Tag, () => Promise<Messages> | Messages>> = {
  en: () => en,
  de: async () => (await import('./de')).de,
  'en-XA': async () => (await import('./pseudo')).accented(en),
  'ar-XB': async () => (await import('./pseudo')).mirrored(en),
};

/** The languages to choose from: tag and name. */
export const languages: readonly (readonly [string, string])[] = Object.entries(spoken).map(([tag, { name }]) => [tag, name]);

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
export let language: Tag = 'en';

/** The texts of a language: English at once, without a turn of the event loop, any other when it has come. */
export function textsOf(tag: Tag): Promise<Messages> | Messages {
  return load[tag]();
}

/** Changes the texts over. */
export function speak(tag: Tag, texts: Messages): void {
  t = texts;
  language = tag;
}
