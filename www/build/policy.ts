/** Loosens the page's content security policy for the development server alone, which injects styles inline. */
import type { Plugin } from 'vite';

export function developmentPolicy(): Plugin {
  return {
    name: 'vitrine-development-policy',
    apply: 'serve',
    transformIndexHtml(html, context) {
      return context.server ? html.replace("style-src 'self'", "style-src 'self' 'unsafe-inline'") : html;
    },
  };
}
