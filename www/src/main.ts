/** The site's entry: chooses the language, registers the elements; the page starts the engine once it has been painted. */
import './components/index';
import { VitrineApp } from './page/app';
import { begin } from './page/language';

const define = (): void => {
  if (!customElements.get('vitrine-app')) customElements.define('vitrine-app', VitrineApp);
};

// English waits for nothing. No top-level await: another language's file imports from this one's.
const loading = begin();
if (loading) void loading.then(define);
else define();
