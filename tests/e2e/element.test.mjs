/** `<vitrine-classifier>` in pages of other people: one, forty, hidden, moved, defined twice, under a policy, from elsewhere. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { chromium } from 'playwright-core';
import { exactly } from './actions.mjs';
import { png } from './pictures.mjs';
import { STRICT } from './host.mjs';
import { classifyInk, document as page_, goldenImages, near, packageHost } from './package.mjs';
import { FLAGS, needsData, visit } from './site.mjs';

/** Test images of four classes. */
const SHOWN = [0, 7, 25, 63];
/** A pair, scribbled in one stroke, as shares of the pad's sides. */
const TROUSERS = [[0.4, 0.12], [0.6, 0.12], [0.42, 0.2], [0.58, 0.25], [0.4, 0.3], [0.38, 0.9], [0.44, 0.3], [0.5, 0.25], [0.56, 0.3], [0.62, 0.9], [0.6, 0.3]];
const ALL = 'models="mlp cnn cnn-slim knn"';

let browser;
before(async () => (browser = await chromium.launch({ executablePath: process.env.CHROMIUM || '/usr/bin/chromium', args: FLAGS })));
after(() => browser.close());

/** Visits a page with `body`; `work(page, host)`. */
async function on(body, work, { head, pages = {}, host: options, ...rest } = {}) {
  const host = await packageHost({ '/page.html': page_(body, head), ...pages }, options);
  try {
    await visit({ browser, url: host.url }, (page) => work(page, host), { path: 'page.html', ...rest });
  } finally {
    await host.close();
  }
}

const ready = (page, selector = 'vitrine-classifier') => page.waitForFunction((selector) => document.querySelector(selector)?.matches(':state(ready)'), selector);

/** Draws on the pad of an element, and waits for what its models say. */
async function scribble(page, selector = 'vitrine-classifier') {
  const before = await page.evaluate((selector) => document.querySelector(selector).lab.state.lookAsked, selector);
  const canvas = page.locator(selector).locator('vitrine-sketch-pad canvas');
  await canvas.scrollIntoViewIfNeeded();
  const { x, y, width, height } = await canvas.boundingBox();
  const points = TROUSERS.map(([across, down]) => [x + width * across, y + height * down]);
  await page.mouse.move(...points[0]);
  await page.mouse.down();
  for (const point of points) await page.mouse.move(...point, { steps: 5 });
  await page.mouse.up();
  await page.waitForFunction(
    ([selector, before]) => {
      const { lookAsked, lookEnded } = document.querySelector(selector).lab.state;
      return lookEnded > before && lookAsked === lookEnded;
    },
    [selector, before],
  );
  return page.evaluate((selector) => document.querySelector(selector).answers.map(({ label }) => label), selector);
}

test('an element answers real images as onnxruntime does, and shows its answer', { skip: needsData() }, () =>
  on(`<vitrine-classifier ${ALL} recipe="exact" loading="eager"></vitrine-classifier>`, async (page, { wasm }) => {
    for (const [at, { ink, expected }] of (await goldenImages(SHOWN)).entries()) {
      const { answers, unlike } = await page.evaluate(classifyInk, ['vitrine-classifier', ink]);
      near(answers, expected, `image ${SHOWN[at]}`);
      assert.deepEqual(Object.keys(answers), ['mlp', 'cnn', 'cnn-slim', 'knn']);
      assert.equal(unlike, false);
      const shown = await page.locator('vitrine-probability-bars').evaluate(({ columns }) => Object.fromEntries(columns.map(({ model, probabilities }) => [model, { probabilities: [...probabilities] }])));
      near(shown, expected, `image ${SHOWN[at]} as shown`);
    }
    assert.equal(wasm().length, 1);
  }));

