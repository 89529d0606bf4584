/** Links: what is shown goes into the address and comes back from it; Back works; bad addresses are refused politely. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { answers, choose, draw, drawTrousers, modelsReady, photograph, reds, settled } from './actions.mjs';
import { packed, start, visit } from './site.mjs';

let site;
before(async () => (site = await start()));
after(() => site.stop());

const hash = (page) => new URL(page.url()).hash;
const hashWith = (page, pattern) => page.waitForFunction((source) => new RegExp(source).test(location.hash), pattern.source);
/** The grey of every pixel of the pad. */
const pixels = async (page) => (await reds(page.locator('vitrine-sketch-pad canvas'))).join();
/** Opens an address in the page as a link does. */
const follow = (page, path) => page.evaluate((address) => void (location.hash = address), path);

test('a drawing, its models, steps and open panels come back, pixel for pixel', () =>
  visit(site, async (page) => {
    await modelsReady(page);
    await drawTrousers(page);
    await page.getByRole('radio', { name: 'Fill' }).check();
    const box = await page.locator('vitrine-sketch-pad canvas').boundingBox();
    await page.mouse.click(box.x + box.width * 0.02, box.y + box.height * 0.02);
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByRole('checkbox', { name: 'MLP' }).uncheck();
    await page.locator('vitrine-model-input button[data-step=centre]').click();
    await page.locator('vitrine-metrics-table details[data-model=knn] summary').click();
    await settled(page);
    await hashWith(page, /draw=.*open=report\.knn/);
    const before = { pixels: await pixels(page), answers: await answers(page) };
    assert.deepEqual(before.answers.mlp, []);
    assert.ok(hash(page).length < 500, `${hash(page).length} characters`);
    const other = await page.context().newPage();
    await other.goto(page.url());
    await modelsReadyBut(other, 'mlp');
    await settled(other);
    assert.equal(await pixels(other), before.pixels);
    assert.deepEqual(await answers(other), before.answers);
    assert.equal(await other.locator('vitrine-model-input button[data-step=centre]').getAttribute('aria-pressed'), 'false');
    assert.ok(await other.locator('vitrine-metrics-table details[data-model=knn]').evaluate((details) => details.open));
    assert.equal(await other.locator('.problem').count(), 0);
  }));

/** As `modelsReady` with one model hidden: the others' columns say so. */
async function modelsReadyBut(page, hidden) {
  await page.waitForFunction(
    (hidden) => {
      const heads = [...(document.querySelector('vitrine-app').shadowRoot?.querySelector('vitrine-probability-bars')?.shadowRoot?.querySelectorAll('th[data-model]') ?? [])];
      return heads.length > 0 && heads.every((head) => head.dataset.model !== hidden && head.dataset.status === 'ready');
    },
    hidden,
  );
}

test('strokes stay in their entry, steps make one: Back leads through what was done, and Forward to all of it', () =>
  visit(site, async (page) => {
    await modelsReady(page);
    const entries = await page.evaluate(() => history.length);
    await drawTrousers(page);
    await hashWith(page, /draw=/);
    const first = { address: hash(page), pixels: await pixels(page), answers: await answers(page) };
    assert.equal(await page.evaluate(() => history.length), entries);
    await page.locator('vitrine-metrics-table details[data-model=knn] summary').click();
    await hashWith(page, /open=report\.knn/);
    const step = hash(page);
    await draw(page, [[0.1, 0.5], [0.9, 0.5]]);
    await page.waitForFunction((old) => location.hash !== old, step);
    const second = await pixels(page);
    assert.equal(await page.evaluate(() => history.length), entries + 1);
    await page.goBack();
    await page.waitForFunction((old) => location.hash === old, first.address);
    await settled(page);
    assert.equal(await pixels(page), first.pixels);
    assert.deepEqual(await answers(page), first.answers);
    await page.goForward();
    await settled(page);
    assert.equal(await pixels(page), second);
  }));

