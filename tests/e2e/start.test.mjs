/** No dead shell: whatever keeps the page from starting, its HTML says what, in the visitor's language, and what to do. */
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { modelsReady } from './actions.mjs';
import { host, STRICT } from './host.mjs';
import { freePort, repository, start, visit } from './site.mjs';

const dist = join(repository, 'www/dist');
const ANY = [/./];
const text = { status: 200, headers: { 'content-type': 'text/html' }, body: '<!doctype html><title>Somewhere else</title>' };

let site;
before(async () => (site = await start()));
after(() => site.stop());

/** Runs `work(page)` on a host of its own. */
async function on(options, work, visiting = {}) {
  const server = await host(dist, await freePort(), undefined, options);
  try {
    await visit({ ...site, url: server.url }, work, { expected: ANY, wait: 'commit', ...visiting });
  } finally {
    await server.close();
  }
}

/** Waits for the text of `cause` in `place`, and that it is the only one. */
async function says(place, cause, words) {
  const said = place.locator('vitrine-app[data-unstarted] .unstarted[role=alert]');
  await said.locator('section:visible').getByText(words).waitFor();
  assert.equal(await place.locator('vitrine-app').getAttribute('data-unstarted'), cause);
  assert.deepEqual(await said.locator('li:visible').evaluateAll((items) => [...new Set(items.map((item) => item.dataset.cause))]), [cause]);
  for (const dead of ['nav', 'select', 'button']) assert.ok(!(await place.locator(`vitrine-app ${dead}`).first().isVisible()), `${dead} does nothing, and shows`);
}

/** What is said when time has passed without a start. */
async function saysInTheEnd(page, words) {
  const said = page.locator('.unstarted');
  await said.waitFor({ state: 'attached' });
  assert.ok(!(await said.isVisible()), 'shown at once');
  await page.evaluate(() => document.getAnimations().forEach((animation) => animation.finish()));
  await said.getByText(words).first().waitFor();
}

/** How a file with such a name is answered. */
const where = (pattern, answer) => ({ answer: (path) => (pattern.test(path) ? answer : undefined) });
const ENTRY = /\/index-[\w-]+\.js$/;
const STARTER = /\/start-[\w-]+\.js$/;

for (const [name, options, cause, words] of [
  ['a script that the host does not have', where(ENTRY, { status: 404 }), 'missing', /^index-[\w-]+\.js: 404$/],
  ['a host that fails', where(ENTRY, { status: 500 }), 'missing', /^index-[\w-]+\.js: 500$/],
  ['a page in place of the script', where(ENTRY, text), 'type', /^index-[\w-]+\.js: expected text\/javascript, got text\/html$/],
  ['scripts as plain text', { answer: (path) => (ENTRY.test(path) ? { headers: { 'content-type': 'text/plain' }, body: '1' } : undefined) }, 'type', /^index-[\w-]+\.js: expected text\/javascript, got text\/plain$/],
  ['a script cut short', where(ENTRY, { headers: { 'content-type': 'text/javascript' }, body: 'const a = [' }), 'broken', /SyntaxError/],
  ['no starter', where(STARTER, { status: 404 }), 'missing', /^start-[\w-]+\.js: 404$/],
  ['a page in place of the starter', where(STARTER, text), 'type', /^start-[\w-]+\.js: expected text\/javascript, got text\/html$/],
]) {
  test(`${name}: the page says so`, () => on(options, (page) => says(page, cause, words)));
}

