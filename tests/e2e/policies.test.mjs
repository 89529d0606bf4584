/**
 * Twelve policies of servers and pages: the strictest under which all works, with one directive missing each, and what else may
 * be asked of a page. What works is tried; what cannot work is said with the name of what forbids it.
 */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { choose, drawTrousers, modelsReady, photograph } from './actions.mjs';
import { inner, ready, scribble, startCourse } from './embed.mjs';
import { host, STRICT } from './host.mjs';
import { freePort, repository, start, visit } from './site.mjs';

const dist = join(repository, 'www/dist');
const SVG = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="40" height="60"><path d="M5 5h30l5 50H0z"/></svg>');
/** What browsers say of what they were told to forbid. */
const FORBIDDEN = [/Content Security Policy|Content-Security-Policy/, /Failed to fetch|Fetch API cannot load|ERR_BLOCKED_BY_CSP/];

let site;
before(async () => (site = await start()));
after(() => site.stop());

const without = (directive) => STRICT.split('; ').filter((part) => !part.startsWith(directive)).join('; ');

async function under(headers, work, visiting = {}) {
  const server = await host(dist, await freePort(), undefined, { headers });
  try {
    await visit({ ...site, url: server.url }, work, { expected: FORBIDDEN, ...visiting });
  } finally {
    await server.close();
  }
}

/** All that a first visit is for. */
async function works(page) {
  await modelsReady(page);
  await drawTrousers(page);
  await page.waitForFunction(() => document.querySelector('vitrine-app').shadowRoot.querySelector('vitrine-answer-verdict').votes.length > 0);
  await choose(page, 'dress.png', photograph());
  await page.locator('.guest').filter({ hasText: 'dress.png' }).waitFor();
}

const said = (page, text) => page.locator('.problem').filter({ hasText: text }).waitFor();

const POLICIES = {
  'no default-src': [{ 'content-security-policy': without('default-src') }, works],
  'no script-src': [
    { 'content-security-policy': without('script-src') },
    // No script says anything: the text in the HTML shows by the clock of its style sheet.
    async (page) => {
      await page.locator('.unstarted section[lang=en]').waitFor();
      await page.getByText('script-src').first().waitFor();
    },
  ],
  "script-src without 'wasm-unsafe-eval'": [{ 'content-security-policy': STRICT.replace(" 'wasm-unsafe-eval'", '') }, (page) => said(page, 'script-src of its content security policy has to name ’wasm-unsafe-eval’')],
  'no worker-src': [{ 'content-security-policy': without('worker-src') }, works],
  "worker-src 'none'": [{ 'content-security-policy': STRICT.replace("worker-src 'self'", "worker-src 'none'") }, (page) => said(page, 'worker-src of its content security policy')],
  'no connect-src': [{ 'content-security-policy': without('connect-src') }, (page) => said(page, 'connect-src of its content security policy')],
  'no style-src': [{ 'content-security-policy': without('style-src') }, works],
  'no img-src': [
    { 'content-security-policy': without('img-src') },
    async (page) => {
      await works(page);
      await choose(page, 'dress.svg', SVG, 'image/svg+xml');
      await said(page, 'img-src of its content security policy has to name blob:');
    },
  ],
  'no manifest-src': [{ 'content-security-policy': without('manifest-src') }, works],
  'Trusted Types are required': [{ 'content-security-policy': `${STRICT}; require-trusted-types-for 'script'` }, works],
  'Trusted Types are required, by name': [{ 'content-security-policy': `${STRICT}; require-trusted-types-for 'script'; trusted-types vitrine lit-html` }, works],
  'COEP require-corp': [{ 'cross-origin-embedder-policy': 'require-corp', 'cross-origin-opener-policy': 'same-origin' }, works],
};

for (const [name, [headers, work]] of Object.entries(POLICIES)) {
  test(name, () => under(headers, work));
}

test('a page with COEP require-corp shows the lab in a frame that is told to be credentialless', async () => {
  const course = await startCourse();
  try {
    await course.on(
      `<iframe src="${course.embed}" width="700" height="600" credentialless></iframe>`,
      async (page) => {
        const framed = inner(page);
        await ready(framed);
        assert.ok((await scribble(page, framed)).includes('Trouser'));
      },
      { policy: { 'cross-origin-embedder-policy': 'require-corp' } },
    );
  } finally {
    await course.stop();
  }
});

test('nothing is stored, and nothing is asked of another host: no cookie, no storage, no database', () =>
  visit(site, async (page) => {
    await works(page);
    const kept = await page.evaluate(async () => ({ cookie: document.cookie, local: localStorage.length, session: sessionStorage.length, databases: (await indexedDB.databases()).length }));
    assert.deepEqual(kept, { cookie: '', local: 0, session: 0, databases: 0 });
  }));

test('with the network cut after the page has loaded, drawings and pictures go on being answered', () =>
  visit(site, async (page) => {
    // What neighbours look like comes with the first of them.
    await works(page);
    await page.waitForFunction(() => document.querySelector('vitrine-app').shadowRoot.querySelector('vitrine-nearest-neighbours').neighbours.some(({ thumbnail }) => thumbnail));
    const asked = [];
    // The icon is the browser's own wish.
    page.on('request', (request) => !/^(blob|data):|\/icon\.svg$/.test(request.url()) && asked.push(request.url()));
    await page.context().setOffline(true);
    await page.getByRole('button', { name: 'Back to the sketch pad' }).click();
    await works(page);
    assert.deepEqual(asked, []);
  }, { expected: [/ERR_INTERNET_DISCONNECTED/] }));
