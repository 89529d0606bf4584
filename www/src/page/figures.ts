/** The committed figures as this build ships them. */
import manifest from '../../../models/manifest.json';
import metrics from '../../../models/metrics.json';
import { perLanguage, t } from '../messages';
import type { Figures, ModelId } from '../shapes';

/** The data set's names of the classes, in label order. */
export const classes: readonly string[] = manifest.labels;

/** The classes as the page calls them, in label order. */
export const classNames = perLanguage((): readonly string[] => classes.map((name) => t.className(name)));

/** What the page shows of a model in metrics.json. */
type Committed = Pick<Figures, 'accuracy' | 'macro' | 'confusion' | 'text'> & { readonly interval: readonly number[] };

/** In which order models are shown; others follow. */
const ORDER = ['mlp', 'cnn', 'cnn-slim', 'knn'];

/** `items` in the order in which the page shows models. */
export function inOrder<Item>(items: readonly Item[], model: (item: Item) => ModelId): Item[] {
  const rank = (item: Item): number => (ORDER.includes(model(item)) ? ORDER.indexOf(model(item)) : ORDER.length);
  return items.toSorted((a, b) => rank(a) - rank(b));
}

/** One of each measured model, in the order shown. */
export const figures: readonly Figures[] = inOrder(manifest.files, ({ role }) => role).flatMap(({ role, bytes }) => {
  const committed = (metrics.models as Readonly<Record<string, Committed>>)[role];
  if (!committed) return [];
  const { accuracy, macro, confusion, text, interval } = committed;
  return [{ model: role, accuracy, macro, confusion, text, interval: [interval[0] ?? 0, interval[1] ?? 1] as const, bytes }];
});
