/** What stands in the page's HTML for a visitor in whose browser the page does not start, in English. The build puts it there. */
const causes = {
  scripts: 'JavaScript is switched off, or something forbids it here. Vitrine computes in your browser and needs it.',
  slow: 'The connection is slow. Then this text goes away by itself.',
  missing: 'A file of the page did not come: the connection broke, or a new version has just been put there. Load the page again.',
  copy: 'This is a saved copy of the page, without the files that it needs. Open the original; to take Vitrine along, save vitrine.html from the same place: that one file opens by double click, without a server or a connection.',
  slash: 'The address lacks the slash at its end. Add it.',
  file: 'The page was opened as a file from a folder. Browsers start it from a web server only: run “python3 -m http.server” in that folder and open http://localhost:8000. Or open vitrine.html, which lies beside it and needs no server.',
  sealed: 'The page stands in a frame that is shut off from its own server (“srcdoc”, or “sandbox” without “allow-same-origin”). Open it in a tab of its own.',
  type: 'The server sends the page’s scripts as something else. Whoever runs it should send files that end in .js as text/javascript, and answer with the files themselves.',
  policy: 'A content security policy forbids the page’s scripts. Whoever runs the server should allow script-src \'self\' \'wasm-unsafe-eval\'.',
  old: 'This browser is too old. Vitrine needs Chrome or Edge 123, Firefox 120, Safari 17.5, or a newer one.',
  broken: 'The page’s script stopped. Load the page again.',
};

/** Why the page may not have started. */
export type Cause = keyof typeof causes;

export const unstartedEn = {
  title: 'Vitrine has not started',
  lede: 'It may be one of these:',
  causes,
  scriptless: 'Vitrine computes in your browser, and needs JavaScript for it. Allow it for this page.',
  reload: 'Load the page again',
  original: 'Open the original',
};
