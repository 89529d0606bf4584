/** Sheets of one document cannot be adopted by another: an element that moves into another window's gets copies of its own. */
import type { CSSResultOrNative, LitElement } from 'lit';

const copies = new WeakMap<Document, Map<CSSResultOrNative, CSSStyleSheet>>();

/** Gives an element, and all that is in it, the sheets of its class in the document that it is in now. */
export function adoptInto(element: Element): void {
  const view = element.ownerDocument.defaultView;
  const root = element.shadowRoot;
  if (!view || !root) return;
  const styles = (element.constructor as typeof LitElement).elementStyles as readonly CSSResultOrNative[] | undefined;
  if (styles) root.adoptedStyleSheets = styles.map((style) => copyOf(style, element.ownerDocument, view));
  for (const inner of root.querySelectorAll('*')) adoptInto(inner);
}

function copyOf(style: CSSResultOrNative, document: Document, { CSSStyleSheet: Sheet }: Window & typeof globalThis): CSSStyleSheet {
  const own = copies.get(document) ?? new Map<CSSResultOrNative, CSSStyleSheet>();
  copies.set(document, own);
  let sheet = own.get(style);
  if (!sheet) {
    sheet = new Sheet();
    sheet.replaceSync('cssText' in style ? style.cssText : Array.from(style.cssRules, ({ cssText }) => cssText).join('\n'));
    own.set(style, sheet);
  }
  return sheet;
}
