/** What of the page is not kept for use offline, as its visitors know it. */
import type { Artefacts } from '../engine/engine';
import type { ModelFile, Published, Source } from '../engine/protocol';
import { t } from '../messages';
import type { Kept } from '../offline/protocol';

/** What is missing. */
export interface Lacking {
  /** In words; empty when all is there that the page keeps by itself. */
  readonly files: string;
  /** Whether the test set has not been kept yet: it is, once it has been fetched. */
  readonly testSet: boolean;
}

export function lacking({ missing }: Kept, { models, testSet }: Pick<Artefacts, 'models' | 'testSet'>): Lacking {
  const isMissing = (file: ModelFile | Source | Published): boolean => {
    const source = typeof file === 'object' && 'source' in file ? file.source : file;
    return typeof source === 'string' && missing.includes(source);
  };
  const lacks = models.filter(isMissing);
  const tests = testSet ? [testSet.images, testSet.labels].filter(isMissing) : [];
  const others = missing.length - lacks.length - tests.length;
  return { files: lacks.length + others === 0 ? '' : t.update.lacks(lacks.map(({ model }) => model), others), testSet: tests.length > 0 };
}
