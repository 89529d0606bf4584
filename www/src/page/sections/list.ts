/**
 * The sections below the lab, in order: a name, which is that of a file beside this one and what `#at=` says, and a title.
 * Nothing is imported here, so that the page's HTML can have the titles before any of the sections has come.
 */
import type { Messages } from '../../messages';

export const list = {
  why: (t) => t.why.title,
  metrics: (t) => t.metrics.title,
  measure: (t) => t.measure.title,
  notebook: (t) => t.notebook.title,
} as const satisfies Readonly<Record<string, (t: Messages) => string>>;
