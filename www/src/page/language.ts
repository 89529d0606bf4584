/** Chooses the visitor's language and changes it while the page is shown. */
import { schedule } from '../components/schedule';
import { Absence } from '../later';
import { language, speak, t, textsOf } from '../messages';
import { isSpoken, suited, type Tag } from '../messages/tags';
import { isOwn, type Rendered } from '../register';
import { tellDocument } from './document-language';
import { LanguageSwitch } from './language-switch';
import { wantedLanguages } from './wanted-languages';

/** Milliseconds for which the page waits for its texts; after that it is shown in English, and changes when they come. */
const PATIENCE = 5_000;

/** What is spoken when no link says otherwise. */
let usual: Tag = 'en';
let isShown = false;
/** A language that did not come. */
export interface Missing {
  readonly tag: Tag;
  /** Whether only a reload brings it: chosen again, it would fail again. */
  readonly isStuck: boolean;
}

/** One that did not come before anyone could be told. */
let missing: Missing | undefined;
let tell = (language: Missing | undefined): void => void (missing = language);

const languages = new LanguageSwitch(
  textsOf,
  (tag, texts) => {
    speak(tag, texts);
    tell(undefined);
    if (isShown) refresh();
  },
  (tag, thrown) => {
    if (!isShown && tag === usual) usual = language;
    tell({ tag, isStuck: thrown instanceof Absence && thrown.code !== 'away' });
  },
);

/** Speaks the visitor's language, or English when it does not come; for English at once. Then the page can be shown. */
export function begin(): Promise<void> | undefined {
  usual = suited(wantedLanguages('', location.search, navigator.languages));
  const changed = languages.change(suited(wantedLanguages(location.hash, location.search, navigator.languages)));
  const show = (): void => {
    isShown = true;
    entitle();
  };
  if (changed !== true) return Promise.race([changed, new Promise((resolve) => setTimeout(resolve, PATIENCE))]).then(show);
  show();
  return undefined;
}

/** Has `listener` told of every language that does not come, so that the one before stays, and of `undefined` when one has come. */
export function whenMissing(listener: (language: Missing | undefined) => void): void {
  tell = listener;
  if (missing !== undefined) tell(missing);
}

/**
 * Changes over, `undefined` to the usual language, and renders everything again. False when no one speaks it. A promise:
 * its texts are on their way; it resolves to false when another was asked for meanwhile.
 */
export function change(tag: string | undefined): boolean | Promise<boolean> {
  if (tag !== undefined && !isSpoken(tag)) return false;
  // It is asked for again.
  missing = undefined;
  return languages.change(tag ?? usual);
}

/** Tells the document its language, title and description. */
function entitle(): void {
  tellDocument(language);
  document.title = t.page.title;
  document.querySelector('meta[name=description]')?.setAttribute('content', t.page.description);
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
