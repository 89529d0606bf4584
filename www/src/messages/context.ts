/** The language of an element, where it is another than the page's: that which was said for it, or for what it is a part of. */
import type { ReactiveElement } from 'lit';
import { type Tongue, within } from './index';

/** A Lit element as it renders itself. */
interface Rendering extends Element {
  performUpdate(): void;
}

const tongues = new WeakMap<Element, Tongue>();

/** Has an element, and all that is rendered in it, speak a language from its next update on. */
export function speakIn(element: Element, tongue: Tongue): void {
  tongues.set(element, tongue);
}

/** What was said for an element or, from the inside out, for whose shadow tree it is in. */
export function tongueOf(element: Element): Tongue | undefined {
  for (let at: Element | undefined = element; at; ) {
    const tongue = tongues.get(at);
    if (tongue) return tongue;
    const root: Node = at.getRootNode();
    // Of whichever window's class.
    at = 'host' in root ? (root as ShadowRoot).host : undefined;
  }
  return undefined;
}

/** `work()`, with the texts of an element's language. */
export function inContext<Value>(element: Element, work: () => Value): Value {
  return within(tongueOf(element), work);
}

/** Has the elements of a class render in their language. */
export function speaksInContext(elements: Pick<typeof ReactiveElement, 'addInitializer'>): void {
  elements.addInitializer((own) => {
    const element = own as unknown as Rendering;
    const performUpdate = element.performUpdate.bind(element);
    element.performUpdate = () => inContext(element, performUpdate);
  });
}
