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

/** `make()`, made once for each language: one and the same object whenever its texts are in use. */
export function perLanguage<Value>(make: () => Value): () => Value {
  const made = new WeakMap<Messages, { readonly value: Value }>();
  return () => {
    const there = made.get(t) ?? { value: make() };
    made.set(t, there);
    return there.value;
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

/** A language with its texts. */
export interface Tongue {
  readonly tag: Tag;
  readonly texts: Messages;
}

/** `work()`, with another language in use while it runs; with that of the page for `undefined`. */
export function within<Value>(tongue: Tongue | undefined, work: () => Value): Value {
  const before = { texts: t, tag: language };
  if (tongue) speak(tongue.tag, tongue.texts);
  try {
    return work();
  } finally {
    speak(before.tag, before.texts);
  }
}