test('what is drawn, given as a file, an address, a canvas or an image element is answered; what is no picture is refused by a code', () =>
  on(
    '<vitrine-classifier loading="eager"></vitrine-classifier><img src="dress.png">',
    async (page) => {
      assert.deepEqual(await scribble(page), ['Trouser']);
      const labels = await page.evaluate(async () => {
        const element = document.querySelector('vitrine-classifier');
        const image = document.querySelector('img');
        await image.decode();
        const canvas = Object.assign(document.createElement('canvas'), { width: 200, height: 300 });
        canvas.getContext('2d').drawImage(image, 0, 0);
        const sources = ['dress.png', new URL('dress.png', document.baseURI), await (await fetch('dress.png')).blob(), image, canvas, canvas.getContext('2d').getImageData(0, 0, 200, 300), await createImageBitmap(image)];
        const labels = [];
        for (const source of sources) labels.push((await element.classify(source)).answers[0].label);
        return labels;
      });
      assert.deepEqual([...new Set(labels)], ['Dress']);
      const codes = await page.evaluate(async () => {
        const element = document.querySelector('vitrine-classifier');
        const told = [];
        document.addEventListener('vitrine-error', ({ code, message }) => told.push([code, message.length > 10]));
        const refused = [];
        for (const source of [new Blob(['no picture']), 'nothing.png', { rgba: new Uint8ClampedArray(3), width: 1, height: 1 }]) refused.push(await element.classify(source).catch(({ code }) => code));
        const first = element.classify('dress.png').catch(({ code }) => code);
        const { answers } = await element.classify('dress.png');
        return { refused, told, first: await first, second: answers[0].label };
      });
      assert.deepEqual(codes, { refused: ['picture', 'io', 'picture'], told: [['picture', true], ['io', true], ['picture', true]], first: 'cancelled', second: 'Dress' });
      await page.evaluate(() => document.querySelector('vitrine-classifier').clear());
      assert.deepEqual(await page.evaluate(() => document.querySelector('vitrine-classifier').answers), []);
    },
    { pages: { '/dress.png': png(200, 300, (x, y) => (Math.abs(x - 100) < 30 + y / 8 && y > 30 && y < 270 ? Math.round(60 + 0.8 * Math.abs(x - 100)) : 245)) }, expected: [/404/] },
  ));

test('a picture that is given right after a stroke is newer than it', () =>
  on('<vitrine-classifier loading="eager"></vitrine-classifier>', async (page) => {
    await scribble(page);
    // In one task: the stroke's change is told in the next frame.
    const code = await page.evaluate(() => {
      const element = document.querySelector('vitrine-classifier');
      const told = new Promise((tell) => element.addEventListener('vitrine-error', ({ code }) => tell(code), { once: true }));
      element.shadowRoot.querySelector('vitrine-sketch-pad').shadowRoot.querySelector('canvas').dispatchEvent(new KeyboardEvent('keydown', { key: 'z', ctrlKey: true, bubbles: true }));
      const given = element.classify(new File(['none'], 'x'));
      return Promise.race([told, given.catch(({ code }) => `refused only: ${code}`)]);
    });
    assert.equal(code, 'picture');
  }));

test('forty elements share one worker and one wasm, and each has its own answer', { skip: needsData() }, async () => {
  const images = await goldenImages(Array.from({ length: 40 }, (_, number) => number));
  const body = Array.from({ length: 40 }, (_, number) => `<vitrine-classifier id="e${number}" recipe="exact"></vitrine-classifier>`).join('');
  await on(body, async (page, { asked, wasm }) => {
    await ready(page);
    assert.ok(await page.evaluate(() => document.querySelectorAll('vitrine-classifier:state(ready)').length < 40), 'those that are far from the view wait');
    const all = await page.evaluate(
      async ([source, inks]) => {
        const classify = new Function(`return ${source}`)();
        return Promise.all(inks.map((ink, number) => classify([`#e${number}`, ink])));
      },
      [classifyInk.toString(), images.map(({ ink }) => ink)],
    );
    for (const [number, { answers }] of all.entries()) near(answers, { 'cnn-slim': images[number].expected['cnn-slim'] }, `element ${number}`);
    assert.equal(page.workers().length, 1);
    assert.equal(wasm().length, 1);
    assert.equal(asked.filter((path) => path.startsWith('/dist/models/')).length, 1, 'one model was wanted');
  });
});

