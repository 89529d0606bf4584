/** The site's entry: chooses the language, registers the elements; the page starts the engine once it has been painted. */
import { artefacts } from './artefacts/site';
import { VitrineApp } from './page/app';
import { elements } from './page/elements';
import { begin } from './page/language';
import { register } from './register';
import { adoptDocumentStyles } from './styles/adopt';

VitrineApp.artefacts = artefacts;
const define = (): void => elements.forEach(register);

adoptDocumentStyles();
// English waits for nothing. No top-level await: another language's file imports from this one's.
const loading = begin();
if (loading) void loading.then(define);
else define();
