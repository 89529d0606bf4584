/** The built site in a browser: serves www/dist, opens pages, and fails a test on any console error or stray request. */
import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';

export const repository = resolve(fileURLToPath(new URL('../..', import.meta.url)));
const www = join(repository, 'www');

export const FLAGS = [
  '--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
  '--disable-background-networking', '--disable-component-update', '--disable-sync',
];

/** The longest visit takes one, on two busy cores. */
const VISIT_MINUTES = 8;

/** A port that was free a moment ago. */
export function freePort() {
  return new Promise((done, fail) => {
    const probe = createServer().once('error', fail);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => done(port));
    });
  });
}

/** Serves www/dist as `vite preview` does. */
async function serve() {
  assert.ok(existsSync(join(www, 'dist/index.html')), 'www/dist is missing; run ./build.sh build first');
  const { preview } = await import(pathToFileURL(join(www, 'node_modules/vite/dist/node/index.js')));
  const server = await preview({
    root: www,
    configFile: false,
    base: './',
    logLevel: 'error',
    preview: { host: '127.0.0.1', port: await freePort(), strictPort: true },
  });
  const { port } = server.httpServer.address();
  return { url: `http://127.0.0.1:${port}/`, close: () => server.close() };
}

/** Starts server and browser for a test file; `stop` ends both. `flags`: more of Chromium's. */
export async function start(flags = []) {
  const server = await serve();
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM || '/usr/bin/chromium', args: [...FLAGS, ...flags] });
  return {
    browser,
    url: server.url,
    async stop() {
      await browser.close();
      await server.close();
    },
  };
}

/**
 * Runs `work(page)` in a context of its own. Service workers are blocked unless asked for: they would answer requests
 * that a test means to intercept. `expected`: console messages which the test provokes. `path`: what follows the site's
 * address. `wait`: what of the page has to be there before `work` begins.
 */
export async function visit(site, work, { context: options = {}, expected = [], before, path = '', wait = 'load' } = {}) {
  const context = await site.browser.newContext({ viewport: { width: 1280, height: 900 }, serviceWorkers: 'block', ...options });
  const complaints = [];
  // Playwright itself says so when it blocks them.
  const blocked = /^Service Worker registration blocked by Playwright$/;
  const unexpected = (text) => ![blocked, ...expected].some((pattern) => pattern.test(text));
  context.on('console', (message) => {
    if (['error', 'warning'].includes(message.type()) && unexpected(message.text())) complaints.push(`${message.type()}: ${message.text()}`);
  });
  context.on('weberror', (problem) => {
    if (unexpected(problem.error().message)) complaints.push(`page error: ${problem.error().stack}`);
  });
  context.on('request', (request) => {
    const { protocol, hostname } = new URL(request.url());
    // Another site to the browser, but the same machine: `localhost`.
    if (!['data:', 'blob:', 'file:'].includes(protocol) && !['127.0.0.1', 'localhost'].includes(hostname)) complaints.push(`request leaves the machine: ${request.url()}`);
  });
  const limit = timeLimit();
  try {
    const page = await context.newPage();
    page.setDefaultTimeout(60_000);
    await before?.(page);
    await page.goto(site.url + path, { waitUntil: wait });
    await Promise.race([work(page), limit.reached]);
    assert.deepEqual(complaints, []);
  } finally {
    limit.end();
    await context.close();
  }
}

/** What a page is asked to evaluate has no time limit of its own: without one, an answer that never comes would hold up every test behind it. */
function timeLimit() {
  let timer;
  const reached = new Promise((_, fail) => (timer = setTimeout(() => fail(new Error(`the visit did not end within ${VISIT_MINUTES} minutes`)), VISIT_MINUTES * 60_000)));
  reached.catch(() => undefined);
  return { reached, end: () => clearTimeout(timer) };
}

/** The manifest with its models alone, in their order: other files serve them. */
export async function manifest() {
  const { files, ...rest } = JSON.parse(await readFile(join(repository, 'models/manifest.json'), 'utf8'));
  return { ...rest, files: files.filter(({ output_shape: [images, numbers] }) => images === 'N' && numbers === rest.labels.length) };
}

/** The committed figures by role. */
export async function metrics() {
  return JSON.parse(await readFile(join(repository, 'models/metrics.json'), 'utf8')).models;
}

/** The two files of the test set where this machine has them. */
export function testFiles() {
  const names = ['t10k-images-idx3-ubyte.gz', 't10k-labels-idx1-ubyte.gz'];
  const folders = [process.env.VITRINE_DATA, 'data'].filter(Boolean).map((folder) => resolve(repository, folder));
  const folder = folders.find((path) => names.every((name) => existsSync(join(path, name))));
  return folder && names.map((name) => join(folder, name));
}

/** Skips a test by name where there is no test set; in CI that is a failure. */
export function needsData() {
  if (testFiles()) return false;
  assert.ok(!process.env.CI, 'the test set is missing, and CI must not skip; set VITRINE_DATA');
  return 'needs the test set; set VITRINE_DATA';
}

/** Whether the build packs the test set. */
export const packed = () => readdirSync(join(www, 'dist/assets')).some((name) => name.startsWith('t10k-images'));