test('strokes make no entry: one Back leaves', () =>
  visit(site, async (page) => {
    await modelsReady(page);
    const before = await page.evaluate(() => history.length);
    const box = await page.locator('vitrine-sketch-pad canvas').boundingBox();
    for (const y of [0.3, 0.5, 0.7]) {
      await page.mouse.move(box.x + box.width * 0.3, box.y + box.height * y);
      await page.mouse.down();
      await page.mouse.move(box.x + box.width * 0.7, box.y + box.height * y, { steps: 3 });
      await page.mouse.up();
    }
    await hashWith(page, /draw=/);
    assert.equal(await page.evaluate(() => history.length), before);
  }));

test('a task is shown as plain text and goes away', () =>
  visit(
    site,
    async (page) => {
      const task = page.locator('.task');
      await task.filter({ hasText: 'Draw a <b>bag</b> <img src=x onerror=alert(1)>' }).waitFor();
      assert.equal(await task.locator('b, img').count(), 0);
      await page.getByRole('button', { name: 'Hide the task' }).click();
      await task.waitFor({ state: 'detached' });
    },
    { path: `#task=${encodeURIComponent('Draw a <b>bag</b> <img src=x onerror=alert(1)>')}` },
  ));

test('the share button copies the link, with a task', () =>
  visit(
    site,
    async (page) => {
      await modelsReady(page);
      await drawTrousers(page);
      await page.getByRole('button', { name: 'Share', exact: true }).click();
      await page.getByLabel('A task for those who open it').fill('What is it? 100% sure & why');
      await page.getByRole('button', { name: 'Copy the link' }).click();
      await page.locator('vitrine-share-panel .said').filter({ hasText: 'Link copied' }).waitFor();
      const link = await page.evaluate(() => navigator.clipboard.readText());
      assert.equal(link, await page.getByLabel('Link', { exact: true }).inputValue());
      const other = await page.context().newPage();
      await other.goto(link);
      await other.locator('.task').filter({ hasText: 'What is it? 100% sure & why' }).waitFor();
      assert.equal(await pixels(other), await pixels(page));
    },
    { context: { permissions: ['clipboard-read', 'clipboard-write'] } },
  ));

test('where copying is forbidden the link is selected', () =>
  visit(
    site,
    async (page) => {
      await page.getByRole('button', { name: 'Share', exact: true }).click();
      await page.getByRole('button', { name: 'Copy the link' }).click();
      await page.locator('vitrine-share-panel .said').filter({ hasText: 'press Ctrl+C' }).waitFor();
      const field = page.getByLabel('Link', { exact: true });
      assert.equal(await field.evaluate((input) => input.value.slice(input.selectionStart, input.selectionEnd)), await field.inputValue());
      await page.keyboard.press('Escape');
      await page.locator('vitrine-share-panel dialog').waitFor({ state: 'hidden' });
    },
    { before: (page) => page.addInitScript(() => (Clipboard.prototype.writeText = () => Promise.reject(new DOMException('no', 'NotAllowedError')))) },
  ));

test('of a photograph the link holds what the models see, and nothing until it is asked for', () =>
  visit(site, async (page) => {
    await modelsReady(page);
    await choose(page, 'dress.png', photograph());
    await page.locator('.guest').waitFor();
    await settled(page);
    const before = await answers(page);
    await page.getByRole('button', { name: 'Share', exact: true }).click();
    await page.locator('vitrine-share-panel dialog').filter({ hasText: '28×28 pixels that the models see, not the picture itself' }).waitFor();
    const link = await page.getByLabel('Link', { exact: true }).inputValue();
    assert.doesNotMatch(hash(page), /pixels=/);
    const other = await page.context().newPage();
    await other.goto(link);
    await modelsReady(other);
    await other.locator('.guest').filter({ hasText: 'Showing the shared picture' }).waitFor();
    await settled(other);
    // The link rounds each pixel to a byte: a shown per cent may tip over.
    for (const [role, shown] of Object.entries(await answers(other))) {
      shown.forEach((share, label) => assert.ok(Math.abs(share - before[role][label]) <= 1, `${role}: ${shown} instead of ${before[role]}`));
    }
  }));

