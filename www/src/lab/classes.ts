/** The classes, as the data set and as the page call them. */
import manifest from '../../../models/manifest.json';
import { perLanguage, t } from '../messages';

/** The data set's names of the classes, in label order. */
export const classes: readonly string[] = manifest.labels;

/** The classes as the page calls them, in label order. */
export const classNames = perLanguage((): readonly string[] => classes.map((name) => t.className(name)));
