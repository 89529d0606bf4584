/** The first paint: header and list of sections stand in the HTML, in the visitor's language, where the page then renders them. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { modelsReady } from './actions.mjs';
import { start, visit } from './site.mjs';

let site;
before(async () => (site = await start()));
after(() => site.stop());

/** Language and direction of the document; text, place and colours of what is visible of header and list of sections. */
const head = (page) =>
  page.evaluate(() => {
    const root = document.querySelector('vitrine-app').shadowRoot;
    const share = root.querySelector('vitrine-share-panel')?.shadowRoot ?? root;
    const parts = [...root.querySelectorAll('header, h1, header > p, header select, nav, nav a'), ...share.querySelectorAll('button.open')];
    const seen = parts.filter((part) => part.getClientRects().length > 0).map((part) => {
      const { x, y, width, height } = part.getBoundingClientRect();
      const { color, backgroundColor, font } = getComputedStyle(part);
      const text = part instanceof HTMLSelectElement ? part.selectedOptions[0].text : part.localName === 'header' || part.localName === 'nav' ? '' : part.textContent.trim();
      return { part: part.localName, text, place: [x, y, width, height].map((value) => value.toFixed(1)).join(), color, backgroundColor, font };
    });
    return { lang: document.documentElement.lang, dir: document.documentElement.dir || 'ltr', seen };
  });

for (const [locale, scheme, width] of [['en-GB', 'light', 1280], ['en-GB', 'light', 320], ['de-AT', 'dark', 1280], ['de-AT', 'light', 412]]) {
  test(`${locale}, ${scheme}, ${width} px: what is painted before any script stays as it is`, () => {
    let release;
    const released = new Promise((done) => (release = done));
    return visit(
      site,
      async (page) => {
        await page.waitForFunction(() => performance.getEntriesByName('first-contentful-paint').length > 0);
        const first = await head(page);
        assert.equal(await page.locator('vitrine-sketch-pad').count(), 0, 'a script has run');
        assert.equal(first.lang, locale.slice(0, 2));
        assert.ok(first.seen.filter(({ part }) => part === 'a').length > 1, 'no list of sections');
        release();
        await modelsReady(page);
        assert.deepEqual(first, await head(page));
      },
      // The load event waits for scripts, which are held back.
      { wait: 'domcontentloaded', context: { locale, colorScheme: scheme, viewport: { width, height: 800 } }, before: (page) => page.route('**/assets/*.js', (route) => released.then(() => route.continue())) },
    );
  });
}

test('a link’s language is that of the first paint', () =>
  visit(
    site,
    async (page) => {
      assert.equal((await head(page)).lang, 'de');
      await page.getByText('Zeichnen Sie ein Kleidungsstück').waitFor();
      assert.ok(!(await page.getByText('Draw a garment, or bring').isVisible()));
    },
    { wait: 'domcontentloaded', path: '#lang=de', before: (page) => page.route('**/assets/*.js', (route) => route.abort()), expected: [/ERR_FAILED|Failed to fetch/] },
  ));

test('without JavaScript the page says, in its languages, that it needs it', () =>
  visit(
    site,
    async (page) => {
      const said = page.locator('.unstarted');
      await said.locator('.notice').getByText('Vitrine computes in your browser, and needs JavaScript for it.').waitFor();
      await said.locator('.notice').getByText('Vitrine rechnet in Ihrem Browser und braucht dafür JavaScript.').waitFor();
      for (const other of await said.locator('li').all()) assert.ok(!(await other.isVisible()), 'causes that it cannot be');
      await page.getByRole('heading', { name: 'Vitrine', exact: true }).waitFor();
      for (const dead of ['nav', 'select', 'button']) assert.ok(!(await page.locator(`vitrine-app ${dead}`).first().isVisible()), `${dead} does nothing, and shows`);
    },
    { context: { javaScriptEnabled: false } },
  ));

test('a style sheet that never comes holds up neither the first paint nor the page', () =>
  visit(
    site,
    async (page) => {
      await page.waitForFunction(() => performance.getEntriesByName('first-contentful-paint').length > 0);
      await modelsReady(page);
    },
    // The page never has all of its parts: nobody waits for that.
    { wait: 'commit', before: (page) => page.route('**/assets/start-*.css', () => undefined) },
  ));