test('a test image has its number in the link', { skip: !packed() && 'this build packs no test set' }, () =>
  visit(
    site,
    async (page) => {
      await modelsReady(page);
      await page.locator('.guest').filter({ hasText: 'test image 4321, labelled' }).waitFor();
      await page.locator('vitrine-model-input button[data-step=sharpen][aria-pressed=true]').waitFor();
      await page.getByRole('button', { name: 'Back to the sketch pad' }).click();
      await page.waitForFunction(() => location.hash === '');
    },
    { path: '#sample=4321&steps=sharpen' },
  ));

const refused = (text, paths) => {
  for (const path of paths) {
    test(`${path.slice(0, 30)} is refused politely`, () =>
      visit(
        site,
        async (page) => {
          await page.locator('.problem').filter({ hasText: text }).waitFor();
          await modelsReady(page);
          await drawTrousers(page);
          for (const [role, shown] of Object.entries(await answers(page))) assert.equal(shown.length, 10, role);
        },
        { path },
      ));
  }
};
/** A drawing of so many fills, each of which looks at the whole pad, as a link has it. */
function fills(count) {
  const bytes = [1];
  for (let at = 0; at < count; at++) bytes.push(2, at % 2 ? 255 : 0, 1, 1);
  return Buffer.from(bytes).toString('base64url');
}
refused('The address of this page could not be read', ['#nonsense', '#draw=%E0%A4%A']);
refused('Parts of the link were refused (the drawing)', ['#draw=AQD_____', `#draw=${fills(7_498)}`, `#draw=${'A'.repeat(39_000)}`]);
refused('(the picture)', [`#pixels=${'A'.repeat(1000)}`]);
refused('(the models shown)', ['#models=constructor,mlp']);
refused('(strange, the language, the preparation, its steps, the open panels, the section)', ['#steps=polish&recipe=magic&open=%3Cb%3E&at=nowhere&lang=tlh&strange=1']);

test('a bad part leaves the rest of the link in force', () =>
  visit(
    site,
    async (page) => {
      await page.locator('.problem').filter({ hasText: '(the drawing)' }).waitFor();
      await page.locator('.task').filter({ hasText: 'Still here' }).waitFor();
      await follow(page, '#task=Another');
      await page.locator('.task').filter({ hasText: 'Another' }).waitFor();
    },
    { path: '#draw=zzz&task=Still%20here' },
  ));

test('a number that no test image has is refused, and said', { skip: !packed() && 'this build packs no test set' }, () =>
  visit(
    site,
    async (page) => {
      await page.locator('.problem').filter({ hasText: 'there is no number 99999; they go from 0 to 9999' }).waitFor();
      await modelsReady(page);
      assert.equal(await page.locator('.guest').count(), 0);
      // Only the number was wrong: the test set is there.
      await page.getByRole('button', { name: 'A test image at random' }).click();
      await page.locator('.guest').waitFor();
    },
    { path: '#sample=99999' },
  ));

test('a task turns nothing around it', () =>
  visit(
    site,
    async (page) => {
      await page.locator('.task').filter({ hasText: 'Draw a gab' }).waitFor();
      assert.doesNotMatch(await page.locator('.task').innerText(), /\p{Bidi_Control}/u);
      await page.getByRole('region', { name: 'A task from the link’s author' }).waitFor();
    },
    { path: `#task=${encodeURIComponent('Draw a \u202Egab\u2066')}` },
  ));

/** Time stands still but for `runFor`: whatever would be written after a while is written in it. */
const clocked = { before: (page) => page.clock.install() };
const LONG_AFTER = 5_000;

