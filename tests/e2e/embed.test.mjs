/** embed.html in pages of another site: what it shows, what it leaves alone, and how few workers it takes. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { after, before, test } from 'node:test';
import { draw, exactly } from './actions.mjs';
import { inner, ready, scribble, startCourse, verdicts } from './embed.mjs';
import { manifest, needsData, testFiles } from './site.mjs';

const MODELS = (await manifest()).files.length;
const AGREED = Array.from({ length: MODELS }, () => 'Trouser');
/** Longer than the page waits before a change comes into the address, and than a frame out of view keeps its worker. */
const [LONG_AFTER, LONG_UNSEEN] = [2_000, 11_000];

let course;
before(async () => (course = await startCourse({ flags: ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'] })));
after(() => course.stop());

const frame = (attributes = '', query = '') => `<iframe src="${course.embed}${query}" title="Vitrine" width="700" height="600" ${attributes}></iframe>`;

test('the lab alone, its state in its hash: what is drawn there comes back in the page, and what a link of the page says in a frame', () =>
  course.on(frame(), async (page) => {
    const framed = inner(page);
    await ready(framed);
    assert.equal(await framed.locator('header, nav, vitrine-why-section, vitrine-metrics-table, vitrine-measure-panel, vitrine-notebook-slot').count(), 0);
    assert.deepEqual(await scribble(page, framed), AGREED);
    await framed.getByRole('checkbox', { name: /KNN/ }).uncheck();
    await framed.waitForFunction(() => /models=[^&]*&draw=|draw=.*models=/.test(location.hash));
    const hash = await framed.evaluate(() => location.hash);
    // The link to the whole page.
    const opened = page.context().waitForEvent('page');
    await framed.getByRole('link', { name: 'Open in a tab of its own' }).click();
    const whole = await opened;
    await whole.waitForURL((url) => url.pathname === '/' && url.hash === hash);
    await whole.waitForFunction((all) => document.querySelector('vitrine-app').shadowRoot.querySelector('vitrine-answer-verdict')?.votes.map(({ label }) => label).join() === all, AGREED.slice(1).join());
    await whole.close();
    await framed.goto(`${course.embed}${hash}&task=${encodeURIComponent('What is it?')}&at=measure`);
    await framed.locator('.task').filter({ hasText: 'What is it?' }).waitFor();
    await ready(framed);
    assert.deepEqual(await verdicts(framed), AGREED.slice(1));
    assert.equal(await framed.locator('.problem').count(), 0);
  }));

test('`?view=` adds the panels that explain an answer, or shows the explorer of confusions alone', () =>
  course.on(frame('', '?view=why') + frame('', '?view=explorer#lang=de'), async (page) => {
    const [, why, explorer] = page.frames();
    await ready(why);
    await scribble(page, why);
    await why.locator('vitrine-why-section summary').first().click();
    await why.locator('vitrine-occlusion-panel vitrine-heat-map').first().waitFor();
    await explorer.getByRole('heading', { name: 'Wo sie sich irren' }).waitFor();
    assert.equal(await explorer.locator('vitrine-sketch-pad').count(), 0);
    await exactly(explorer.locator('vitrine-notebook section'), 1);
    await explorer.locator('summary').filter({ hasText: 'Klassifikationsbericht' }).click();
    await explorer.locator('vitrine-report-actions').getByRole('button', { name: /\.txt/ }).click();
    await explorer.getByText('allow-downloads').waitFor();
  }));

test('without the test set the explorer takes the visitor’s copy in its place', { skip: needsData() }, () =>
  course.on(
    frame('', '?view=explorer'),
    async (page) => {
      const framed = inner(page);
      await framed.locator('vitrine-confusion-explorer td').first().waitFor();
      // As of a site that was built without the data.
      await framed.locator('vitrine-notebook-slot').evaluate((slot) => (slot.testSet = 'wanted'));
      await framed.locator('vitrine-notebook [data-set=wrong]').click();
      await framed.locator('vitrine-notebook vitrine-test-files input').setInputFiles(testFiles());
      await framed.locator('vitrine-test-files').waitFor({ state: 'detached' });
      await framed.locator('vitrine-cell-images vitrine-pixel-view').first().waitFor();
    },
  ));

for (const colorScheme of ['light', 'dark']) {
  for (const [width, height] of [[320, 240], [480, 320], [700, 600]]) {
    test(`${width}×${height}, ${colorScheme}: pad and answer stand beside each other, whole, and nothing is wider than the frame`, () =>
      course.on(
        `<iframe src="${course.embed}" title="Vitrine" width="${width}" height="${height}"></iframe>`,
        async (page) => {
          const framed = inner(page);
          await ready(framed);
          assert.deepEqual(await scribble(page, framed), AGREED);
          const box = await framed.evaluate(() => {
            const root = document.querySelector('vitrine-embed').shadowRoot;
            const of = (element) => {
              const { left, top, right, bottom } = element.getBoundingClientRect();
              return { left, top, right, bottom };
            };
            const pad = root.querySelector('vitrine-sketch-pad').shadowRoot.querySelector('canvas');
            const word = root.querySelector('vitrine-answer-verdict').shadowRoot.querySelector('.name');
            const lines = document.createRange();
            lines.selectNodeContents(word);
            return { pad: of(pad), word: of(word), lines: lines.getClientRects().length, scrolled: document.documentElement.scrollWidth };
          });
          for (const { left, top, right, bottom } of [box.pad, box.word]) assert.ok(left >= 0 && top >= 0 && right <= width && bottom <= height, JSON.stringify(box));
          assert.ok(box.pad.right < box.word.left && box.word.top < box.pad.bottom && box.word.bottom > box.pad.top, JSON.stringify(box));
          assert.equal(box.lines, 1);
          assert.ok(box.scrolled <= width, String(box.scrolled));
          await framed.evaluate(await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8'));
          const found = await framed.evaluate(async () => (await globalThis.axe.run(document, { resultTypes: ['violations'] })).violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html)}`));
          assert.deepEqual(found, []);
        },
        { context: { colorScheme } },
      ));
  }
}

test('it leaves history, focus and place of the page around it alone, and registers no service worker', () =>
  course.on(
    `<input autofocus aria-label="Name"><div style="height:3000px"></div>${frame('', '#task=Draw')}`,
    async (page) => {
      await page.waitForFunction(() => document.activeElement?.tagName === 'INPUT');
      const entries = await page.evaluate(() => history.length);
      const framed = inner(page);
      await framed.locator('footer').waitFor({ state: 'attached' });
      await page.clock.runFor(LONG_AFTER);
      assert.equal(await page.evaluate(() => window.scrollY), 0);
      assert.equal(await page.evaluate(() => document.activeElement?.tagName), 'INPUT');
      await page.locator('iframe').scrollIntoViewIfNeeded();
      await page.clock.runFor(LONG_AFTER);
      await ready(framed);
      await scribble(page, framed);
      await page.clock.runFor(LONG_AFTER);
      await framed.waitForFunction(() => location.hash.includes('draw='));
      await framed.getByRole('button', { name: 'Clear' }).click();
      await page.clock.runFor(LONG_AFTER);
      await framed.waitForFunction(() => !location.hash.includes('draw='));
      assert.equal(await page.evaluate(() => history.length), entries);
      // Where it might register one, in a tab, it does not either.
      await page.goto(course.embed);
      await page.clock.runFor(LONG_AFTER);
      await ready(page);
      assert.equal(await page.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).length), 0);
      assert.ok(!course.asked.includes('/sw.js'));
    },
    { context: { serviceWorkers: 'allow' }, before: (page) => page.clock.install() },
  ));

/** A host that takes heights as LTI's tools tell them, with a border within the frame's height, and keeps them in `told`. */
const LTI = `<script>
  window.told = [];
  addEventListener('message', ({ source, data }) => {
    const frame = [...document.querySelectorAll('iframe')].find(({ contentWindow }) => contentWindow === source);
    window.told.push(data);
    const { subject, height } = typeof data === 'string' ? JSON.parse(data) : data;
    if (subject === 'lti.frameResize') frame.style.height = height + 'px';
  });
</script>`;
const heights = (page) => page.evaluate(() => window.told.filter(({ subject }) => subject === 'lti.frameResize').map(({ height }) => height));
/** Waits until `window.told` has been the same for so many turns of the frame. */
const quiet = (page) =>
  page.evaluate(async () => {
    for (let before = -1, same = 0; same < 10; same = before === window.told.length ? same + 1 : 0, before = window.told.length) await new Promise((done) => setTimeout(done, 50));
  });

test('it tells its height as an object and as text, shrinks again, and never goes round', () =>
  course.on(`${LTI}<style>iframe { box-sizing: border-box; border: 3px solid; }</style>${frame()}`, async (page) => {
    const framed = inner(page);
    await ready(framed);
    await quiet(page);
    const [empty] = (await heights(page)).slice(-1);
    const texts = await page.evaluate(() => window.told.filter((data) => typeof data === 'string').map((data) => JSON.parse(data)));
    assert.deepEqual(texts.filter(({ subject }) => subject === 'lti.frameResize').map(({ height }) => height), await heights(page));
    // A frame of that height shows all of it, but for the border that the host takes off.
    assert.ok(await framed.evaluate(() => document.documentElement.scrollHeight - innerHeight <= 6));
    await page.evaluate(() => (window.told.length = 0));
    await framed.goto(`${course.embed}?view=why`);
    await ready(framed);
    await quiet(page);
    const [high] = (await heights(page)).slice(-1);
    assert.ok(high > empty, `${high} > ${empty}`);
    await framed.locator('vitrine-why-section summary').first().click();
    await page.waitForFunction((high) => window.told.some(({ height }) => height > high), high);
    await framed.locator('vitrine-why-section summary').first().click();
    await page.waitForFunction((high) => window.told.at(-2)?.height === high, high);
    await quiet(page);
    const all = await heights(page);
    assert.equal(all.at(-1), high);
    assert.ok(all.length < 20, `told ${all.length} times`);
    // Whatever height the host gives, the one that is told is the same.
    for (const given of [150, 300, 399, 401, 2_000]) {
      await page.evaluate((given) => (document.querySelector('iframe').style.height = `${given}px`), given);
      await quiet(page);
      assert.equal((await heights(page)).at(-1), high);
    }
  }));

test('it speaks H5P’s words with the page around it, and with nobody else', () =>
  course.on(
    `<script>
      // What H5P's own resizer does.
      window.told = [];
      addEventListener('message', ({ source, data }) => {
        window.told.push(data);
        if (data.context !== 'h5p') return;
        const frame = [...document.querySelectorAll('iframe')].find(({ contentWindow }) => contentWindow === source);
        const respond = (action) => source.postMessage({ context: 'h5p', action }, '*');
        if (data.action === 'hello') {
          frame.style.width = '100%';
          if (window.isThere) respond('hello');
        } else if (data.action === 'prepareResize') {
          if (frame.clientHeight !== data.scrollHeight || data.scrollHeight !== data.clientHeight) {
            frame.style.height = data.clientHeight + 'px';
            respond('resizePrepared');
          }
        } else if (data.action === 'resize') frame.style.height = data.scrollHeight + 'px';
      });
    </script>${frame()}<iframe srcdoc="<script>onmessage = () => parent.frames[0].postMessage({ context: 'h5p', action: 'hello' }, '*')</script>"></iframe>`,
    async (page) => {
      const framed = inner(page);
      await ready(framed);
      const actions = () => page.evaluate(() => window.told.filter(({ context }) => context === 'h5p').map(({ action }) => action));
      assert.deepEqual(await actions(), ['hello']);
      // A frame beside it, and a page that has come in the place of the one around it.
      await page.evaluate(() => window.frames[1].postMessage('go', '*'));
      await framed.evaluate(() => {
        for (const [source, origin] of [[parent, 'https://example.org'], [window, location.origin], [null, 'http://localhost']]) dispatchEvent(new MessageEvent('message', { source, origin, data: { context: 'h5p', action: 'hello' } }));
        for (const data of [null, 'hello', 7, { context: 'h5p' }, { context: 'h5p', action: 'resizePrepared' }]) parent.postMessage({}, '*') ?? dispatchEvent(new MessageEvent('message', { source: parent, origin: location.ancestorOrigins[0], data }));
      });
      await quiet(page);
      assert.deepEqual(await actions(), ['hello']);
      await page.evaluate(() => {
        window.isThere = true;
        window.frames[0].postMessage({ context: 'h5p', action: 'ready' }, '*');
      });
      await page.waitForFunction(() => window.told.some(({ action }) => action === 'prepareResize'));
      await quiet(page);
      const said = await page.evaluate(() => window.told.filter(({ context }) => context === 'h5p'));
      assert.deepEqual([...new Set(said.map(({ action }) => action))], ['hello', 'prepareResize', 'resize'].slice(0, said.some(({ action }) => action === 'resize') ? 3 : 2));
      const { scrollHeight } = said.findLast(({ action }) => action === 'prepareResize');
      assert.equal(await page.evaluate(() => document.querySelector('iframe').clientHeight), scrollHeight);
      assert.ok(said.length < 12, `${said.length} words`);
    },
  ));

test('a camera that the pages around keep from it has a sentence of its own, at any depth', async () => {
  // Each of two frames has to let it; the outer one shows a page of a third origin.
  const outer = (attributes) => `<iframe src="${course.between}" width="760" height="660" ${attributes}></iframe>`;
  const between = frame('allow="camera"');
  for (const body of [frame(), outer('')]) {
    await course.on(
      body,
      async (page) => {
        const framed = await embedIn(page);
        await framed.getByRole('button', { name: 'Use the camera' }).click();
        await framed.locator('.problem').filter({ hasText: 'allow="camera"' }).waitFor();
      },
      { between, expected: [/Permissions policy violation: camera/] },
    );
  }
  for (const body of [frame('allow="camera"'), outer('allow="camera"')]) {
    await course.on(
      body,
      async (page) => {
        const framed = await embedIn(page);
        await framed.getByRole('button', { name: 'Use the camera' }).click();
        await framed.getByRole('button', { name: 'Take the picture' }).click();
        await framed.locator('.guest').filter({ hasText: 'the camera’s picture' }).waitFor();
      },
      { between },
    );
  }
});

/** The frame of a page that shows the embed, once it is there. */
async function embedIn(page) {
  for (;;) {
    const found = page.frames().find((frame) => frame.url().startsWith(course.embed));
    if (found) return found;
    await page.waitForEvent('framenavigated');
  }
}

test('forty frames: those that are seen have a worker each, and no more than eight ever live', () =>
  course.on(Array.from({ length: 40 }, (_, number) => `<p>Exercise ${number}</p>${frame('', '#models=cnn-slim')}`).join(''), async (page) => {
    let most = 0;
    const count = () => (most = Math.max(most, page.workers().length));
    page.on('worker', count);
    for (let number = 0; number < 40; number += 3) {
      await page.locator('iframe').nth(number).scrollIntoViewIfNeeded();
      await ready(page.frames()[number + 1]);
      count();
    }
    assert.ok(most >= 1 && most <= 8, `${most} workers`);
    // The first has let go of its worker, and has another one when it is seen again.
    await page.locator('iframe').first().scrollIntoViewIfNeeded();
    assert.deepEqual(await scribble(page, page.frames()[1]), ['Trouser']);
  }));

test('out of view for long, its worker ends; back in view the drawing is there, and is answered', () =>
  course.on(
    `${frame()}<div style="height:4000px"></div><p id="end">The end</p>`,
    async (page) => {
      const framed = inner(page);
      await page.clock.runFor(LONG_AFTER);
      await ready(framed);
      await scribble(page, framed);
      const [worker] = page.workers();
      const ended = new Promise((done) => worker.once('close', done));
      await page.locator('#end').scrollIntoViewIfNeeded();
      // A frame that was looked away from for a moment keeps it.
      await framed.waitForFunction(() => new Promise((told) => new IntersectionObserver(([{ isIntersecting }]) => told(!isIntersecting)).observe(document.body)));
      await page.clock.runFor(LONG_UNSEEN / 2);
      assert.equal(page.workers().length, 1);
      await page.clock.runFor(LONG_UNSEEN);
      await ended;
      await page.locator('iframe').scrollIntoViewIfNeeded();
      await page.waitForEvent('worker');
      await page.clock.runFor(LONG_AFTER);
      await ready(framed);
      assert.deepEqual(await verdicts(framed), AGREED);
    },
    { before: (page) => page.clock.install() },
  ));

test('with `sandbox="allow-scripts"` alone it works, keeps its state, and says which words would bring what', () =>
  course.on(
    frame('sandbox="allow-scripts"', '#task=Draw'),
    async (page) => {
      const framed = inner(page);
      await ready(framed);
      assert.equal(await framed.evaluate(() => self.origin), 'null');
      assert.deepEqual(await scribble(page, framed), AGREED);
      assert.equal(page.workers().length, 1);
      await framed.locator('.limits summary').click();
      const words = await framed.locator('.limits dt').allInnerTexts();
      assert.deepEqual(words, ['sandbox="allow-same-origin"', 'sandbox="allow-downloads"', 'sandbox="allow-popups"', 'allow="camera"', 'allow="clipboard-write"']);
    },
  ));

test('with all that the snippet asks for nothing is lacking; without a camera that is said', () =>
  course.on(frame('allow="camera; clipboard-write"') + frame('allow="clipboard-write"'), async (page) => {
    const [, whole, lacking] = page.frames();
    await ready(whole);
    assert.equal(await whole.locator('.limits').count(), 0);
    await lacking.locator('.limits summary').click();
    assert.deepEqual(await lacking.locator('.limits dt').allInnerTexts(), ['allow="camera"']);
  }));

test('on a host that lets such a frame read nothing it becomes the classifier as one file', async () => {
  const closed = await startCourse({ headers: {} });
  try {
    await closed.on(
      `<iframe src="${closed.embed}" width="700" height="600" sandbox="allow-scripts"></iframe>`,
      async (page) => {
        const entries = await page.evaluate(() => history.length);
        const framed = inner(page);
        await framed.waitForURL(/\/vitrine\.html$/);
        await framed.waitForFunction(() => document.querySelector('vitrine-classifier')?.matches(':state(ready)'));
        assert.equal(await page.evaluate(() => history.length), entries);
      },
      { expected: [/has been blocked by CORS policy/, /Failed to load resource: net::ERR_FAILED/] },
    );
  } finally {
    await closed.stop();
  }
});

test('the share dialog has HTML for a course page, with a button that copies it; pasted, it shows the same', () =>
  course.on('', async (page) => {
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await page.goto(course.site);
    await page.waitForFunction(() => document.querySelector('vitrine-app')?.shadowRoot?.querySelector('footer'));
    await draw(page, [[0.3, 0.3], [0.7, 0.7]]);
    await page.getByRole('button', { name: 'Share', exact: true }).click();
    await page.getByLabel('A task for those who open it').fill('What is it? 100% "sure" & <why>');
    await page.getByRole('button', { name: 'Copy the HTML' }).click();
    await page.locator('vitrine-share-panel .said').filter({ hasText: 'HTML copied' }).waitFor();
    const pasted = await page.evaluate(() => navigator.clipboard.readText());
    assert.equal(pasted, await page.getByLabel('For a course page').inputValue());
    const marks = await page.evaluate(() => JSON.stringify(document.querySelector('vitrine-app').shadowRoot.querySelector('vitrine-sketch-pad').marks));
    await course.on(pasted, async (other) => {
      const framed = inner(other);
      await framed.locator('.task').filter({ hasText: 'What is it? 100% "sure" & <why>' }).waitFor();
      await ready(framed);
      assert.equal(await framed.evaluate(() => JSON.stringify(document.querySelector('vitrine-embed').shadowRoot.querySelector('vitrine-sketch-pad').marks)), marks);
      assert.equal(await framed.locator('.limits').count(), 0);
    });
  }));
