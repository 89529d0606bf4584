/** Lets the page be painted from its HTML alone: style sheets, shell and the choice of language stand in it, by hash in its policy. */
import { createHash } from 'node:crypto';
import { resolve } from 'node:path';
import { build, type Plugin } from 'vite';
import { shell } from './shell';

const www = resolve(import.meta.dirname, '..');
const ENTRY = /<script type="module" crossorigin src="([^"]+)"><\/script>/;
/** What this file put into the page: element and content. */
const INLINE = /<(style|script)(?: type="module")?>(.*?)<\/\1>/gs;

/**
 * Fetches the page's scripts at once and runs them when the first paint is on the screen, or after a second where none
 * comes (a tab in the background). Importing twice is importing once.
 */
const starter = (entry: string): string =>
  `<link rel="modulepreload" crossorigin href="${entry}"><script type="module">const begin=()=>import("${entry}");new PerformanceObserver(begin).observe({type:"paint",buffered:true});setTimeout(begin,1000)</script>`;

export function firstPaint(): Plugin[] {
  return [
    {
      name: 'vitrine-inline',
      apply: 'build',
      transformIndexHtml: {
        order: 'pre',
        async handler(html) {
          const script = await bundled('src/page/before-paint.ts');
          return html
            .replace('</head>', () => `<script>${script}</script></head>`)
            .replace('<vitrine-app>', (tag) => tag + shell());
        },
      },
    },
    {
      name: 'vitrine-inline-policy',
      apply: 'build',
      transformIndexHtml: {
        order: 'post',
        handler(text) {
          const html = text.replace(ENTRY, (_script, entry: string) => starter(entry));
          const inline = [...html.matchAll(INLINE)];
          const hashes = (wanted: string): string[] =>
            inline.flatMap(([, element, content = '']) => (element === wanted ? [` 'sha256-${createHash('sha256').update(content).digest('base64')}'`] : []));
          return html.replace(/(style|script)-src 'self'/g, (source, element: string) => source + hashes(element).join(''));
        },
      },
    },
  ];
}

/** A script with all that it imports, as text without a line break at its end. */
async function bundled(entry: string): Promise<string> {
  const output = await build({
    root: www,
    configFile: false,
    logLevel: 'error',
    build: { write: false, target: 'es2023', modulePreload: false, rolldownOptions: { input: resolve(www, entry), output: { format: 'iife' } } },
  });
  if (Array.isArray(output) || !('output' in output)) throw new Error(`${entry} gave no script`);
  return output.output[0].code.trim();
}