test('nothing is fetched before an element is near the view and shown, wherever it is hidden', async () => {
  const hidden = {
    details: ['<details><summary>More</summary>#</details>', () => (document.querySelector('details').open = true)],
    'until found': ['<div hidden="until-found">#</div>', () => document.querySelector('[hidden]').removeAttribute('hidden')],
    'a tab': ['<div style="display:none">#</div>', () => (document.querySelector('div').style.display = '')],
    'a column without width': ['<div style="width:0;overflow:hidden">#</div>', () => (document.querySelector('div').style.width = '30rem')],
    'far below': ['<div style="height:5000px"></div>#', () => document.querySelector('vitrine-classifier').scrollIntoView()],
    'an attribute': ['#', () => (document.querySelector('vitrine-classifier').hidden = false)],
  };
  for (const [name, [place, show]] of Object.entries(hidden)) {
    const attribute = name === 'an attribute' ? ' hidden' : '';
    await on(place.replace('#', `<vitrine-classifier${attribute}></vitrine-classifier>`), async (page, { asked }) => {
      // The element has rendered, and whoever watches it has been told.
      await page.evaluate(async () => {
        await customElements.whenDefined('vitrine-classifier');
        await document.querySelector('vitrine-classifier').updateComplete;
        for (let frame = 0; frame < 5; frame++) await new Promise((shown) => requestAnimationFrame(shown));
      });
      assert.deepEqual(asked, ['/page.html', '/dist/vitrine.js'], name);
      assert.equal(page.workers().length, 0, name);
      await page.evaluate(show);
      await ready(page);
    });
  }
});

test('an element that is moved keeps its drawing, a clone is another, and the worker ends some time after the last one left', () =>
  on('<div id="a"><vitrine-classifier loading="eager"></vitrine-classifier></div><div id="b"></div><iframe srcdoc="<!doctype html><title>inner</title>"></iframe>', async (page, { wasm }) => {
    await ready(page);
    await scribble(page);
    const marks = () => page.evaluate(() => window.element.pad.marks.length);
    await page.evaluate(async () => {
      const element = (window.element = document.querySelector('vitrine-classifier'));
      document.querySelector('#b').append(element);
      element.remove();
      await Promise.resolve();
      document.querySelector('#a').append(element);
      await element.updateComplete;
    });
    assert.equal(await marks(), 1);
    assert.equal(page.workers().length, 1);
    // A turn outside of the page: it leaves, and comes back before the worker has ended.
    await page.evaluate(async () => {
      window.element.remove();
      await new Promise((done) => setTimeout(done));
      document.querySelector('#b').append(window.element);
    });
    assert.equal(await marks(), 1);
    assert.deepEqual(await page.evaluate(() => window.element.answers.map(({ label }) => label)), ['Trouser']);
    // Into another document, where it looks the same, and back.
    const look = await page.evaluate(async () => {
      const look = () => getComputedStyle(window.element.pad.shadowRoot.querySelector('.tools')).display + getComputedStyle(window.element).backgroundColor;
      const before = look();
      const { contentDocument } = document.querySelector('iframe');
      contentDocument.body.append(window.element);
      await window.element.updateComplete;
      const inside = look();
      window.element.clear();
      document.querySelector('#a').append(window.element);
      return [before, inside, look()];
    });
    assert.equal(new Set(look).size, 1, look.join(' | '));
    // A clone has the attributes, and nothing else.
    await page.evaluate(() => {
      window.clone = window.element.cloneNode(true);
      document.querySelector('#b').append(window.clone);
    });
    await page.waitForFunction(() => window.clone.matches(':state(ready)'));
    assert.equal(await page.evaluate(() => window.clone.pad.marks.length), 0);
    assert.equal(page.workers().length, 1);
    assert.equal(wasm().length, 1);
  }));

test('the worker ends when the last element has left, and comes back with the next', () =>
  on(
    '<vitrine-classifier loading="eager"></vitrine-classifier><vitrine-classifier loading="eager"></vitrine-classifier>',
    async (page) => {
      await ready(page);
      const [worker] = page.workers();
      const closed = new Promise((done) => worker.once('close', done));
      await page.evaluate(() => {
        window.both = [...document.querySelectorAll('vitrine-classifier')];
        for (const one of window.both) one.remove();
      });
      await closed;
      await page.evaluate(() => document.body.append(window.both[0]));
      await ready(page);
      assert.deepEqual(await scribble(page), ['Trouser']);
    },
    { head: '<script type="module">import { VitrineClassifier } from "/dist/vitrine.js"; VitrineClassifier.linger = 0;</script>' },
  ));

