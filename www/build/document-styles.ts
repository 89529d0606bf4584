/** Puts the styles of the document, which the source has as a sheet of Lit's, into the page's HTML. */
import type { Plugin } from 'vite';
import { documentStyles as styles } from '../src/styles/document';

export function documentStyles(): Plugin {
  return {
    name: 'vitrine-document-styles',
    transformIndexHtml: { order: 'pre', handler: (html) => html.replace('</head>', () => `<style>${styles}</style></head>`) },
  };
}
