/** The committed figures as this build ships them. */
import manifest from '../../../models/manifest.json';
import metrics from '../../../models/metrics.json';
import { inOrder } from '../lab/order';
import type { Figures } from '../shapes';

/** What the page shows of a model in metrics.json. */
type Committed = Pick<Figures, 'accuracy' | 'macro' | 'confusion' | 'text'> & { readonly interval: readonly number[] };

/** The classes of the committed figures, in label order. */
export const classes: readonly string[] = manifest.labels;

/** One of each measured model, in the order shown. */
export const figures: readonly Figures[] = inOrder(manifest.files, ({ role }) => role).flatMap(({ role, bytes }) => {
  const committed = (metrics.models as Readonly<Record<string, Committed>>)[role];
  if (!committed) return [];
  const { accuracy, macro, confusion, text, interval } = committed;
  return [{ model: role, accuracy, macro, confusion, text, interval: [interval[0] ?? 0, interval[1] ?? 1] as const, bytes }];
});
