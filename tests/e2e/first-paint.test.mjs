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
    const parts = [...root.querySelectorAll('header, h1, header > p, select, nav, nav a'), ...share.querySelectorAll('button.open')];
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
      { context: { locale, colorScheme: scheme, viewport: { width, height: 800 } }, before: (page) => page.route('**/assets/*.js', (route) => released.then(() => route.continue())) },
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
    { path: '#lang=de', before: (page) => page.route('**/assets/*.js', (route) => route.abort()), expected: [/ERR_FAILED|Failed to fetch/] },
  ));

test('without JavaScript the page says that it needs it', () =>
  visit(
    site,
    async (page) => {
      await page.locator('.notice').waitFor();
      assert.equal(await page.locator('.notice').innerText(), 'Vitrine computes in your browser, and needs JavaScript for it.');
      await page.getByRole('heading', { name: 'Vitrine' }).waitFor();
      for (const dead of ['nav', 'select', 'button']) assert.ok(!(await page.locator(`vitrine-app ${dead}`).first().isVisible()), `${dead} does nothing, and shows`);
    },
    { context: { javaScriptEnabled: false } },
  ));
