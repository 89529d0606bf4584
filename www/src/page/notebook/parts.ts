/** The sections of the notebook, in order: the name of a place, which is the id of its heading and what `#at=` says, and a title. */
import type { Messages } from '../../messages';

export const parts: Readonly<Record<string, (t: Messages) => string>> = {
  data: (t) => t.notebook.data.title,
  inside: (t) => t.notebook.models.title,
  compared: (t) => t.notebook.compared.title,
  mistakes: (t) => t.notebook.explorer.title,
  trust: (t) => t.notebook.trust.title,
};
