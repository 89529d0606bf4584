/** The whole site where the host sends policies of its own: the strictest that it needs, the build's, and common ones. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { allAnswered, choose, drawTrousers, modelsReady, photograph, settled } from './actions.mjs';
import { host, STRICT } from './host.mjs';
import { drawAll, openNotebook } from './notebook.mjs';
import { freePort, packed, repository, start, visit } from './site.mjs';

const dist = join(repository, 'www/dist');
/** What Chromium says of what is inline, which the page does without. */
const INLINE = /(Executing|Applying) inline (script|style).*Content Security Policy/s;

let site;
before(async () => (site = await start()));
after(() => site.stop());

async function under(policy, work, visiting = {}) {
  const server = await host(dist, await freePort(), undefined, { headers: { 'content-security-policy': policy } });
  try {
    await visit({ ...site, url: server.url }, work, visiting);
  } finally {
    await server.close();
  }
}

/** Colours and sizes that come from the tokens and from the document's own rules. */
const looks = (page) =>
  page.evaluate(() => {
    const of = (element) => {
      const { color, backgroundColor, font } = getComputedStyle(element);
      return { color, backgroundColor, font };
    };
    const root = document.querySelector('vitrine-app').shadowRoot;
    return [document.documentElement, document.body, root.querySelector('h1'), root.querySelector('nav')].map(of);
  });

/** Everything that fetches, computes, draws or opens, once. */
async function walk(page) {
  await modelsReady(page);
  await drawTrousers(page);
  assert.ok(await allAnswered(page));
  await choose(page, 'dress.png', photograph());
  await page.locator('.guest').waitFor();
  await settled(page);
  await choose(page, 'dress.svg', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="40" height="60"><path d="M5 5h30l5 50H0z"/></svg>'), 'image/svg+xml');
  await page.locator('.guest').filter({ hasText: 'dress.svg' }).waitFor();
  await settled(page);
  for (const summary of await page.locator('vitrine-why-section summary').all()) await summary.click();
  await page.locator('vitrine-occlusion-panel vitrine-heat-map').first().waitFor();
  await openNotebook(page);
  await drawAll(page);
  if (packed()) {
    await page.locator('vitrine-measure-panel').getByRole('button', { name: 'Measure in this browser' }).click();
    await page.locator('vitrine-measure-panel tr[data-model="mlp"][data-state="done"]').waitFor();
    await page.locator('vitrine-measure-panel').getByRole('button', { name: 'Cancel' }).click();
  }
  await page.getByRole('button', { name: 'Share', exact: true }).click();
  await page.keyboard.press('Escape');
  await page.locator('select.language').selectOption('de');
  await page.getByRole('heading', { name: 'Was sie sagen' }).waitFor();
}

test('under the strictest policy everything works, and looks as it does without', async () => {
  let usual;
  await visit(site, async (page) => {
    await modelsReady(page);
    usual = await looks(page);
  });
  await under(
    STRICT,
    async (page) => {
      await modelsReady(page);
      assert.deepEqual(await looks(page), usual);
      await walk(page);
      await page.evaluate(async () => void (await navigator.serviceWorker.ready));
    },
    { expected: [INLINE], context: { serviceWorkers: 'allow' } },
  );
});

test('under the strictest policy nothing of the HTML shows before its styles', () => {
  let release;
  const released = new Promise((done) => (release = done));
  return under(
    STRICT,
    async (page) => {
      await page.locator('.unstarted').waitFor({ state: 'attached' });
      await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
      assert.equal((await page.locator('body').innerText()).trim(), '');
      release();
      await modelsReady(page);
    },
    { expected: [INLINE], wait: 'commit', before: (page) => page.route('**/assets/*.js', (route) => released.then(() => route.continue())) },
  );
});

test('under the build’s own policy as a header nothing is refused', async () => {
  const policy = (await readFile(join(dist, 'policy.txt'), 'utf8')).trim();
  await under(policy, walk);
  const meta = /http-equiv="Content-Security-Policy"\s+content="([^"]+)"/.exec(await readFile(join(dist, 'index.html'), 'utf8'))[1];
  // What a server sends goes with embed.html too, whose worker may come out of a blob.
  assert.equal(policy.replace("worker-src 'self' blob:", "worker-src 'self'"), meta);
  assert.ok((await readFile(join(dist, '_headers'), 'utf8')).includes(`Content-Security-Policy: ${policy}\n`));
});

for (const policy of [
  "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; img-src 'self' data: blob:",
  "default-src 'self' 'unsafe-inline' 'wasm-unsafe-eval' data: blob:",
  "default-src 'self' 'unsafe-inline' 'unsafe-eval' data: blob:; object-src 'none'; base-uri 'self'; frame-ancestors 'self'",
  "style-src 'none'; object-src 'none'",
]) {
  test(`under “${policy}” the page works`, () =>
    under(
      policy,
      async (page) => {
        await modelsReady(page);
        await drawTrousers(page);
        assert.ok(await allAnswered(page));
        await choose(page, 'dress.png', photograph());
        await page.locator('.guest').waitFor();
      },
      { expected: [INLINE, /Loading the stylesheet.*style-src 'none'/s] },
    ));
}

for (const policy of ["default-src 'self'", "default-src 'self' 'unsafe-inline'"]) {
  test(`under “${policy}”, which forbids WebAssembly, the page starts and names what is lacking`, () =>
    under(
      policy,
      async (page) => {
        await page.locator('.problem').filter({ hasText: 'wasm-unsafe-eval' }).waitFor();
        await page.locator('vitrine-sketch-pad canvas').waitFor();
      },
      { expected: [INLINE, /Content Security Policy/] },
    ));
}
