/** What runs before the first paint, inline in the page: tells the document the visitor's language, so that the right header shows. */
import { suited, tell } from '../messages/tags';
import { wantedLanguages } from './wanted-languages';

tell(suited(wantedLanguages(location.hash, location.search, navigator.languages)));
