/** Languages: German whole, chosen by browser, address and switch; long words and right to left do not break the page. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { answers, choose, drawTrousers, modelsReady, photograph, png, reds, settled } from './actions.mjs';
import { drawAll, openNotebook, openPanels } from './notebook.mjs';
import { start, visit } from './site.mjs';

let site;
before(async () => (site = await start()));
after(() => site.stop());

const heading = (page, text) => page.getByRole('heading', { name: text, exact: true }).waitFor();
const document = (page) => page.evaluate(() => [globalThis.document.documentElement.lang, globalThis.document.documentElement.dir]);

/** Every text that a visitor can read or hear, shadow roots included: of the page, or of the element `within` it. */
const texts = (page, within = 'body') =>
  page.locator(within).evaluate((from) => {
    const found = [];
    const read = (root) => {
      for (const element of root.querySelectorAll('*')) {
        // What is for a page that does not start has no place in one that has.
        if (['STYLE', 'SCRIPT', 'NOSCRIPT', 'PRE'].includes(element.tagName) || element.closest('.unstarted')) continue;
        // One text, in parts between which it may break.
        if (element.querySelector(':scope > wbr')) found.push(element.textContent.trim());
        else for (const node of element.childNodes) if (node.nodeType === Node.TEXT_NODE && /\p{L}{2}/u.test(node.data)) found.push(node.data.trim());
        for (const name of ['aria-label', 'title', 'placeholder', 'alt', 'aria-valuetext']) if (element.getAttribute(name)) found.push(element.getAttribute(name));
        if (element.shadowRoot) read(element.shadowRoot);
      }
    };
    read(from.shadowRoot ?? from);
    return found;
  });

test('a German browser is answered in German, and an English one fetches no German', () =>
  visit(
    site,
    async (page) => {
      await heading(page, 'Was die Modelle sehen');
      assert.deepEqual(await document(page), ['de', 'ltr']);
      assert.equal(await page.title(), 'Vitrine: ein Kleidungsstück zeichnen und erkennen lassen');
      await modelsReady(page);
      await drawTrousers(page);
      await page.locator('vitrine-answer-verdict').filter({ hasText: /sind sich einig|Sie sind uneins/ }).waitFor();
      for (const shown of Object.values(await answers(page))) assert.equal(shown.length, 10);
    },
    { context: { locale: 'de-AT' } },
  ).then(() => {
    const fetched = [];
    return visit(
      site,
      async (page) => {
        await modelsReady(page);
        assert.deepEqual(await document(page), ['en', 'ltr']);
        assert.deepEqual(fetched.filter((path) => /\/(de|pseudo)-/.test(path)), []);
      },
      { before: (page) => void page.on('request', (request) => fetched.push(new URL(request.url()).pathname)) },
    );
  }));

test('the switch changes every text at once, keeps the drawing, and stands in the address', () =>
  visit(site, async (page) => {
    await modelsReady(page);
    await drawTrousers(page);
    const drawn = await answers(page);
    await page.getByLabel('Language').selectOption('de');
    await heading(page, 'Wie gut sind sie?');
    await heading(page, 'Nächste Kleidungsstücke des Trainings');
    await page.locator('vitrine-sketch-pad canvas[aria-label="Zeichenfläche, 28 mal 28 Zellen"]').waitFor();
    assert.deepEqual(await answers(page), drawn);
    await page.waitForFunction(() => /lang=de/.test(location.hash));
    await page.goBack();
    await heading(page, 'How good are they?');
    await page.goForward();
    await heading(page, 'Wie gut sind sie?');
    await page.getByLabel('Sprache').selectOption('en');
    await page.waitForFunction(() => !/lang=/.test(location.hash));
  }));

/** Figures with a decimal point, other than in what is quoted: reports, the command that made a model, its file's version. */
const points = (page, within) =>
  page.locator(within).evaluate((from) => {
    const found = [];
    const read = (root) => {
      for (const element of root.querySelectorAll('*')) {
        if (['STYLE', 'SCRIPT'].includes(element.tagName) || element.closest('pre, .facts, .total')) continue;
        for (const { nodeType, data } of element.childNodes) {
          // 60.000 is a whole number in German.
          if (nodeType === Node.TEXT_NODE && data.match(/\d[.,\d]*\d/g)?.some((figure) => figure.includes('.') && !/^[1-9]\d{0,2}(\.\d{3})+(,\d+)?$/.test(figure))) found.push(data.trim());
        }
        if (element.shadowRoot) read(element.shadowRoot);
      }
    };
    read(from.shadowRoot ?? from);
    return found;
  });

