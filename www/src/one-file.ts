/** The entry of the page that is one file: unpacks it, and puts the element in its place. */
import { artefacts } from './artefacts/one-file';
import { VitrineClassifier } from './element/classifier';
import { defineClassifier } from './element/elements';
import { suited } from './messages/tags';

document.documentElement.lang = suited(navigator.languages);
void artefacts(document).then((found) => {
  VitrineClassifier.artefacts = () => found;
  defineClassifier();
});
