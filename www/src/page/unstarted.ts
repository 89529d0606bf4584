/** Shows the text that stands in the HTML for a page that does not start. Runs before all else, in browsers of any age. */
import type { Cause } from '../messages/en.unstarted';
import { reloadAnew } from '../reload';

/** Leaves, of the causes that the text names, the one that it was. `detail`: what the browser says of it, in its own words. */
export function tellUnstarted(cause: Cause, detail = ''): void {
  if (document.readyState === 'loading') {
    document.addEventListener('DOMContentLoaded', () => tellUnstarted(cause, detail), { once: true });
    return;
  }
  const app = document.querySelector('vitrine-app, vitrine-embed');
  if (!app) return;
  app.setAttribute('data-unstarted', cause);
  // What the page may have begun to render has no place for the text.
  if (app.shadowRoot && !app.shadowRoot.querySelector('slot')) app.shadowRoot.replaceChildren(document.createElement('slot'));
  const each = (selector: string, act: (element: HTMLElement) => void): void => Array.from(app.querySelectorAll<HTMLElement>(selector)).forEach(act);
  each('[data-cause]', (item) => (item.hidden = item.getAttribute('data-cause') !== cause));
  each('.lede', (lede) => (lede.hidden = true));
  each('.detail', (place) => {
    place.textContent = detail;
    place.hidden = detail === '';
  });
  each('.again', (link) =>
    link.addEventListener('click', (event) => {
      event.preventDefault();
      reloadAnew().catch(() => location.reload());
    }),
  );
  each('.copy', (text) => (text.hidden = cause !== 'copy' || text.querySelector('[href]') === null));
  each('.again', (link) => (link.hidden = cause === 'copy'));
  each('.unstarted', (text) => text.setAttribute('role', 'alert'));
}
