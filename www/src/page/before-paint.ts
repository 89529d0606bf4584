/**
 * What runs before the first paint, inline in the page: tells the document the visitor's language, so that the right header
 * shows, and watches over the script that starts the page.
 */
import { suited } from '../messages/tags';
import { diagnose, watchPolicies } from './diagnosis';
import { tellDocument } from './document-language';
import { tellUnstarted } from './unstarted';
import { wantedLanguages } from './wanted-languages';

const STARTER = /\/start-[\w-]+\.js$/;

watchPolicies();
// An element's error does not bubble: it is heard on its way down.
window.addEventListener(
  'error',
  (event) => {
    const isMissing = event.target instanceof HTMLScriptElement;
    const script = event.target instanceof HTMLScriptElement ? event.target.src : event.filename;
    if (!STARTER.test(script)) return;
    // Without its slash at the end an address means the folder above, and nothing is found there.
    if (location.protocol.startsWith("http") && !/(\/|\.html?)$/.test(location.pathname)) {
      location.replace(`${location.pathname}/${location.search}${location.hash}`);
      return;
    }
    void diagnose([script], event.message).then(({ cause, detail }) => tellUnstarted(cause === 'file' && isMissing ? 'copy' : cause, detail));
  },
  true,
);

tellDocument(suited(wantedLanguages(location.hash, location.search, navigator.languages)));
