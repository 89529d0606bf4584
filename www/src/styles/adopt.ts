/** Gives the document its own rules where a policy, or a host that rewrites HTML, took them out of the page. */
import { documentStyles } from './document';

export function adoptDocumentStyles(): void {
  if (getComputedStyle(document.documentElement).getPropertyValue('--paper') !== '') return;
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(documentStyles);
  document.adoptedStyleSheets.push(sheet);
}
