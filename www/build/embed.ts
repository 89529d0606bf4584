/** The lab alone, for a frame in another page, into dist/: embed.html and its scripts, beside the site's wasm and models. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { build as bundle } from 'vite';
import { documentStyles } from '../src/styles/document';
import { bundled } from './first-paint';
import { hashed } from './hashed';
import { languages } from './languages';
import { testSet } from './test-set';
import { unstarted, unstartedStyles } from './unstarted';
import { worker } from './worker';

const www = resolve(import.meta.dirname, '..');
const out = join(www, 'dist');

/** What needs no address; src/embed/policy.ts adds the rest. Nothing is inline. */
const POLICY = "object-src 'none'; frame-src 'none'; base-uri 'none'; form-action 'none'";

const styles = `${documentStyles}${unstartedStyles}
vitrine-embed { display: flow-root; }
body { overflow-wrap: break-word; }
`;

/** Writes a file under the name of its content; returns its address. */
function written(name: string, content: string): string {
  const path = hashed(name, content);
  writeFileSync(join(out, path), content);
  return `./${path}`;
}

/** Builds the entry's modules; returns the address of the first. */
async function modules(classic: string): Promise<string> {
  const packed = testSet().files;
  const output = await bundle({
    root: www,
    configFile: false,
    base: './',
    logLevel: 'error',
    publicDir: false,
    define: { __TEST_SET__: packed ? JSON.stringify(packed) : 'undefined', __CLASSIC_WORKER__: JSON.stringify(classic) },
    worker: { format: 'es' },
    build: {
      outDir: out,
      emptyOutDir: false,
      target: 'es2023',
      assetsInlineLimit: 0,
      reportCompressedSize: false,
      modulePreload: { polyfill: false },
      rolldownOptions: {
        input: { embed: join(www, 'src/embed.ts') },
        // One file to begin with; what comes later shares it.
        output: { codeSplitting: { groups: [{ name: 'embed', tags: ['$initial'] }] }, entryFileNames: 'assets/[name]-[hash].js' },
      },
    },
  });
  if (Array.isArray(output) || !('output' in output)) throw new Error('src/embed.ts gave no script');
  const entry = output.output.find((file) => file.type === 'chunk' && file.isEntry);
  if (!entry) throw new Error('src/embed.ts gave no entry');
  return `./${entry.fileName}`;
}

export async function build(): Promise<void> {
  const [texts, work, start] = await Promise.all([languages(), worker('iife'), bundled('src/embed/start.ts')]);
  const entry = await modules(written('worker-classic.js', work));
  const html = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<link rel="icon" href="./icon.svg" type="image/svg+xml">
<title>Vitrine</title>
<link rel="stylesheet" href="${written('embed.css', styles)}">
<link rel="modulepreload" crossorigin href="${entry}">
<script async src="${written('embed-start.js', start)}"></script>
</head>
<body>
<vitrine-embed>${unstarted(texts)}</vitrine-embed>
</body>
</html>
`;
  writeFileSync(join(out, 'embed.html'), html);
  // What hosts are told to send is the site's policy, and has to leave room for this one.
  const policy = readFileSync(join(out, 'policy.txt'), 'utf8');
  if (!policy.includes("worker-src 'self' blob:")) throw new Error('policy.txt keeps embed.html from starting its worker: expected worker-src \'self\' blob:');
  process.stdout.write(`embed.html: ${html.length} bytes\n`);
}
