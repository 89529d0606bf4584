/** What every language has to say, for what the build writes into the page's HTML. */
import { resolve } from 'node:path';
import { runnerImport } from 'vite';
import type { Messages } from '../src/messages';
import type { unstartedEn } from '../src/messages/en.unstarted';
import { spoken } from '../src/messages/tags';

/** What a file of a language exports. */
export interface Language {
  readonly texts: Messages;
  /** For a page that does not start. */
  readonly unstarted: typeof unstartedEn;
}

export type Languages = Readonly<Record<keyof typeof spoken, Language>>;

const messages = resolve(import.meta.dirname, '../src/messages');

/** By tag, in the order of the list. */
export async function languages(): Promise<Languages> {
  const read = async (tag: string): Promise<[string, Language]> => {
    const { module } = await runnerImport<Language>(resolve(messages, `${tag}.ts`), { configFile: false, logLevel: 'error' });
    return [tag, module];
  };
  return Object.fromEntries(await Promise.all(Object.keys(spoken).map(read))) as Languages;
}
