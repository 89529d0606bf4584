/** The language of each element: its `lang`, the nearest around it, or what the browser is set to. */
import { textsOf, type Tongue } from '../messages';
import { speakIn, tongueOf } from '../messages/context';
import { suited, type Tag } from '../messages/tags';
import { Newest } from '../newest';
import { isOwn } from '../register';

/** What can be told to render. */
interface Speaking extends Element {
  requestUpdate(): void;
}

const requests = new WeakMap<Speaking, { wanted: Tag | undefined; readonly coming: Newest }>();
/** The languages whose texts have come. */
const come = new Map<Tag, Tongue>();

/** The tag that stands on an element or nearest around it, through shadow roots; what the browser is set to where there is none. */
function nearest(element: Element): Tag {
  for (let at: Element | undefined = element; at; ) {
    const found: Element | null = at.closest('[lang]:not([lang=""])');
    if (found) return suited([found.getAttribute('lang') ?? '']);
    const root: Node = at.getRootNode();
    at = 'host' in root ? (root as ShadowRoot).host : undefined;
  }
  return suited(navigator.languages);
}

/**
 * Has an element speak the language that is its own where it is now, as soon as the texts are there; until then, and where they do
 * not come, the one before, at first English.
 */
export function follow(element: Speaking): void {
  const request = requests.get(element) ?? { wanted: undefined, coming: new Newest() };
  requests.set(element, request);
  const tag = nearest(element);
  if (tag === request.wanted) return;
  request.wanted = tag;
  const speak = (tongue: Tongue): void => {
    come.set(tag, tongue);
    speakIn(element, tongue);
    refresh(element);
  };
  const there = come.get(tag);
  if (there) {
    request.coming.end();
    speak(there);
    return;
  }
  void request.coming.run(
    async () => textsOf(tag),
    (texts) => speak({ tag, texts }),
    () => (request.wanted = tongueOf(element)?.tag),
  );
}

/** Renders it, and all that is in it, again: their properties have not changed, the texts have. */
function refresh(element: Speaking): void {
  element.requestUpdate();
  for (const inner of element.shadowRoot?.querySelectorAll('*') ?? []) if (isOwn(inner)) refresh(inner);
}
