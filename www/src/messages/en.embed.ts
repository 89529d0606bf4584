/** Texts of the lab in a frame, in English. */

/** What a page around a frame can give it, as its HTML says it; in the order in which it is shown. */
const grants = {
  'sandbox="allow-same-origin"': 'what has been fetched is there for the next visit, and frames that are not looked at give way to the one that is',
  'sandbox="allow-downloads"': 'saving files',
  'sandbox="allow-popups"': 'opening in a tab of its own',
  'allow="camera"': 'the camera, on every frame around it',
  'allow="clipboard-write"': 'copying by a button',
};

export type Grant = keyof typeof grants;

export const embedEn = {
  open: 'Open in a tab of its own',
  needs: 'What this frame lacks',
  opaque: 'The page around this frame has shut it off. Drawing, pictures and answers work; each of these words on its <iframe> would bring:',
  some: 'The page around this frame keeps these from it; these words on its <iframe> would bring:',
  grants,
  snippet: 'For a course page',
  snippetHint: 'The lab alone, with this drawing and task, as HTML to paste.',
  copySnippet: 'Copy the HTML',
  snippetCopied: 'HTML copied',
  camera: 'The camera was not allowed. In a frame the pages around decide too: each <iframe> has to say allow="camera". Choose a picture, or open Vitrine in a tab of its own.',
  saving: 'If nothing was saved, the page around this frame forbids it: its <iframe> has to say sandbox="… allow-downloads". Copy the text, or open Vitrine in a tab of its own.',
};
