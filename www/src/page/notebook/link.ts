/** What the notebook puts into a link, and what it takes from one. Pure. */
import type { ModelId } from '../../shapes';
import type { ImageSet, Selection } from '../../shapes.notebook';
import { classIn, listed, unlisted } from '../views';

const SHARES: readonly Selection['share'][] = ['row', 'column', 'all'];

/** What of a selection is not as it is `usually`. */
export function cellText({ first, second, share, cell, set, rising }: Selection, usually: ModelId): string | undefined {
  return listed({
    model: first === usually ? undefined : first,
    beside: second || undefined,
    share: share === 'row' ? undefined : share,
    cell: cell && `${cell.truth}-${cell.predicted}`,
    set,
    order: rising ? 'rising' : undefined,
  });
}

/** A selection among these models and so many classes; what makes no sense is as it is `usually`. */
export function cellOf(text: string | undefined, models: readonly ModelId[], classes: number, usually: ModelId): Selection {
  const values = unlisted(text);
  const first = models.find((model) => model === values.get('model')) ?? usually;
  const [truth, predicted] = (values.get('cell') ?? '').split('-').map((part) => classIn(part, classes));
  const cell = truth === undefined || predicted === undefined ? undefined : { truth, predicted };
  const sets: readonly ImageSet[] = ['apart', 'wrong', ...models.map((model) => `only.${model}` as const)];
  return {
    first,
    second: models.find((model) => model === values.get('beside') && model !== first) ?? '',
    share: SHARES.find((share) => share === values.get('share')) ?? 'row',
    cell,
    set: cell ? undefined : sets.find((set) => set === values.get('set')),
    rising: values.get('order') === 'rising',
  };
}

/** Whose calibration is shown, and which class of it. */
export interface Trusting {
  readonly trusted: ModelId;
  readonly label: number | undefined;
}

export function trustText({ trusted, label }: Trusting, usually: ModelId): string | undefined {
  return listed({ model: trusted === usually ? undefined : trusted, class: label });
}

export function trustOf(text: string | undefined, models: readonly ModelId[], classes: number, usually: ModelId): Trusting {
  const values = unlisted(text);
  return {
    trusted: models.find((model) => model === values.get('model')) ?? usually,
    label: classIn(values.get('class'), classes),
  };
}

/** The usual threshold, in per cent. */
export const THRESHOLD = 80;