test('events bubble out of shadow roots: progress never goes back, load comes once, an answer and an error say what they have to', () =>
  on(
    '<div id="host"></div>',
    async (page) => {
      await page.waitForFunction(() => window.told?.some(([type]) => type === 'vitrine-load'));
      await page.evaluate(() => document.querySelector('#host').shadowRoot.querySelector('vitrine-classifier').classify('data:text/plain,none').catch(() => undefined));
      const told = await page.evaluate(() => window.told);
      const shares = told.filter(([type]) => type === 'vitrine-progress').map(([, { progress }]) => progress);
      assert.deepEqual(shares, shares.toSorted((a, b) => a - b));
      assert.ok(shares.every((share) => share > 0 && share <= 1) && shares.at(-1) === 1, String(shares));
      assert.equal(told.filter(([type]) => type === 'vitrine-load').length, 1);
      assert.deepEqual(told.filter(([type]) => type === 'vitrine-error').map(([, { code }]) => code), ['parameter', 'picture']);
      assert.ok(told.every(([, { constructor, bubbles, composed }]) => bubbles && composed && /^Vitrine\w+Event$/.test(constructor)));
    },
    {
      head: `<script type="module">
        import * as vitrine from '/dist/vitrine.js';
        window.told = [];
        for (const type of ['load', 'progress', 'answer', 'error']) document.addEventListener('vitrine-' + type, (event) => {
          const [constructor] = Object.entries(vitrine).find(([, value]) => value === event.constructor);
          const { bubbles, composed, progress, code } = event;
          window.told.push([event.type, { constructor, bubbles, composed, progress, code }]);
        });
        const element = document.createElement('vitrine-classifier');
        element.models = ['cnn-slim', 'oracle'];
        element.loading = 'eager';
        document.querySelector('#host').attachShadow({ mode: 'open' }).append(element);
      </script>`,
    },
  ));

test('attributes are properties and back; controls, task, headings, language and theme are as they say', () =>
  on(
    '<main lang="de"><vitrine-classifier controls="draw" task="Zeichne eine Hose." heading-level="4" theme="dark" loading="eager"><span>Ersatz</span></vitrine-classifier></main>',
    async (page) => {
      await ready(page);
      const element = page.locator('vitrine-classifier');
      await element.getByText('Was sie sagen').waitFor();
      await exactly(element.getByRole('heading', { level: 4 }), 2);
      await element.getByText('Zeichne eine Hose.').waitFor();
      assert.equal(await element.locator('input[type=file]').count(), 0);
      assert.equal(await element.locator('vitrine-model-input, vitrine-model-choice, vitrine-nearest-neighbours').count(), 0);
      assert.equal(await element.evaluate((own) => getComputedStyle(own).backgroundColor), 'rgb(19, 19, 17)');
      assert.equal(await page.getByText('Ersatz', { exact: true }).isVisible(), false);
      const reflected = await element.evaluate(async (own) => {
        const before = own.getAttributeNames().join(' ');
        own.controls = ['draw', 'upload', 'steps', 'models', 'neighbours'];
        own.theme = 'light';
        own.headingLevel = 2;
        own.task = '';
        own.lang = 'en';
        await own.updateComplete;
        own.removeAttribute('task');
        await own.updateComplete;
        return { before, controls: own.getAttribute('controls'), theme: own.getAttribute('theme'), level: own.getAttribute('heading-level'), task: own.task, models: own.models };
      });
      assert.deepEqual(reflected, { before: 'controls task heading-level theme loading', controls: 'draw upload steps models neighbours', theme: 'light', level: '2', task: '', models: ['cnn-slim'] });
      await element.getByText('What they say').waitFor();
      for (const name of ['vitrine-model-input', 'vitrine-model-choice', 'vitrine-nearest-neighbours', 'input[type=file]']) await element.locator(name).waitFor({ state: 'attached' });
      assert.equal(await element.evaluate((own) => getComputedStyle(own).backgroundColor), 'rgb(245, 242, 234)');
      // The visitor's choice is the attribute's too.
      await element.getByRole('checkbox', { name: /MLP/ }).check();
      await page.waitForFunction(() => document.querySelector('vitrine-classifier').getAttribute('models') === 'mlp cnn-slim');
      await element.locator('th[data-model=mlp][data-status=ready]').waitFor();
    },
  ));

