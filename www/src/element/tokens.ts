/** Attributes that list words, and those that allow a few. */
import type { ComplexAttributeConverter } from 'lit';
import type { Recipe } from '../shapes';

/** What of the lab can be shown, besides the answers. */
export const CONTROLS = ['draw', 'upload', 'camera', 'samples', 'steps', 'models', 'neighbours'] as const;
export type Control = (typeof CONTROLS)[number];

export const RECIPES: readonly Recipe[] = ['auto', 'photograph', 'light-on-dark', 'sketch', 'exact'];
export const THEMES = ['light', 'dark', 'auto'] as const;

/** Words with white space or commas between them ↔ a list. */
export const words: ComplexAttributeConverter<readonly string[]> = {
  fromAttribute: (text) => [...new Set(text?.split(/[\s,]+/).filter((word) => word !== '') ?? [])],
  toAttribute: (list) => list.join(' '),
};