test('Back to an address that the page would write otherwise leaves the way forth free', () =>
  visit(
    site,
    async (page) => {
      await modelsReady(page);
      for (const other of ['#models=knn,mlp', '#lang=en', '#open=report.mlp&models=mlp', '#strange=1']) {
        await follow(page, other);
        await page.clock.runFor(LONG_AFTER);
        await page.getByRole('link', { name: 'Measure it here' }).click();
        await page.clock.runFor(LONG_AFTER);
        const after = hash(page);
        assert.match(after, /at=measure/);
        const entries = await page.evaluate(() => history.length);
        await page.goBack();
        await page.clock.runFor(LONG_AFTER);
        assert.equal(hash(page), other);
        await page.goForward();
        await page.clock.runFor(LONG_AFTER);
        assert.equal(hash(page), after);
        assert.equal(await page.evaluate(() => history.length), entries);
      }
    },
    clocked,
  ));

test('a link that is opened in the background keeps its drawing', () =>
  visit(
    site,
    async (page) => {
      await modelsReady(page);
      await drawTrousers(page);
      await hashWith(page, /draw=/);
      const drawn = { address: hash(page), pixels: await pixels(page) };
      const hidden = await page.context().newPage();
      // As in a tab that is not in front: no frames, for as long as the test says so.
      await hidden.addInitScript(() => {
        const frame = globalThis.requestAnimationFrame.bind(globalThis);
        const waiting = [];
        globalThis.requestAnimationFrame = (work) => waiting.push(work);
        globalThis.toFront = () => {
          globalThis.requestAnimationFrame = frame;
          for (const work of waiting.splice(0)) frame(work);
        };
      });
      await hidden.clock.install();
      await hidden.goto(page.url());
      await hidden.locator('footer').waitFor();
      await hidden.clock.runFor(LONG_AFTER);
      assert.equal(hash(hidden), drawn.address);
      await hidden.evaluate(() => globalThis.toFront());
      await modelsReady(hidden);
      await settled(hidden);
      await hidden.clock.runFor(LONG_AFTER);
      assert.equal(hash(hidden), drawn.address);
      assert.equal(await pixels(hidden), drawn.pixels);
      assert.equal(await hidden.evaluate(() => history.length), 2);
    },
  ));

test('a test image that is long on its way stays in the address', { skip: !packed() && 'this build packs no test set' }, () => {
  let release;
  const held = new Promise((resolve) => (release = resolve));
  return visit(
    site,
    async (page) => {
      await modelsReady(page);
      const entries = await page.evaluate(() => history.length);
      await page.clock.runFor(LONG_AFTER);
      assert.equal(hash(page), '#sample=4321&steps=sharpen');
      await page.locator('vitrine-metrics-table details[data-model=knn] summary').click();
      await hashWith(page, /sample=4321&steps=sharpen&open=report\.knn/);
      release();
      await page.locator('.guest').filter({ hasText: 'test image 4321, labelled' }).waitFor();
      await page.clock.runFor(LONG_AFTER);
      assert.equal(hash(page), '#sample=4321&steps=sharpen&open=report.knn');
      assert.equal(await page.evaluate(() => history.length), entries + 1);
    },
    {
      path: '#sample=4321&steps=sharpen',
      before: async (page) => {
        await page.clock.install();
        await page.route(/t10k-images/, async (route) => {
          await held;
          await route.continue();
        });
      },
    },
  );
});

