/** The package as others take it: packed, unpacked, built by the examples, opened, and asked for a real image. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { cp, mkdir, readdir, readFile, rm, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { chromium } from 'playwright-core';
import { host } from '../e2e/host.mjs';
import { classifyInk, folder, goldenImages, near } from '../e2e/package.mjs';
import { FLAGS, freePort, needsData, repository, visit } from '../e2e/site.mjs';

const here = import.meta.dirname;
const work = join(here, 'work');
const modules = join(here, 'node_modules');
const unpacked = join(modules, 'vitrine-classifier');
const examples = join(repository, 'examples');
/** A test image, and what is asked of it. */
const SHOWN = 7;
const roles = ['cnn-slim'];

let browser;
before(async () => {
  await rm(work, { recursive: true, force: true });
  await rm(unpacked, { recursive: true, force: true });
  for (const path of [work, unpacked]) await mkdir(path, { recursive: true });
  const [{ filename }] = JSON.parse(execFileSync('npm', ['pack', '--json', '--pack-destination', work], { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }));
  execFileSync('tar', ['-xzf', join(work, filename), '-C', unpacked, '--strip-components=1']);
  browser = await chromium.launch({ executablePath: process.env.CHROMIUM || '/usr/bin/chromium', args: FLAGS });
});
after(() => browser?.close());

/** A copy of an example that finds the packages; returns its folder. */
async function copied(name) {
  const to = join(work, name);
  await cp(join(examples, name), to, { recursive: true });
  await symlink(modules, join(to, 'node_modules'));
  return to;
}

/** Opens a page of a folder, has its element classify a real image, and holds the answer against onnxruntime's. */
async function answers(root, { path = '', at } = {}) {
  const asked = [];
  const missing = [];
  const server = await host(root, await freePort(), (file) => asked.push(file), { at });
  try {
    await visit(
      { browser, url: server.url },
      async (page) => {
        page.on('response', (response) => response.status() >= 400 && missing.push(response.url()));
        await page.waitForFunction(() => document.querySelector('vitrine-classifier')?.matches(':state(ready)'));
        await page.evaluate(() => (document.querySelector('vitrine-classifier').recipe = 'exact'));
        const [{ ink, expected }] = await goldenImages([SHOWN]);
        const { answers: given } = await page.evaluate(classifyInk, ['vitrine-classifier', ink]);
        near(given, Object.fromEntries(roles.map((role) => [role, expected[role]])), root);
      },
      { path },
    );
  } finally {
    await server.close();
  }
  assert.equal(asked.filter((file) => file.endsWith('.wasm')).length, 1, asked.join(', '));
  assert.deepEqual(missing, []);
}

const skip = needsData();

test('a plain page with one script tag', { skip }, async () => {
  const root = await copied('script');
  await symlink(join(unpacked, 'dist'), join(root, 'dist'));
  await answers(root);
});

test('a page with an import map', { skip }, async () => answers(await copied('import-map')));

for (const name of ['vite', 'webpack', 'rollup', 'esbuild', 'astro']) {
  test(`a page built by ${name}`, { skip }, async () => {
    const root = await copied(name);
    execFileSync('npm', ['run', '--silent', 'build'], { cwd: root, stdio: ['ignore', 'ignore', 'pipe'], env: { ...process.env, ASTRO_TELEMETRY_DISABLED: '1' } });
    await answers(join(root, 'dist'));
  });
}

test('the engine alone in Node.js', { skip }, async () => {
  const root = await copied('node');
  const [{ ink, expected }] = await goldenImages([SHOWN]);
  const { label, probabilities } = JSON.parse(execFileSync('npm', ['start', '--silent'], { cwd: root, input: Uint8Array.from(ink), encoding: 'utf8' }));
  near({ 'cnn-slim': { probabilities } }, { 'cnn-slim': expected['cnn-slim'] }, 'Node.js');
  assert.equal(typeof label, 'string');
});

test('every folder of examples/ is built here, with the versions that it names', async () => {
  const { devDependencies: pinned } = JSON.parse(await readFile(join(here, 'package.json'), 'utf8'));
  const names = (await readdir(examples, { withFileTypes: true })).filter((entry) => entry.isDirectory()).map(({ name }) => name);
  assert.deepEqual(names.toSorted(), ['astro', 'esbuild', 'import-map', 'node', 'rollup', 'script', 'vite', 'webpack']);
  for (const name of names) {
    const own = await readFile(join(examples, name, 'package.json'), 'utf8').then(JSON.parse, () => ({}));
    for (const [tool, range] of Object.entries(own.devDependencies ?? {})) assert.equal(range, pinned[tool], `${name}: ${tool}`);
  }
});

test('publint and arethetypeswrong have nothing to say', () => {
  const bin = (name) => join(modules, '.bin', name);
  const run = (name, ...given) => execFileSync(bin(name), given, { encoding: 'utf8', stdio: 'pipe' });
  const judge = (name, ...given) => {
    try {
      run(name, ...given);
    } catch ({ stdout, stderr }) {
      assert.fail(`${name}: ${stdout}${stderr}`);
    }
  };
  judge('publint', unpacked, '--strict', '--pack', 'false');
  judge('attw', join(work, execFileSync('ls', [work], { encoding: 'utf8' }).split('\n').find((name) => name.endsWith('.tgz'))), '--profile', 'esm-only', '--no-color');
});
