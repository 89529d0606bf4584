/** Defines custom elements; nothing else does. The files of their classes have no effect. */

/** A Lit element as seen here: it can be told to render, now. */
export interface Rendered extends Element {
  requestUpdate(): void;
  performUpdate(): void;
}

/** Classes under their names, which `HTMLElementTagNameMap` has to know. */
export type Elements = {
  readonly [Name in keyof HTMLElementTagNameMap as Name extends `vitrine-${string}` ? Name : never]?: new () => HTMLElementTagNameMap[Name];
};

const own = new Set<unknown>();

/**
 * Defines each class under its name, once however often it is called. A name that another script has taken stays that
 * script's: it is reported, and what would have stood there does not work.
 */
export function register(elements: Elements): void {
  for (const [name, element] of Object.entries(elements)) {
    const defined = customElements.get(name);
    if (defined === undefined) customElements.define(name, element);
    if (defined === undefined || defined === element) own.add(element);
    else reportError(new Error(`<${name}> is defined by another script; expected Vitrine's own element, loaded once and before it`));
  }
}

/** Whether it is one of the elements defined here. */
export function isOwn(element: Element): element is Rendered {
  return own.has(element.constructor);
}