test('each element speaks its own language, in all that it shows, says and tells; moved, that of its new place', () =>
  on(
    '<div id="german" lang="de-AT"><vitrine-classifier id="a" loading="eager" controls="draw upload steps models"></vitrine-classifier></div><vitrine-classifier id="b" loading="eager" controls="draw upload steps models"></vitrine-classifier><vitrine-classifier id="c" lang="de" loading="eager" controls="draw"></vitrine-classifier>',
    async (page) => {
      const [german, english, own] = ['#a', '#b', '#c'].map((id) => page.locator(id));
      const speaks = (element, is) => element.getByRole('heading', { name: is === 'de' ? 'Was sie sagen' : 'What they say' }).waitFor();
      for (const id of ['#a', '#b', '#c']) await ready(page, id);
      await speaks(german, 'de');
      await speaks(english, 'en');
      await speaks(own, 'de');
      for (const [element, id, verdict, step, label] of [[german, '#a', 'Hose', 'Grau', 'Zeichenfläche'], [english, '#b', 'Trouser', 'Grey', 'Sketch pad'], [own, '#c', 'Hose', undefined, 'Zeichenfläche']]) {
        assert.deepEqual(await scribble(page, id), ['Trouser'], 'programs are told the data set’s names');
        await element.locator('vitrine-answer-verdict .name').filter({ hasText: verdict }).waitFor();
        if (step) await element.locator('vitrine-model-input .name').filter({ hasText: step }).first().waitFor();
        assert.match(await element.locator('vitrine-sketch-pad canvas').getAttribute('aria-label'), new RegExp(label));
      }
      // What is said at a key, and what is told of a picture that is none, in turns.
      for (const [element, moved, undone, refused] of [[german, /Zeile \d+, Spalte \d+/, 'Rückgängig', / ist kein Bild/], [english, /Row \d+, column \d+/, 'Undo', / is no picture/]]) {
        await element.locator('vitrine-sketch-pad canvas').focus();
        await page.keyboard.press('Enter');
        await page.keyboard.press('ArrowDown');
        await element.locator('p[role=status]').filter({ hasText: moved }).waitFor();
        await element.getByRole('button', { name: undone }).waitFor();
        const message = await element.evaluate(async (own) => {
          let told;
          own.addEventListener('vitrine-error', ({ message }) => (told = message), { once: true });
          await own.classify(new File(['none'], 'x')).catch(() => undefined);
          return told;
        });
        assert.match(message, refused);
        assert.equal((await element.locator('.notice p').innerText()).includes(message), true);
      }
      await page.evaluate(() => document.querySelector('#german').append(document.querySelector('#b')));
      await speaks(english, 'de');
      await speaks(german, 'de');
      await own.evaluate((element) => (element.lang = 'en'));
      await speaks(own, 'en');
      await speaks(german, 'de');
      await own.evaluate((element) => element.removeAttribute('lang'));
      await speaks(own, 'en');
    },
  ));

test('defined twice it is there once, and a clash of names leaves the page and the text between the tags alone', async () => {
  await on(
    '<vitrine-classifier loading="eager"></vitrine-classifier>',
    async (page) => {
      await ready(page);
      assert.deepEqual(await scribble(page), ['Trouser']);
    },
    { head: '<script type="module" src="/dist/vitrine.js"></script><script type="module" src="/dist/vitrine.js?other"></script>' },
  );
  await on(
    '<vitrine-classifier>Draw it on paper.</vitrine-classifier><vitrine-sketch-pad></vitrine-sketch-pad>',
    async (page, { asked }) => {
      await page.waitForFunction(() => window.done);
      await page.getByText('Draw it on paper.').waitFor();
      assert.equal(await page.locator('vitrine-sketch-pad').innerText(), 'theirs');
      assert.equal(asked.some((path) => path.endsWith('.wasm')), false);
    },
    {
      head: `<script type="module">
        customElements.define('vitrine-sketch-pad', class extends HTMLElement { connectedCallback() { this.textContent = 'theirs'; } });
        await import('/dist/vitrine.js');
        window.done = true;
      </script>`,
      expected: [/<vitrine-classifier> is not defined: another script has taken <vitrine-sketch-pad>/],
    },
  );
});

