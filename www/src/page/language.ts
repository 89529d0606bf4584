/** Chooses the visitor's language and changes it while the page is shown. */
import { schedule } from '../components/schedule';
import { entitle, language, speak } from '../messages';
import { isSpoken, suited } from '../messages/tags';
import { isOwn, type Rendered } from '../register';
import { wantedLanguages } from './wanted-languages';

/** What is spoken when no link says otherwise. */
let usual = 'en';

/** Speaks the visitor's language; for English at once. */
export function begin(): Promise<void> | undefined {
  usual = suited(wantedLanguages('', location.search, navigator.languages));
  const changed = speak(suited(wantedLanguages(location.hash, location.search, navigator.languages)));
  if (changed) return changed.then(entitle);
  entitle();
  return undefined;
}

/** Changes over, `undefined` to the usual language, and renders everything again. False when no one speaks it. */
export function change(tag: string | undefined): boolean {
  if (tag !== undefined && !isSpoken(tag)) return false;
  if ((tag ?? usual) === language) return true;
  const changed = speak(tag ?? usual);
  if (changed) void changed.then(refresh);
  else refresh();
  return true;
}

/** Marks the document while texts of two languages stand in it. */
function changing(still: boolean): void {
  document.documentElement.toggleAttribute('data-changing', still);
}

/** Whether `tag` is what is spoken without a link. */
export function isUsual(tag: string): boolean {
  return tag === usual;
}

/**
 * Has every component render again: their properties have not changed, the texts have. In turns, from top to bottom: all
 * at once would be a long task.
 */
function refresh(): void {
  changing(true);
  // Another language of the document may mean other fonts: all of it is laid out anew.
  schedule(entitle);
  for (const element of components(document)) {
    schedule(() => {
      if (!element.isConnected) return;
      element.requestUpdate();
      element.performUpdate();
    });
  }
  schedule(() => changing(false));
}

function* components(root: ParentNode): Generator<Rendered> {
  for (const element of root.querySelectorAll('*')) {
    if (!isOwn(element)) continue;
    yield element;
    if (element.shadowRoot) yield* components(element.shadowRoot);
  }
}
