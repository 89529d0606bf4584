/** The npm package, into dist-package/: modules, one bundle, workers, types, and the files that they fetch. */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { build as bundle, type Plugin } from 'vite';
import { elements } from './elements';
import { elementLicences } from './licences';
import { worker } from './worker';

const www = resolve(import.meta.dirname, '..');
const repository = resolve(www, '..');
const out = join(www, 'dist-package');
const dist = join(out, 'dist');

const ENTRIES = { index: 'src/package.ts', define: 'src/package-define.ts', engine: 'src/package-engine.ts' };
/** Nothing of these may be reachable. */
const FOREIGN = /@observablehq|workbox|\/src\/(page|charts|offline)\/|\/components\/(notebook|why)\//;

/** Writes addresses of files beside the script in the form that bundlers look for, when nothing reads them any more here. */
const beside = (): Plugin => ({
  name: 'vitrine-beside',
  renderChunk(code) {
    return code
      .replaceAll(/__BESIDE__\((["'`])([^"'`]+)\1\)/g, 'new URL("$2", import.meta.url).href')
      .replaceAll('__WORKER__()', 'new Worker(new URL("./worker.js", import.meta.url), { type: "module", name: "vitrine" })');
  },
});

/** Fails the build when something is reachable that the package must not carry. */
const frugal = (): Plugin => ({
  name: 'vitrine-frugal',
  buildEnd() {
    const reached = [...this.getModuleIds()].filter((id) => FOREIGN.test(id));
    if (reached.length > 0) throw new Error(`the package reaches ${reached.join(', ')}`);
  },
});

/** What is given as Lit's own modules, or taken in. */
async function modules(entries: Record<string, string>, split: boolean): Promise<void> {
  await bundle({
    root: www,
    configFile: false,
    logLevel: 'error',
    publicDir: false,
    define: { __TEST_SET__: 'undefined' },
    plugins: [beside(), frugal()],
    build: {
      outDir: dist,
      emptyOutDir: false,
      copyPublicDir: false,
      target: 'es2022',
      modulePreload: false,
      minify: !split,
      lib: { entry: Object.fromEntries(Object.entries(entries).map(([name, path]) => [name, join(www, path)])), formats: ['es'] },
      rolldownOptions: {
        external: split ? [/^lit($|\/)/] : [],
        output: { entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js', ...(split ? {} : { codeSplitting: false }) },
      },
    },
  });
}

/** Declarations, with the file endings that Node's rules ask for. */
function types(): void {
  const folder = join(dist, 'types');
  const config = join(out, 'types.json');
  writeFileSync(
    config,
    JSON.stringify({
      extends: '../tsconfig.json',
      compilerOptions: { noEmit: false, declaration: true, emitDeclarationOnly: true, allowImportingTsExtensions: false, stripInternal: true, rootDir: '..', outDir: folder },
      files: [...Object.values(ENTRIES), 'src/env.d.ts'].map((path) => `../${path}`),
      include: [],
    }),
  );
  execFileSync(process.execPath, [join(www, 'node_modules/typescript/bin/tsc'), '--project', config], { stdio: ['ignore', 'inherit', 'inherit'] });
  rmSync(config);
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.d.ts'));
  const known = new Set(files.map((path) => join(folder, path)));
  for (const path of known) {
    const text = readFileSync(path, 'utf8').replaceAll(/((?:from |import\(|import )["'])(\.{1,2}\/[^"']+)(["'])/g, (_whole, before: string, target: string, after: string) => {
      const file = resolve(dirname(path), target);
      return `${before}${known.has(`${file}.d.ts`) ? `${target}.js` : `${target}/index.js`}${after}`;
    });
    writeFileSync(path, text);
  }
}

/** The version is Cargo.toml's. */
function version(): string {
  const found = /^version = "([^"]+)"/m.exec(readFileSync(join(repository, 'Cargo.toml'), 'utf8'))?.[1];
  if (found === undefined) throw new Error('Cargo.toml has no version');
  return found;
}

function files(): void {
  mkdirSync(join(dist, 'wasm'), { recursive: true });
  mkdirSync(join(dist, 'models'), { recursive: true });
  for (const name of ['vitrine_bg.wasm', 'vitrine_relaxed_bg.wasm']) cpSync(join(www, 'pkg', name), join(dist, 'wasm', name));
  const manifest = JSON.parse(readFileSync(join(repository, 'models/manifest.json'), 'utf8')) as { files: { path: string; role: string }[] };
  const named = readFileSync(join(www, 'src/artefacts/package.ts'), 'utf8');
  for (const { path, role } of manifest.files) {
    // What the notebook alone shows.
    if (role === 'answers') continue;
    if (!named.includes(`__BESIDE__('./models/${path}')`)) throw new Error(`src/artefacts/package.ts does not name models/${path}, which the manifest has`);
    cpSync(join(repository, 'models', path), join(dist, 'models', path));
  }
  const own = JSON.parse(readFileSync(join(www, 'package/package.json'), 'utf8')) as Record<string, unknown>;
  const { dependencies } = JSON.parse(readFileSync(join(www, 'package.json'), 'utf8')) as { dependencies: Record<string, string> };
  writeFileSync(join(out, 'package.json'), `${JSON.stringify({ ...own, version: version(), dependencies: { lit: dependencies.lit } }, undefined, 2)}\n`);
  cpSync(join(repository, 'LICENSE'), join(out, 'LICENSE'));
  writeFileSync(join(out, 'licences.txt'), elementLicences());
}

export async function build(): Promise<void> {
  rmSync(out, { recursive: true, force: true });
  await modules(ENTRIES, true);
  await modules({ vitrine: 'src/package-define.ts' }, false);
  writeFileSync(join(dist, 'worker.js'), await worker('es'));
  writeFileSync(join(dist, 'worker.classic.js'), await worker('iife'));
  // Neither exports anything.
  writeFileSync(join(dist, 'worker.d.ts'), 'export {};\n');
  types();
  files();
  const readme = readFileSync(join(www, 'package/README.md'), 'utf8');
  writeFileSync(join(out, 'README.md'), readme.replace('<!-- table -->', () => elements(out)));
  process.stdout.write(`${basename(out)}/ is complete\n`);
}