test('in the visitor’s language, with a way to try again', () => {
  let broken = true;
  return on(
    { answer: (path) => (broken && ENTRY.test(path) ? { status: 404 } : undefined) },
    async (page) => {
      await says(page, 'missing', /Eine Datei der Seite ist nicht angekommen/);
      assert.ok(!(await page.getByText('A file of the page did not come').isVisible()));
      broken = false;
      await page.getByRole('link', { name: 'Seite neu laden' }).click();
      await modelsReady(page);
      assert.ok(!(await page.locator('.unstarted').isVisible()));
      assert.match(page.url(), /#at=why$/);
    },
    { context: { locale: 'de-AT' }, path: '#at=why' },
  );
});

for (const [name, pattern] of [['the page’s script', ENTRY], ['the starter', STARTER]]) {
  test(`${name} never answers: after a while the page says what it may be`, () => on(where(pattern, 'never'), (page) => saysInTheEnd(page, 'Vitrine has not started')));
}

test('an address without its slash finds its way', () =>
  on(
    // A host that answers with the page, and does not redirect.
    { at: (path) => (path === '/course/week3' ? '/' : path.startsWith('/course/week3/') ? path.slice('/course/week3'.length) : undefined) },
    async (page) => {
      await modelsReady(page);
      assert.match(page.url(), /\/course\/week3\/\?a=b#at=why$/);
    },
    { path: 'course/week3?a=b#at=why' },
  ));

test('at a host that answers every address with the page, one that is too deep says what came', () =>
  on({ at: (path) => (existsSync(join(dist, path)) ? path : '/') }, (page) => says(page, 'type', /expected text\/javascript, got text\/html/), { path: 'foo/bar/' }));

for (const [name, frame] of [
  ['shut off by sandbox', (url) => `<iframe sandbox="allow-scripts" src="${url}"></iframe>`],
  ['made of srcdoc', (url, html) => `<iframe srcdoc="${html.replace('<head>', `<head><base href="${url}">`).replaceAll('&', '&amp;').replaceAll('"', '&quot;')}"></iframe>`],
]) {
  test(`in a frame ${name} the page says where it stands`, async () => {
    const html = await readFile(join(dist, 'index.html'), 'utf8');
    const server = await host(dist, await freePort());
    const other = await host(dist, await freePort(), undefined, { answer: (path) => (path === '/index.html' ? { ...text, body: frame(server.url, html) } : undefined) });
    try {
      await visit({ ...site, url: other.url }, (page) => says(page.frameLocator('iframe'), 'sealed', /Open it in a tab of its own/), { expected: ANY, wait: 'commit' });
    } finally {
      await server.close();
      await other.close();
    }
  });
}

test('opened as a file the page says that it needs a server', () =>
  visit({ ...site, url: pathToFileURL(join(dist, 'index.html')).href }, (page) => says(page, 'file', /python3 -m http\.server/), { expected: ANY, wait: 'commit' }));

test('where a policy forbids the page’s scripts, its directive is named', () =>
  on({ headers: { 'content-security-policy': "script-src 'unsafe-inline'" } }, (page) => says(page, 'policy', /^script-src/)));

test('where nothing inline and no script is allowed, the HTML says what it may be, and neither language is lost', () =>
  on({ headers: { 'content-security-policy': STRICT.replace(/script-src [^;]+/, "script-src 'none'") } }, async (page) => {
    await saysInTheEnd(page, 'Vitrine has not started');
    await page.getByText('Vitrine ist nicht gestartet').waitFor();
    assert.ok(!(await page.locator('vitrine-app h1').first().isVisible()), 'a header without its styles');
  }));

test('where nothing inline is allowed an address without its slash is said to lack it', () =>
  on({ headers: { 'content-security-policy': STRICT }, at: (path) => (path === '/course' ? '/' : undefined) }, (page) => page.getByText('The address lacks the slash at its end.').waitFor(), { path: 'course' }));

for (const missing of ['customElements', 'IntersectionObserver']) {
  test(`a browser without ${missing} is told that it is too old`, () =>
    on({}, (page) => says(page, 'old', missing), { before: (page) => page.addInitScript((name) => delete globalThis[name], missing) }));
}
for (const [missing, holder] of [['toSorted', 'Array'], ['adoptedStyleSheets', 'Document']]) {
  test(`a browser without ${missing} is told that it is too old`, () =>
    on({}, (page) => says(page, 'old', missing), { before: (page) => page.addInitScript(([name, of]) => delete globalThis[of].prototype[name], [missing, holder]) }));
}
test('a browser that does not know light-dark() is told that it is too old', () =>
  on({}, (page) => says(page, 'old', 'light-dark()'), { before: (page) => page.addInitScript(() => (CSS.supports = () => false)) }));

test('without PerformanceObserver the page starts all the same', () =>
  visit(site, modelsReady, { before: (page) => page.addInitScript(() => delete globalThis.PerformanceObserver) }));

for (const [name, stop] of [
  ['while its script runs', () => (customElements.define = undefined)],
  ['when it takes its place', () => (CSSStyleSheet.prototype.replaceSync = undefined)],
]) {
  test(`a page that stops ${name} says so`, () => on({}, (page) => says(page, 'broken', /is not a (function|constructor)/), { before: (page) => page.addInitScript(stop) }));
}

test('a host that rewrites what is inline: the page starts', () =>
  visit(site, modelsReady, {
    expected: [/Content Security Policy/],
    before: (page) =>
      page.route('**/', async (route) => {
        const response = await route.fetch();
        await route.fulfill({ response, body: (await response.text()).replace(/<script>/, '<script>/* minified */').replaceAll('<style>', '<style>/* minified */') });
      }),
  }));
