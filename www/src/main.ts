/** The site's entry: chooses the language, registers the elements; the page starts the engine once it has been painted. */
import './components/index';
import { VitrineApp } from './page/app';
import { begin } from './page/language';

// English waits for nothing.
const loading = begin();
if (loading) await loading;
if (!customElements.get('vitrine-app')) customElements.define('vitrine-app', VitrineApp);
