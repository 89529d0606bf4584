/**
 * Lets the page be painted from its HTML alone: style sheets, shell, the choice of language and the text for a page that
 * does not start stand in it. None of that is needed where a server's policy forbids what is inline.
 */
import { resolve } from 'node:path';
import { build, type Plugin } from 'vite';
import { hashed } from './hashed';
import { languages } from './languages';
import { shell } from './shell';
import { unstarted, unstartedStyles } from './unstarted';

const www = resolve(import.meta.dirname, '..');
const ENTRY = /<script type="module" crossorigin src="([^"]+)"><\/script>/;

export function firstPaint(): Plugin[] {
  return [
    {
      name: 'vitrine-inline',
      apply: 'build',
      transformIndexHtml: {
        order: 'pre',
        async handler(html) {
          const [script, texts] = await Promise.all([bundled('src/page/before-paint.ts'), languages()]);
          return html
            .replace('</head>', () => `<style>${unstartedStyles}</style><script>${script}</script></head>`)
            .replace('<vitrine-app>', (tag) => `${tag}${shell(texts)}<!-- styles -->${unstarted(texts)}`);
        },
      },
    },
    {
      name: 'vitrine-start',
      apply: 'build',
      enforce: 'post',
      generateBundle: {
        order: 'post',
        async handler(_options, bundle) {
          const page = bundle['index.html'];
          if (page?.type !== 'asset') throw new Error('the build gave no index.html');
          const emit = (name: string, source: string): string => {
            const fileName = hashed(name, source);
            this.emitFile({ type: 'asset', fileName, source });
            return `./${fileName}`;
          };
          const start = emit('start.js', await bundled('src/page/start.ts'));
          // In the body it keeps nothing before it from being painted.
          const styles = emit('start.css', unstartedStyles);
          page.source = String(page.source)
            // The page's scripts are fetched at once, and run when `start` has them run.
            .replace(ENTRY, (_script, entry: string) => `<link rel="modulepreload" crossorigin href="${entry}"><script async src="${start}"></script>`)
            .replace('<!-- styles -->', `<link rel="stylesheet" href="${styles}">`);
        },
      },
    },
  ];
}

/** A script with all that it imports, as text without a line break at its end, for browsers that may be too old for the page. */
export async function bundled(entry: string): Promise<string> {
  const output = await build({
    root: www,
    configFile: false,
    logLevel: 'error',
    build: { write: false, target: 'es2017', modulePreload: false, rolldownOptions: { input: resolve(www, entry), output: { format: 'iife' } } },
  });
  if (Array.isArray(output) || !('output' in output)) throw new Error(`${entry} gave no script`);
  return output.output[0].code.trim();
}
