/** The texts of the language in use. English comes with the page, another language when it is asked for. */
import { later } from '../later';
import { en } from './en';
import { pseudo as pseudoTags, spoken, type Tag } from './tags';

/** What every language has to say. */
export type Messages = typeof en;

/** Each in a file of its tag's name, which is fetched when its language is asked for. */
const files = import.meta.glob<Messages>(['./??.ts', './??-??.ts', '!./en.ts'], { import: 'texts' });

const pseudo: Readonly<Record<keyof typeof pseudoTags, () => Promise<Messages>>> = {
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
  if (tag === 'en') return en;
  const load = tag in pseudo ? pseudo[tag as keyof typeof pseudo] : files[`./${tag}.ts`];
  return load ? later(`messages/${tag}`, load) : Promise.reject(new Error(`messages/${tag}.ts is missing`));
}

/** Changes the texts over. */
export function speak(tag: Tag, texts: Messages): void {
  t = texts;
  language = tag;
}