test('the notice about a refused file follows the switch, figures and all, until it is dismissed', () =>
  visit(site, async (page) => {
    const notice = page.locator('.notice.problem');
    const refusals = [
      ['notes.txt', Buffer.from('no picture'), 'text/plain', 'notes.txt is no picture that this browser can read', 'notes.txt ist kein Bild, das dieser Browser lesen kann'],
      ['broken.png', png(9, 9, () => 9).subarray(0, 40), 'image/png', 'broken.png looks like PNG', 'broken.png sieht nach PNG aus'],
      ['long.png', png(10_001, 2, () => 9), 'image/png', 'the limit is 10,000', 'die Grenze ist 10.000'],
      ['broken.svg', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><path'), 'image/svg+xml', 'broken.svg looks like SVG', 'broken.svg sieht nach SVG aus'],
    ];
    for (const [name, bytes, type, english, german] of refusals) {
      await choose(page, name, bytes, type);
      await notice.filter({ hasText: english }).waitFor();
      await page.getByLabel('Language').selectOption('de');
      await notice.filter({ hasText: german }).waitFor();
      await page.getByLabel('Sprache').selectOption('en');
      await notice.filter({ hasText: english }).waitFor();
      await page.getByRole('button', { name: 'Dismiss' }).click();
      await notice.waitFor({ state: 'detached' });
    }
  }));

test('what names classes and models follows the switch at once: notebook and panels read as if opened in German, figures and all', () => {
  const places = ['vitrine-notebook', 'vitrine-why-section'];
  const opened = async (page) => {
    await modelsReady(page);
    await drawTrousers(page);
    for (const [name, content] of [['fit', 'vitrine-fit-panel svg'], ['break', 'vitrine-robustness-curves svg']]) {
      await page.locator(`vitrine-why-section details[data-panel=${name}] > summary`).click();
      await page.locator(content).first().waitFor();
    }
    await openNotebook(page);
    await openPanels(page);
    await page.locator('vitrine-sample-grid vitrine-pixel-view canvas[role=img]').first().waitFor();
    await drawAll(page);
  };
  const read = (page) => Promise.all(places.map((place) => texts(page, place)));
  let german;
  return visit(site, async (page) => {
    await opened(page);
    german = await read(page);
    assert.ok(german.every((place) => place.includes('Turnschuh')), 'no class in the charts');
    for (const place of places) assert.deepEqual(await points(page, place), [], `decimal points in ${place}`);
  }, { path: '?lang=de' }).then(() =>
    visit(site, async (page) => {
      await opened(page);
      await page.getByLabel('Language').selectOption('de');
      await page.locator('vitrine-chart-figure svg[aria-label^="Bilder je Klasse"]').waitFor();
      await page.locator('html:not([data-changing])').waitFor();
      assert.deepEqual(await read(page), german);
    }),
  );
});

test('German calls classes and failures by German names, and keeps the detail', () =>
  visit(
    site,
    async (page) => {
      await page.locator('.problem').filter({ hasText: /MLP: Eine Datei ist nicht die veröffentlichte.*\(mlp\.onnx.*expected .*, got / }).waitFor();
      await page.getByRole('button', { name: /Noch einmal.*MLP/ }).waitFor();
      await page.locator('vitrine-probability-bars #failures').filter({ hasText: /MLP: Eine Datei ist nicht die veröffentlichte.*\(mlp\.onnx/ }).waitFor();
      await page.locator('vitrine-probability-bars th[data-model="knn"][data-status="ready"]').waitFor();
      await drawTrousers(page);
      const classes = ['T-Shirt/Top', 'Hose', 'Pullover', 'Kleid', 'Mantel', 'Sandale', 'Hemd', 'Turnschuh', 'Tasche', 'Stiefelette'];
      // Soft hyphens say where a narrow column may break them.
      const rows = await page.locator('vitrine-probability-bars tbody th').allInnerTexts();
      assert.deepEqual(rows.map((name) => name.replaceAll('\u00AD', '')), classes);
      await page.locator('vitrine-metrics-table details').first().locator('summary').click();
      assert.deepEqual(await page.locator('vitrine-confusion-matrix').first().locator('tbody th').allInnerTexts(), classes);
      const english = (await texts(page)).filter((text) => /\b(T-shirt|Trouser|Dress|Coat|Sandal|Sneaker|Bag|Ankle)\b/.test(text));
      assert.deepEqual(english, []);
      // The report is scikit-learn's text, to the character.
      assert.match(await page.locator('vitrine-metrics-table pre').first().innerText(), /Ankle boot/);
    },
    { path: '?lang=de', before: (page) => page.route('**/mlp-*.onnx', (route) => route.fulfill({ body: Buffer.from('other bytes') })) },
  ));

test('an address can ask for a language; a strange one gets English', () =>
  visit(site, (page) => heading(page, 'Was sie sagen'), { path: '?lang=de' }).then(() =>
    visit(site, (page) => heading(page, 'What they say'), { path: '?lang=tlh' }),
  ));

test('no text stands outside the message files', () =>
  visit(
    site,
    async (page) => {
      await modelsReady(page);
      await choose(page, 'x.png', photograph());
      await page.locator('.guest').waitFor();
      await settled(page);
      // The pseudo-language puts every text into brackets; languages name themselves.
      const own = new Set(['English', 'Deutsch', 'Vitrine']);
      const bare = (await texts(page)).filter((text) => !text.includes('[') && !own.has(text));
      assert.deepEqual(bare, []);
    },
    { path: '?lang=en-XA' },
  ));

/** The elements that stick out of the page, for a message. */
const wide = (page) =>
  page.evaluate(() => {
    const found = [];
    const look = (root) => {
      for (const element of root.querySelectorAll('*')) {
        const { left, right } = element.getBoundingClientRect();
        if (right > innerWidth + 1 || left < -1) found.push(`${element.localName}.${element.className}`);
        if (element.shadowRoot) look(element.shadowRoot);
      }
    };
    look(globalThis.document);
    return found.join(', ');
  });

for (const [tag, direction] of [['en-XA', 'ltr'], ['ar-XB', 'rtl']]) {
  for (const width of [320, 1280]) {
    test(`${tag} at ${width} px: nothing runs out of the page`, () =>
      visit(
        site,
        async (page) => {
          await modelsReady(page);
          assert.equal((await document(page))[1], direction);
          await drawTrousers(page);
          const over = await page.evaluate(() => globalThis.document.documentElement.scrollWidth - globalThis.document.documentElement.clientWidth);
          assert.equal(over, 0, `the page scrolls sideways: ${await wide(page)}`);
          // The pad draws where the pointer is, whichever way text runs.
          const [across, down, ...ink] = await reds(page.locator('vitrine-sketch-pad canvas'));
          assert.ok(ink[Math.floor(down * 0.15) * across + Math.floor(across * 0.5)] >= 200);
        },
        { path: `?lang=${tag}`, context: { viewport: { width, height: 800 } } },
      ));
  }
}

/** Files of the German texts. */
const GERMAN = /\/assets\/de-[^/]+\.js/;
const chosen = (page) => page.locator('vitrine-app select.language').inputValue();

test('a German visitor whose texts do not come has an English page, which says so and offers German again', () =>
  visit(
    site,
    async (page) => {
      const notice = page.locator('.notice.problem');
      await notice.filter({ hasText: 'Deutsch could not be fetched; the page stays in English' }).waitFor();
      await heading(page, 'What the models see');
      assert.deepEqual(await document(page), ['en', 'ltr']);
      assert.equal(await chosen(page), 'en');
      await modelsReady(page);
      await drawTrousers(page);
      for (const shown of Object.values(await answers(page))) assert.equal(shown.length, 10);
      await page.unroute(GERMAN);
      // A browser may remember that a module did not come: only a reload asks for it again then.
      await page.reload();
      await heading(page, 'Was die Modelle sehen');
    },
    { context: { locale: 'de-AT' }, expected: [/Failed to load resource/], before: (page) => page.route(GERMAN, (route) => route.fulfill({ status: 404, body: '' })) },
  ));

test('a language that does not come when it is chosen leaves the one before, in the page and in the switch', () =>
  visit(
    site,
    async (page) => {
      await modelsReady(page);
      await page.getByLabel('Language').selectOption('de');
      await page.locator('.notice.problem').filter({ hasText: 'Deutsch could not be fetched' }).waitFor();
      assert.equal(await chosen(page), 'en');
      assert.deepEqual(await document(page), ['en', 'ltr']);
      await page.getByLabel('Language').selectOption('en');
      await drawTrousers(page);
      await page.waitForFunction(() => /draw=/.test(location.hash));
      assert.doesNotMatch(page.url(), /lang=/);
    },
    { expected: [/Failed to load resource/], before: (page) => page.route(GERMAN, (route) => route.abort('connectionfailed')) },
  ));

/** Holds the German texts back until `release`. */
const held = () => {
  let release;
  const gate = new Promise((resolve) => (release = resolve));
  const before = (page) =>
    page.route(GERMAN, async (route) => {
      await gate;
      await route.continue();
    });
  return { release, before };
};

test('German, then English before German has come: English', () => {
  const { release, before } = held();
  return visit(
    site,
    async (page) => {
      await modelsReady(page);
      const asked = page.waitForRequest(GERMAN);
      await page.getByLabel('Language').selectOption('de');
      await asked;
      await page.getByLabel('Language').selectOption('en');
      const came = page.waitForResponse(GERMAN);
      release();
      await (await came).finished();
      // What is asked of the module now is answered after what was asked of it first.
      await page.evaluate((url) => import(url), (await came).url());
      await heading(page, 'What the models see');
      assert.deepEqual(await document(page), ['en', 'ltr']);
      assert.equal(await chosen(page), 'en');
      await page.getByLabel('Language').selectOption('de');
      await heading(page, 'Was die Modelle sehen');
    },
    { before },
  );
});

test('a German visitor whose texts are long on their way begins in English, and goes on in German', () => {
  const { release, before } = held();
  return visit(
    site,
    async (page) => {
      await page.clock.runFor(10_000);
      await heading(page, 'What the models see');
      assert.deepEqual(await document(page), ['en', 'ltr']);
      release();
      await heading(page, 'Was die Modelle sehen');
      assert.deepEqual(await document(page), ['de', 'ltr']);
    },
    {
      context: { locale: 'de-AT' },
      before: async (page) => {
        await page.clock.install();
        await before(page);
      },
    },
  );
});
