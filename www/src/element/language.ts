/**
 * The language of a page's elements. They speak one: that of the first of them, its `lang` or the nearest around it, and
 * afterwards that of whose `lang` changed last.
 */
import { language, speak, textsOf } from '../messages';
import { suited, type Tag } from '../messages/tags';
import { Newest } from '../newest';
import { isOwn } from '../register';

/** What can be told to render. */
interface Speaking extends Element {
  requestUpdate(): void;
}

const speaking = new Set<Speaking>();
const requests = new Newest();
let wanted: Tag | undefined;

/** The tag that stands on an element or nearest around it, through shadow roots; what the browser is set to where there is none. */
export function nearest(element: Element): Tag {
  for (let at: Element | undefined = element; at; ) {
    const found: Element | null = at.closest('[lang]:not([lang=""])');
    if (found) return suited([found.getAttribute('lang') ?? '']);
    const root: Node = at.getRootNode();
    at = root instanceof ShadowRoot ? root.host : undefined;
  }
  return suited(navigator.languages);
}

/** Has an element speak while it is in a page. */
export function join(element: Speaking): void {
  speaking.add(element);
  if (wanted === undefined) change(nearest(element));
}

export function leave(element: Speaking): void {
  speaking.delete(element);
}

/** Changes over, as soon as the texts are there; until then, and where they do not come, the language before is spoken. */
export function change(tag: Tag): void {
  if (tag === (wanted ?? language)) {
    wanted = tag;
    return;
  }
  wanted = tag;
  const adopt = (texts: Parameters<typeof speak>[1]): void => {
    speak(tag, texts);
    for (const element of speaking) refresh(element);
  };
  void requests.run(
    async () => textsOf(tag),
    adopt,
    () => (wanted = language),
  );
}

/** Renders it, and all that is in it, again: their properties have not changed, the texts have. */
function refresh(element: Speaking): void {
  element.requestUpdate();
  for (const inner of element.shadowRoot?.querySelectorAll('*') ?? []) if (isOwn(inner)) refresh(inner);
}
