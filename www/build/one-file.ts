/** The classifier as one HTML file each, into dist/: for a stick, for file://, for a frame without an origin. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { build as bundle } from 'vite';
import { documentStyles } from '../src/styles/document';
import { escaped } from './escaped';
import { languages, type Languages } from './languages';
import { toBase85 } from '../src/one-file/base85';
import { oneFileLicences } from './licences';
import { withHashes } from './policy';
import { worker } from './worker';
import { xz } from './xz';

const www = resolve(import.meta.dirname, '..');
const models = resolve(www, '../models');
const out = join(www, 'dist');

/** Each file, what it shows, and which of models/ it has. */
const FILES = {
  'vitrine.html': { models: 'mlp cnn-slim knn', controls: 'draw upload camera steps models neighbours', files: ['mlp.onnx', 'cnn-slim.onnx', 'knn.index', 'knn.thumbnails'] },
  'vitrine-small.html': { models: 'cnn-slim knn', controls: 'draw upload camera steps', files: ['cnn-slim.onnx', 'knn.index'] },
};

const POLICY = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; worker-src blob:; img-src data: blob:; base-uri 'none'; form-action 'none'";

const styles = (tags: readonly string[]): string => `${documentStyles}
body { max-width: calc(64 * var(--unit)); margin: 0 auto; padding: var(--space-4); }
h1 { margin: 0; font: 600 var(--text-xl) / 1.15 var(--font-display); }
vitrine-classifier { display: block; }
${tags.map((tag) => `:root:not(:lang(${tag})) [lang='${tag}']`).join(', ')} { display: none; }
`;

async function script(): Promise<string> {
  const output = await bundle({
    root: www,
    configFile: false,
    logLevel: 'error',
    define: { __TEST_SET__: 'false' },
    build: { write: false, target: 'es2022', modulePreload: false, rolldownOptions: { input: join(www, 'src/one-file.ts'), output: { format: 'iife', codeSplitting: false } } },
  });
  if (Array.isArray(output) || !('output' in output) || output.output.length !== 1) throw new Error('the one file’s script is not one script');
  const code = output.output[0].code.trim();
  // Nothing in it may end the element that it stands in.
  return code.replaceAll('</script', String.raw`<\/script`);
}

const packed = (name: string, bytes: Uint8Array): string => `<script type="application/x-xz" data-file="${name}">${toBase85(xz(bytes))}</script>`;

const inLanguages = (texts: Languages, text: (tag: Languages[keyof Languages]) => string): string =>
  Object.entries(texts).map(([tag, language]) => `<p lang="${tag}">${escaped(text(language))}</p>`).join('');

export async function build(): Promise<void> {
  const [texts, code, work] = await Promise.all([languages(), script(), worker('iife')]);
  // Nothing in it may end the element that it stands in.
  const rights = oneFileLicences().replaceAll('</', '< /');
  for (const [name, { models: shown, controls, files }] of Object.entries(FILES)) {
    const inside = [
      packed('worker.js', Buffer.from(work)),
      packed('vitrine_bg.wasm', readFileSync(join(www, 'pkg/vitrine_bg.wasm'))),
      ...files.map((file) => packed(file, readFileSync(join(models, file)))),
    ];
    const { html } = withHashes(`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light dark">
<link rel="icon" href="data:,">
<title>Vitrine</title>
<style>${styles(Object.keys(texts))}</style>
</head>
<body>
<h1>Vitrine</h1>
${inLanguages(texts, ({ texts: { oneFile } }) => oneFile.lede)}
<vitrine-classifier models="${shown}" controls="${controls}" heading-level="2" theme="auto" loading="eager">${inLanguages(texts, ({ texts: { oneFile } }) => oneFile.waiting)}</vitrine-classifier>
${inside.join('\n')}
<script type="text/plain" data-licences>
${rights}</script>
<script>${code}</script>
</body>
</html>
`);
    mkdirSync(out, { recursive: true });
    writeFileSync(join(out, name), html);
    process.stdout.write(`${name}: ${html.length} bytes\n`);
  }
}
