/** The site's entry: registers the elements; the page starts the engine once it has been painted. */
import './components/index';
import { VitrineApp } from './page/app';

if (!customElements.get('vitrine-app')) customElements.define('vitrine-app', VitrineApp);
