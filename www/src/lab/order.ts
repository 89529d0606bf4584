/** In which order models are shown; those that are not listed follow. */
import type { ModelId } from '../shapes';

const ORDER = ['mlp', 'cnn', 'cnn-slim', 'knn'];

/** `items` in the order in which the page shows models. */
export function inOrder<Item>(items: readonly Item[], model: (item: Item) => ModelId): Item[] {
  const rank = (item: Item): number => (ORDER.includes(model(item)) ? ORDER.indexOf(model(item)) : ORDER.length);
  return items.toSorted((a, b) => rank(a) - rank(b));
}
