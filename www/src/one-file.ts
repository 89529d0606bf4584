/** The entry of the page that is one file: unpacks it, puts the element in its place, and opens what the address says. */
import { artefacts } from './artefacts/one-file';
import { VitrineClassifier } from './element/classifier';
import { defineClassifier } from './element/elements';
import { keepInAddress, speakAsAsked } from './one-file/state';

speakAsAsked();
void artefacts(document).then(async (found) => {
  VitrineClassifier.artefacts = () => found;
  defineClassifier();
  const element = document.querySelector('vitrine-classifier');
  await element?.updateComplete;
  if (element) keepInAddress(element);
});
