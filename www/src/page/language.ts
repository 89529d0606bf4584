/** Chooses the visitor's language and changes it while the page is shown. */
import { speak } from '../messages';
import { isSpoken, suited } from '../messages/tags';
import { asked } from './asked';

/** What is spoken when no link says otherwise. */
let usual = 'en';

/** Speaks the visitor's language; for English at once. */
export function begin(): Promise<void> | undefined {
  usual = suited(asked('', location.search, navigator.languages));
  return speak(suited(asked(location.hash, location.search, navigator.languages)));
}

/** Changes over, `undefined` to the usual language, and renders everything again. False when no one speaks it. */
export function change(tag: string | undefined): boolean {
  if (tag !== undefined && !isSpoken(tag)) return false;
  const changed = speak(tag ?? usual);
  if (changed) void changed.then(() => refresh(document));
  else refresh(document);
  return true;
}

/** Whether `tag` is what is spoken without a link. */
export function isUsual(tag: string): boolean {
  return tag === usual;
}

/** Has every component render again: their properties have not changed, the texts have. */
function refresh(root: ParentNode): void {
  for (const element of root.querySelectorAll('*')) {
    if ('requestUpdate' in element) (element as unknown as { requestUpdate(): void }).requestUpdate();
    if (element.shadowRoot) refresh(element.shadowRoot);
  }
}