test('under the strictest policy it works', () =>
  on(
    '<vitrine-classifier loading="eager"></vitrine-classifier>',
    async (page) => {
      await ready(page);
      assert.deepEqual(await scribble(page), ['Trouser']);
    },
    { host: { headers: { 'content-security-policy': STRICT } } },
  ));

const TRUSTED = "require-trusted-types-for 'script'";
for (const [name, names] of [['required', ''], ['required, and their policies listed', '; trusted-types vitrine lit-html']]) {
  test(`where Trusted Types are ${name}, an element with \`base\` works: module worker and, from another origin, classic one`, async () => {
    const other = await packageHost({}, { headers: { 'access-control-allow-origin': '*' } });
    try {
      for (const [base, policy] of [['/', STRICT], [other.url, `script-src 'self' 'wasm-unsafe-eval' blob: ${other.url}`]]) {
        await on(
          `<vitrine-classifier base="${base}dist/" loading="eager"></vitrine-classifier>`,
          async (page) => {
            await ready(page);
            assert.deepEqual(await scribble(page), ['Trouser']);
          },
          { host: { headers: { 'content-security-policy': `${policy}; ${TRUSTED}${names}` } } },
        );
      }
    } finally {
      await other.close();
    }
  });
}

test('where Trusted Types are required, an element without `base` says that its worker could not be started, and a program what would help', () =>
  on(
    '<vitrine-classifier loading="eager"></vitrine-classifier>',
    async (page) => {
      await page.waitForFunction(() => document.querySelector('vitrine-classifier')?.matches(':state(failed)'));
      await page.locator('.notice').filter({ hasText: 'The classifier could not be started' }).waitFor();
      // Whoever starts the worker says where it is.
      await page.evaluate(async () => {
        const { artefacts, VitrineClassifier } = await import('/dist/vitrine.js');
        VitrineClassifier.artefacts = () => artefacts({ worker: '/dist/worker.js' });
        const second = document.createElement('vitrine-classifier');
        second.base = '/other/';
        second.loading = 'eager';
        second.id = 'second';
        document.body.append(second);
      });
      await ready(page, '#second');
    },
    { host: { headers: { 'content-security-policy': `${STRICT}; ${TRUSTED}` } }, expected: [/TrustedScriptURL/] },
  ));

test('from another origin, and in a frame without one, it starts a classic worker', async () => {
  const other = await packageHost({}, { headers: { 'access-control-allow-origin': '*' } });
  try {
    const element = '<vitrine-classifier loading="eager"></vitrine-classifier>';
    const head = `<script type="module" src="${other.url}dist/vitrine.js"></script>`;
    await on(
      element,
      async (page) => {
        await ready(page);
        assert.deepEqual(await scribble(page), ['Trouser']);
      },
      { head },
    );
    await on(
      '<iframe sandbox="allow-scripts" src="inner.html" width="700" height="900"></iframe>',
      async (page) => {
        const frame = page.frames().at(-1);
        await ready(frame);
        const answer = await frame.locator('vitrine-classifier').evaluate(async (own) => {
          const rgba = new Uint8ClampedArray(28 * 28 * 4).map((_, at) => (at % 4 === 3 || (Math.floor(at / 4) % 28 > 8 && Math.floor(at / 4) % 28 < 20) ? 255 : 0));
          return (await own.classify({ rgba, width: 28, height: 28 })).answers.length;
        });
        assert.equal(answer, 1);
      },
      { head: ' ', pages: { '/inner.html': page_(element, head) } },
    );
  } finally {
    await other.close();
  }
});
