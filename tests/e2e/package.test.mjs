/** The npm package holds what it says, and its table what the element has. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { chromium } from 'playwright-core';
import { document as page_, folder, packageHost } from './package.mjs';
import { FLAGS, repository, visit } from './site.mjs';

let browser;
before(async () => (browser = await chromium.launch({ executablePath: process.env.CHROMIUM || '/usr/bin/chromium', args: FLAGS })));
after(() => browser.close());

const json = async (...path) => JSON.parse(await readFile(join(folder, ...path), 'utf8'));

test('its version is that of Cargo.toml, Lit its only dependency, and every export is there', async () => {
  const { version, dependencies, exports } = await json('package.json');
  assert.equal(version, /^version = "(.+)"$/m.exec(await readFile(join(repository, 'Cargo.toml'), 'utf8'))[1]);
  assert.deepEqual(Object.keys(dependencies), ['lit']);
  for (const [name, target] of Object.entries(exports)) {
    if (name.includes('*')) continue;
    if (typeof target === 'object') assert.equal(Object.keys(target)[0], 'types', name);
    for (const path of typeof target === 'string' ? [target] : Object.values(target)) await readFile(join(folder, path));
  }
  const { files } = JSON.parse(await readFile(join(repository, 'models/manifest.json'), 'utf8'));
  assert.deepEqual((await readdir(join(folder, 'dist/models'))).toSorted(), files.filter(({ role }) => role !== 'answers').map(({ path }) => path).toSorted());
});

test('its modules name Lit and one another, its workers nothing, and the classic one is no module', async () => {
  const names = (await readdir(join(folder, 'dist'))).filter((name) => name.endsWith('.js'));
  for (const name of names) {
    const code = await readFile(join(folder, 'dist', name), 'utf8');
    for (const [, target] of code.matchAll(/(?:^import|from) ?["']([^"'\n]+)["']/gm)) assert.match(target, name === 'vitrine.js' || name.startsWith('worker') ? /^$/ : /^(lit($|\/)|\.\/)/, name);
    if (name.startsWith('worker')) assert.doesNotMatch(code, /import\.meta|\bimport\(/, name);
    else assert.doesNotMatch(code, /__BESIDE__|__WORKER__/, name);
    assert.doesNotMatch(code, /workbox|observablehq/i, name);
  }
  assert.doesNotMatch(await readFile(join(folder, 'dist/worker.classic.js'), 'utf8'), /^\s*(import|export)\b/m);
});

test('site, package and one file carry the licences of all that is in them', async () => {
  const tree = execFileSync('cargo', ['tree', '--locked', '--package', 'vitrine', '--target', 'wasm32-unknown-unknown', '--edges', 'normal,no-proc-macro', '--prefix', 'none'], { cwd: repository, encoding: 'utf8' });
  const crates = [...new Set(Array.from(tree.matchAll(/^(\S+) v(\S+)/gm), ([, name, version]) => `${name} ${version} (`))];
  assert.ok(crates.length > 50);
  const { packages } = JSON.parse(await readFile(join(repository, 'www/package-lock.json'), 'utf8'));
  const named = Object.entries(packages).filter(([path, { dev, optional }]) => path !== '' && !dev && !optional);
  const all = named.map(([path, { version }]) => `${path.split('node_modules/').at(-1)} ${version} (`);
  const lit = all.filter((name) => /^(lit|lit-html|lit-element|@lit\/reactive-element) /.test(name));
  const oneFile = all.filter((name) => lit.includes(name) || name.startsWith('xz-decompress '));
  assert.ok(lit.length === 4 && oneFile.length === 5 && all.length > 20);
  for (const [path, parts] of Object.entries({ 'dist/licences.txt': all, 'dist-package/licences.txt': lit, 'dist/vitrine.html': oneFile, 'dist/vitrine-small.html': oneFile })) {
    const text = await readFile(join(repository, 'www', path), 'utf8');
    assert.deepEqual([...crates, ...parts].filter((part) => !text.includes(part)), [], path);
    assert.doesNotMatch(text, /\(unknown\)/);
    // The words of the licences, and not their names alone.
    for (const words of ['Permission is hereby granted, free of charge', 'Redistributions of source code must retain']) assert.ok(text.includes(words), `${path}: ${words}`);
  }
});

test('on a server importing it is harmless', () => {
  for (const entry of ['index', 'define', 'engine']) execFileSync(process.execPath, ['--input-type=module', '-e', `await import(${JSON.stringify(join(folder, `dist/${entry}.js`))})`], { cwd: join(repository, 'www') });
});

test('wasm, worker and models may be addresses elsewhere, bytes, a compiled module or a function', async () => {
  const places = {
    addresses: "{ wasm: '/else/wasm/vitrine_bg.wasm', worker: '/else/worker.js', models: (path) => new URL('/else/models/' + path, location.href).href }",
    bytes: "{ base: '/else', wasm: await bytes('/else/wasm/vitrine_bg.wasm'), models: (path) => model }",
    module: "{ base: '/else/', wasm: await WebAssembly.compile(await bytes('/else/wasm/vitrine_bg.wasm')), worker: () => new Worker('/else/worker.js', { type: 'module' }) }",
  };
  for (const [name, given] of Object.entries(places)) {
    const script = `import { artefacts, VitrineClassifier } from '/dist/vitrine.js';
      const bytes = async (path) => new Uint8Array(await (await fetch(path)).arrayBuffer());
      const model = await bytes('/else/models/cnn-slim.onnx');
      const parts = artefacts(${given});
      VitrineClassifier.artefacts = () => parts;
      document.body.append(Object.assign(document.createElement('vitrine-classifier'), { loading: 'eager' }));`;
    const { url, close, asked } = await packageHost(
      { '/page.html': page_('', `<script type="module">${script}</script>`) },
      { at: (path) => path.replace(/^\/else\//, '/dist/') },
    );
    try {
      await visit({ browser, url }, (page) => page.waitForFunction(() => document.querySelector('vitrine-classifier:state(ready)')), { path: 'page.html' });
      const fetched = asked.filter((path) => /\.(wasm|onnx)$|worker/.test(path));
      assert.ok(fetched.length > 0 && fetched.every((path) => path.startsWith('/else/')), `${name}: ${fetched}`);
      assert.equal(fetched.filter((path) => path.endsWith('.wasm')).length, 1, name);
    } finally {
      await close();
    }
  }
});

test('custom-elements.json, and the table of its README, are what the element has', async () => {
  const { modules } = await json('custom-elements.json');
  const element = modules.flatMap(({ declarations }) => declarations).find(({ customElement }) => customElement);
  const names = (rows) => rows.map(({ name }) => name).toSorted();
  const { url, close } = await packageHost({ '/page.html': page_('<vitrine-classifier></vitrine-classifier>') });
  let found;
  try {
    await visit(
      { browser, url },
      async (page) => {
        await page.waitForFunction(() => document.querySelector('vitrine-classifier:state(ready)'));
        found = await page.evaluate((attributes) => {
          const own = document.querySelector('vitrine-classifier');
          const usual = attributes.filter(({ fieldName }) => fieldName).map(({ name, fieldName }) => [name, own[fieldName]]);
          return { observed: own.constructor.observedAttributes, usual, sheets: own.shadowRoot.adoptedStyleSheets.flatMap(({ cssRules }) => Array.from(cssRules, ({ cssText }) => cssText)).join('\n') };
        }, element.attributes);
      },
      { path: 'page.html' },
    );
  } finally {
    await close();
  }
  assert.deepEqual(names(element.attributes), found.observed.toSorted());
  for (const [name, value] of found.usual) {
    const said = element.attributes.find((attribute) => attribute.name === name).default;
    assert.deepEqual(value, JSON.parse(said.replaceAll("'", '"')), name);
  }
  const source = async (name) => readFile(join(repository, 'www/src/element', name), 'utf8');
  const all = (text, pattern) => [...new Set(Array.from(text.matchAll(pattern), ([, name]) => name))].toSorted();
  assert.deepEqual(names(element.cssParts), all(await source('view.ts'), /part="([a-z]+)"/g));
  assert.deepEqual(names(element.slots).filter(Boolean), all(await source('view.ts'), /<slot name="([a-z]+)"/g));
  assert.deepEqual(names(element.cssProperties), all(found.sheets, /var\((--vitrine-[a-z-]+)/g));
  assert.deepEqual(names(element.events), all(await source('events.ts'), /super\('([a-z-]+)'/g));
  assert.deepEqual(names(element.cssStates), all(await source('classifier.ts'), /#mark\('([a-z]+)'/g));
  const readme = await readFile(join(folder, 'README.md'), 'utf8');
  for (const rows of [element.attributes, element.cssParts, element.cssProperties, element.events, element.cssStates]) {
    for (const { name, description } of rows) assert.ok(readme.includes(`| \`${name}\``) && readme.includes(description.replaceAll('|', '\\|')), name);
  }
});
