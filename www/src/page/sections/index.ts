/** The sections of {@link list} with what each renders. */
import { t } from '../../messages';
import { list } from './list';
import type { Section } from './section';

const files = import.meta.glob<Section>(['./*.ts', '!./{index,list,section}.ts', '!./*.test.ts'], { eager: true, import: 'section' });

/** A section in its place in the list. */
export interface Listed extends Section {
  readonly id: string;
  readonly title: () => string;
}

export const sections: readonly Listed[] = Object.entries(list).map(([id, title]) => {
  const section = files[`./${id}.ts`];
  if (!section) throw new Error(`page/sections/${id}.ts exports no section`);
  return { ...section, id, title: () => title(t) };
});
