/** The state of the page that is one file, behind the `#` of its address: links of the site and of embed.html open here too. */
import type { VitrineClassifier } from '../element/classifier';
import { t } from '../messages';
import { isSpoken, suited } from '../messages/tags';
import { tellDocument } from '../page/document-language';
import { browserEntries } from '../page/entries';
import { facets } from '../page/facets';
import { type Facet, Share } from '../page/share';
import { viewFacets, Views } from '../page/views';
import { wantedLanguages } from '../page/wanted-languages';

/** Has the page speak the language of its link, or else the browser's. */
export function speakAsAsked(): void {
  tellDocument(suited(wantedLanguages(location.hash, location.search, navigator.languages)));
}

/** Opens what the address says in an element that has rendered, and has the address follow what is done there. */
export function keepInAddress(element: VitrineClassifier): void {
  const { lab } = element;
  // What the lab is told of these is the element's to say.
  const told: Readonly<Record<string, () => void>> = {
    task: () => (element.task = lab.state.task),
    models: () => (element.models = lab.state.shown),
  };
  const own: Readonly<Record<string, Facet>> = {
    lang: languageFacet(element),
    // There is no test set in it.
    sample: { key: 'sample', read: () => undefined, write: (text) => text === undefined },
  };
  const shared = facets(lab, () => element.pad).map(
    (facet): Facet =>
      own[facet.key] ?? {
        ...facet,
        write(text) {
          const taken = facet.write(text);
          told[facet.key]?.();
          return taken;
        },
      },
  );
  // A link of the page's says where on it one is, and how it looks, which means nothing here.
  const strange = ['at', 'look'].map((key): Facet => ({ key, read: () => undefined, write: () => true }));
  const share = new Share([...shared, ...viewFacets(new Views()), ...strange], (keys) => lab.complain(() => t.share.refused(keys)), browserEntries(window));
  element.addController({ hostUpdated: () => share.changed() });
  share.start();
}

function languageFacet(element: VitrineClassifier): Facet {
  const usual = suited(wantedLanguages('', location.search, navigator.languages));
  const spoken = (): string => document.documentElement.lang;
  return {
    key: 'lang',
    read: () => (spoken() === usual ? undefined : spoken()),
    write(tag = usual) {
      if (!isSpoken(tag)) return false;
      tellDocument(tag);
      element.lang = tag;
      return true;
    },
  };
}
