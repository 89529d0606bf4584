/** What of the page is not kept for use offline, as its visitors know it. */
import type { ModelFile } from '../engine/protocol';
import { t } from '../messages';
import type { Kept } from '../offline/protocol';

/** Says what is missing of `kept`; empty when nothing is. */
export function lacking({ missing }: Kept, models: readonly ModelFile[], testSet: boolean): string {
  const lacks = models.filter(({ source }) => typeof source === 'string' && missing.includes(source));
  return missing.length === 0 && !testSet
    ? ''
    : t.update.lacks(
        lacks.map(({ model }) => model),
        missing.length - lacks.length,
        testSet,
      );
}