test('a drawing that is too long for an address comes back all the same', () =>
  visit(site, async (page) => {
    await modelsReady(page);
    await drawTrousers(page);
    await hashWith(page, /draw=/);
    const first = hash(page);
    await page.locator('vitrine-metrics-table details[data-model=knn] summary').click();
    await hashWith(page, /open=report\.knn/);
    const canvas = page.locator('vitrine-sketch-pad canvas');
    await canvas.evaluate((canvas) => canvas.addEventListener('pointerdown', ({ pointerId }) => (globalThis.pointer = pointerId)));
    await canvas.scrollIntoViewIfNeeded();
    const box = await canvas.boundingBox();
    await page.mouse.move(box.x + 20, box.y + 20);
    await page.mouse.down();
    // As many points as an hour of hatching.
    await canvas.evaluate((canvas) => {
      const { left, top, width, height } = canvas.getBoundingClientRect();
      for (let at = 0; at < 6_000; at++) {
        const along = (at % 100) / 100;
        const place = { clientX: left + width * (at % 200 < 100 ? along : 1 - along), clientY: top + (height * at) / 6_000 };
        canvas.dispatchEvent(new PointerEvent('pointermove', { pointerId: globalThis.pointer, pointerType: 'mouse', bubbles: true, ...place }));
      }
    });
    await page.mouse.up();
    await page.waitForFunction(() => !location.hash.includes('draw='));
    await settled(page);
    const long = await pixels(page);
    await page.getByRole('link', { name: 'Measure it here' }).click();
    await hashWith(page, /at=measure/);
    await page.getByRole('button', { name: 'Clear' }).click();
    await draw(page, [[0.2, 0.2], [0.8, 0.8]]);
    await hashWith(page, /draw=/);
    await page.goBack();
    await settled(page);
    assert.equal(await pixels(page), long);
    await page.reload();
    await modelsReady(page);
    await settled(page);
    assert.equal(await pixels(page), long);
    await page.goBack();
    await hashWith(page, /draw=/);
    assert.equal(hash(page), first);
  }));

test('a link to a section can be opened in another tab', () =>
  visit(site, async (page) => {
    await modelsReady(page);
    const opened = page.context().waitForEvent('page');
    await page.getByRole('link', { name: 'Measure it here' }).click({ modifiers: ['ControlOrMeta'] });
    const other = await opened;
    await other.waitForURL(/#at=measure$/);
    assert.equal(hash(page), '');
  }));

test('in a frame the page leaves history, focus and place of the page around it alone', () =>
  visit(
    site,
    async (page) => {
      await page.route('**/course.html', (route) =>
        route.fulfill({ contentType: 'text/html', body: '<!doctype html><title>Course</title><input autofocus aria-label="Name"><div style="height:3000px"></div><iframe width="900" height="700"></iframe>' }),
      );
      await page.goto(`${site.url}course.html`);
      await page.clock.install();
      const framed = page.frameLocator('iframe');
      await page.locator('iframe').evaluate((frame, address) => (frame.src = address), `${site.url}#at=measure`);
      await framed.locator('footer').waitFor({ state: 'attached' });
      await page.clock.runFor(LONG_AFTER);
      assert.equal(await page.evaluate(() => window.scrollY), 0);
      assert.equal(await page.evaluate(() => document.activeElement?.tagName), 'INPUT');
      const entries = await page.evaluate(() => history.length);
      await framed.locator('vitrine-probability-bars th[data-model=mlp][data-status=ready]').waitFor({ state: 'attached' });
      await framed.locator('vitrine-sketch-pad canvas').press('Space');
      await page.clock.runFor(LONG_AFTER);
      const inner = page.frames().find((frame) => frame !== page.mainFrame());
      await inner.waitForFunction(() => location.hash.includes('draw='));
      assert.equal(await page.evaluate(() => history.length), entries);
    },
  ));

test('without storage everything works', () =>
  visit(
    site,
    async (page) => {
      await modelsReady(page);
      await drawTrousers(page);
      await hashWith(page, /draw=/);
      for (const [role, shown] of Object.entries(await answers(page))) assert.equal(shown.length, 10, role);
    },
    {
      before: (page) =>
        page.addInitScript(() => {
          const forbidden = { get: () => { throw new DOMException('blocked', 'SecurityError'); } };
          for (const name of ['localStorage', 'sessionStorage', 'indexedDB', 'caches']) Object.defineProperty(globalThis, name, forbidden);
          Object.defineProperty(Document.prototype, 'cookie', { get: forbidden.get, set: forbidden.get });
        }),
    },
  ));
