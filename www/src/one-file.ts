/** The entry of the page that is one file: unpacks it, puts the element in its place, and opens what the address says. */
import { artefacts } from './artefacts/one-file';
import { VitrineClassifier } from './element/classifier';
import { defineClassifier } from './element/elements';
import { t } from './messages';
import { keepInAddress, speakAsAsked } from './one-file/state';

speakAsAsked();
const element = document.querySelector('vitrine-classifier');
artefacts(document).then(
  async (found) => {
    VitrineClassifier.artefacts = () => found;
    defineClassifier();
    await element?.updateComplete;
    if (element) keepInAddress(element);
  },
  // The element, which is none yet, shows its text.
  (problem: unknown) => element?.replaceChildren(t.oneFile.damaged(problem instanceof Error ? problem.message : String(problem))),
);
