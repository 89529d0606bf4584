/** Classes as the page calls them. */
import { perLanguage, t } from '../messages';

const made = new WeakMap<readonly string[], () => readonly string[]>();

/** `labels` (a model's, or the data set's) in the language in use: one and the same list for as long as both are. */
export function classNames(labels: readonly string[]): readonly string[] {
  let names = made.get(labels);
  if (!names) {
    names = perLanguage(() => labels.map((label) => t.className(label)));
    made.set(labels, names);
  }
  return names();
}
