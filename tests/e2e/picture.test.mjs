/** Pictures from outside: by button, drop and paste; what is no picture; test images. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { answers, drawTrousers, exactly, modelsReady, photograph, png, settled, shadedPhotograph } from './actions.mjs';
import { packed, start, visit } from './site.mjs';

let site;
before(async () => (site = await start()));
after(() => site.stop());

const showing = (page, name) => page.locator('.guest').filter({ hasText: `Showing ${name}` });
const problem = (page) => page.locator('.problem');

/** Hands a file to the page by a synthetic drop or paste. */
const hand = (page, how, { name, type, bytes }) =>
  page.locator('vitrine-image-drop').evaluate(
    (target, { how, name, type, bytes }) => {
      const transfer = new DataTransfer();
      if (bytes) transfer.items.add(new File([new Uint8Array(bytes)], name, { type }));
      const common = { bubbles: true, composed: true, cancelable: true };
      target.dispatchEvent(how === 'drop' ? new DragEvent('drop', { ...common, dataTransfer: transfer }) : new ClipboardEvent('paste', { ...common, clipboardData: transfer }));
    },
    { how, name, type, bytes: bytes && [...bytes] },
  );

/** Black and white in blocks of 4×4, by a linear congruential generator (Numerical Recipes' constants): noise of single pixels may pass as cloth. */
function coarseNoise(seed) {
  let state = seed;
  const blocks = Array.from({ length: 49 }, () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) < 2 ** 31);
  return png(28, 28, (x, y) => (blocks[(y >> 2) * 7 + (x >> 2)] ? 255 : 0));
}

const answered = async (page) => {
  await settled(page);
  for (const [role, shown] of Object.entries(await answers(page))) assert.equal(shown.length, 10, role);
};

/** What browsers do that let nobody be recognised: canvases read out white, or with noise. A word in the address allows it. */
const guarded = (change) => async (page) => {
  const guard = (change) => {
    const contexts = [globalThis.CanvasRenderingContext2D, globalThis.OffscreenCanvasRenderingContext2D];
    let isAllowed = false;
    new BroadcastChannel('guard').onmessage = () => (isAllowed = true);
    for (const { prototype } of contexts.filter(Boolean)) {
      const read = prototype.getImageData;
      prototype.getImageData = function (...where) {
        const image = read.apply(this, where);
        if (isAllowed) return image;
        for (let at = 0; at < image.data.length; at += 4) image.data[at] = change === 'white' ? 255 : image.data[at] ^ (at / 4 % 7 === 3);
        return image;
      };
    }
  };
  await page.addInitScript(guard, change);
  // Pictures are read in the worker, where no script of a test comes first.
  await page.route(/\/assets\/worker-[^/]*\.js$/, async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: `(${guard})(${JSON.stringify(change)});${await response.text()}` });
  });
};

for (const change of ['white', 'noise']) {
  test(`a browser that reads out ${change} in place of a picture’s pixels is noticed; drawings are what they are`, () =>
    visit(
      site,
      async (page) => {
        await modelsReady(page);
        await drawTrousers(page);
        await settled(page);
        assert.equal(await problem(page).count(), 0);
        const choose = () => page.locator('vitrine-image-drop input[type=file]').setInputFiles({ name: 'dress.png', mimeType: 'image/png', buffer: photograph() });
        await choose();
        await problem(page).filter({ hasText: 'This browser changes the pixels of pictures' }).waitFor();
        await showing(page, 'dress.png').waitFor();
        await page.evaluate(() => new BroadcastChannel('guard').postMessage('allow'));
        await choose();
        await problem(page).waitFor({ state: 'detached' });
        await answered(page);
      },
      { before: guarded(change) },
    ));
}

test('a picture chosen by button is prepared as a photograph; its preparation can be changed', () =>
  visit(site, async (page) => {
    await modelsReady(page);
    await page.locator('vitrine-image-drop input[type=file]').setInputFiles({ name: 'dress.png', mimeType: 'image/png', buffer: photograph() });
    await showing(page, 'dress.png').waitFor();
    await answered(page);
    await page.locator('vitrine-model-input .text', { hasText: 'prepared as a photograph' }).waitFor();
    await page.getByLabel('Prepare it').selectOption('sketch');
    await page.locator('vitrine-model-input .text', { hasText: 'prepared as a sketch' }).waitFor();
    await page.getByRole('button', { name: 'Back to the sketch pad' }).click();
    await page.locator('vitrine-sketch-pad canvas').waitFor();
    await page.locator('vitrine-answer-verdict .invitation').waitFor();
  }));

test('a dropped and a pasted picture are classified', () =>
  visit(site, async (page) => {
    await modelsReady(page);
    await hand(page, 'drop', { name: 'dropped.png', type: 'image/png', bytes: photograph() });
    await showing(page, 'dropped.png').waitFor();
    await answered(page);
    await hand(page, 'paste', { name: 'pasted.png', type: 'image/png', bytes: photograph() });
    await showing(page, 'pasted.png').waitFor();
    await answered(page);
  }));

test('a picture that is dropped beside the pad is taken too', () =>
  visit(site, async (page) => {
    await modelsReady(page);
    await page.locator('vitrine-answer-verdict').evaluate(
      (place, bytes) => {
        const transfer = new DataTransfer();
        transfer.items.add(new File([new Uint8Array(bytes)], 'beside.png', { type: 'image/png' }));
        place.dispatchEvent(new DragEvent('drop', { dataTransfer: transfer, bubbles: true, composed: true, cancelable: true }));
      },
      [...photograph()],
    );
    await showing(page, 'beside.png').waitFor();
    await answered(page);
  }));

test('what is pasted or dropped where text is written stays there, and nothing is heard of a page that is gone', () =>
  visit(site, async (page) => {
    await page.locator('vitrine-sketch-pad canvas').waitFor();
    /** Which of the places keep an event from the browser, with a picture or a word in it. */
    const kept = (type, what) =>
      page.evaluate(
        ({ type, what }) => {
          const places = [...document.querySelectorAll('[data-place]'), document.body];
          return places.filter((place) => {
            const transfer = new DataTransfer();
            if (what === 'picture') transfer.items.add(new File(['no picture'], 'a.png', { type: 'image/png' }));
            else transfer.setData('text/plain', what);
            const common = { bubbles: true, composed: true, cancelable: true };
            return !place.dispatchEvent(type === 'paste' ? new ClipboardEvent(type, { ...common, clipboardData: transfer }) : new DragEvent(type, { ...common, dataTransfer: transfer }));
          }).map((place) => place.dataset.place ?? 'body');
        },
        { type, what },
      );
    await page.evaluate(() => {
      for (const type of ['text', 'search', 'email', 'password', 'url', 'number']) document.body.append(Object.assign(document.createElement('input'), { type }));
      document.body.append(document.createElement('textarea'), Object.assign(document.createElement('p'), { contentEditable: 'true', innerHTML: '<b>word</b>' }));
      for (const place of document.querySelectorAll('body > input, body > textarea, body > p b')) place.dataset.place = place.type ?? 'editable';
    });
    const places = ['text', 'search', 'email', 'password', 'url', 'number', 'textarea', 'editable'];
    assert.deepEqual(await kept('paste', 'word'), []);
    assert.equal(await problem(page).count(), 0, 'a word is no reason to complain');
    assert.deepEqual(await kept('dragover', 'word'), ['body']);
    assert.deepEqual(await kept('drop', 'word'), ['body']);
    assert.deepEqual(await kept('drop', 'picture'), [...places, 'body']);
    await page.locator('.notice.problem').waitFor();
    await page.getByRole('button', { name: 'Dismiss' }).click();
    assert.deepEqual(await kept('paste', 'picture'), ['body']);
    await page.evaluate(() => document.querySelector('vitrine-app').remove());
    for (const type of ['paste', 'dragover', 'drop']) assert.deepEqual(await kept(type, 'picture'), []);
  }));

test('a picture of 28×28 goes straight through, a large one is made smaller', () =>
  visit(site, async (page) => {
    await modelsReady(page);
    const choose = (name, buffer) => page.locator('vitrine-image-drop input[type=file]').setInputFiles({ name, mimeType: 'image/png', buffer });
    await choose('exact.png', png(28, 28, (x, y) => (x > 8 && x < 20 && y > 2 && y < 26 ? 200 : 0)));
    await page.locator('vitrine-model-input .text', { hasText: 'taken pixel for pixel' }).waitFor();
    await answered(page);
    await choose('large.png', png(3000, 2000, (x, y) => (x > 1200 && x < 1800 && y > 200 && y < 1800 ? 30 : 250)));
    await showing(page, 'large.png').waitFor();
    await answered(page);
    assert.equal(await page.locator('vitrine-picture-view canvas').getAttribute('width'), '1024');
  }));

test('what is no picture is refused with a remedy, and the drawing stays', () =>
  visit(site, async (page) => {
    await modelsReady(page);
    await drawTrousers(page);
    const drawn = await answers(page);
    await hand(page, 'drop', { name: 'notes.txt', type: 'text/plain', bytes: Buffer.from('no picture') });
    await problem(page).filter({ hasText: 'notes.txt is no picture that this browser can read' }).waitFor();
    await page.locator('[role=status]').filter({ hasText: 'notes.txt' }).waitFor({ state: 'attached' });
    assert.deepEqual(await answers(page), drawn);
    await page.getByRole('button', { name: 'Dismiss' }).click();
    await problem(page).waitFor({ state: 'detached' });
    await hand(page, 'paste', {});
    await problem(page).filter({ hasText: 'There was no picture in that' }).waitFor();
    await page.locator('vitrine-image-drop').evaluate((target) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([new Uint8Array(30_000_001)], 'huge.png', { type: 'image/png' }));
      target.dispatchEvent(new DragEvent('drop', { dataTransfer: transfer, bubbles: true, composed: true, cancelable: true }));
    });
    await problem(page).filter({ hasText: 'huge.png has 30 MB; the limit is 30 MB' }).waitFor();
    await page.locator('vitrine-image-drop input[type=file]').setInputFiles({ name: 'long.png', mimeType: 'image/png', buffer: png(10_001, 2, () => 9) });
    await problem(page).filter({ hasText: 'long.png has 10001×2 pixels' }).waitFor();
  }));

test('a letter and coarse noise are called unlike the training garments, a garment is not', () =>
  visit(site, async (page) => {
    await modelsReady(page);
    const choose = (name, buffer) => page.locator('vitrine-image-drop input[type=file]').setInputFiles({ name, mimeType: 'image/png', buffer });
    const novel = page.locator('vitrine-answer-verdict .novel');
    const isStroke = (x, y) => Math.abs(x - y) < 3 || Math.abs(27 - x - y) < 3;
    await choose('letter-x.png', png(28, 28, (x, y) => (isStroke(x, y) ? 255 : 0)));
    await novel.filter({ hasText: /Unlike any training garment|Not quite like the training garments/ }).waitFor();
    await choose('shaded.png', shadedPhotograph());
    await showing(page, 'shaded.png').waitFor();
    await answered(page);
    await novel.waitFor({ state: 'detached' });
    await choose('noise.png', coarseNoise(1));
    await showing(page, 'noise.png').waitFor();
    await answered(page);
    await novel.filter({ hasText: /Unlike any training garment|Not quite like the training garments/ }).waitFor();
  }));

test('a random test image is shown with its label and classified exactly', { skip: !packed() && 'this build packs no test set' }, () =>
  visit(site, async (page) => {
    await modelsReady(page);
    await page.getByRole('button', { name: 'A test image at random' }).click();
    await page.locator('.guest').filter({ hasText: /test image \d+, labelled/ }).waitFor();
    await page.locator('vitrine-model-input .text', { hasText: 'taken pixel for pixel' }).waitFor();
    await answered(page);
  }));

test('a model that does not arrive says so, and loads on retry', () => {
  let broken = true;
  return visit(
    site,
    async (page) => {
      const head = page.locator('vitrine-probability-bars th[data-model="cnn"]');
      await page.locator('vitrine-probability-bars th[data-model="cnn"][data-status="failed"]').waitFor();
      await problem(page).filter({ hasText: 'CNN' }).waitFor();
      broken = false;
      await head.getByRole('button', { name: 'Try again' }).click();
      await modelsReady(page);
    },
    {
      expected: [/status of 503/],
      before: (page) => page.route(/\/cnn-(?!slim-)[^/]*\.onnx$/, (route) => (broken ? route.fulfill({ status: 503, body: '' }) : route.continue())),
    },
  );
});

test('a model whose bytes are not the manifest’s is refused', () =>
  visit(
    site,
    async (page) => {
      await page.locator('vitrine-probability-bars th[data-model="mlp"][data-status="failed"]').waitFor();
      await problem(page).filter({ hasText: 'mlp.onnx' }).waitFor();
      await page.locator('vitrine-probability-bars th[data-model="cnn"][data-status="ready"]').waitFor();
    },
    { before: (page) => page.route('**/mlp-*.onnx', (route) => route.fulfill({ body: Buffer.from('other bytes') })) },
  ));

/** A page in which the picture files named slow.png are decoded when the test calls `release`, and told when they have been. */
const slowly = {
  before: (page) =>
    page.addInitScript(() => {
      const read = Blob.prototype.arrayBuffer;
      let release;
      const gate = new Promise((resolve) => (release = resolve));
      globalThis.slow = 0;
      Blob.prototype.arrayBuffer = async function () {
        if (this.name !== 'slow.png') return read.call(this);
        globalThis.slow += 1;
        await gate;
        const bytes = await read.call(this);
        // After all that follows from it at once.
        setTimeout(() => (globalThis.slow -= 1));
        return bytes;
      };
      globalThis.release = () => release();
    }),
};
const slow = async (page) => {
  await hand(page, 'drop', { name: 'slow.png', type: 'image/png', bytes: photograph() });
  await page.waitForFunction(() => globalThis.slow > 0);
};
const released = async (page) => {
  await page.evaluate(() => globalThis.release());
  await page.waitForFunction(() => globalThis.slow === 0);
  await settled(page);
};
const quick = async (page) => {
  await hand(page, 'drop', { name: 'quick.png', type: 'image/png', bytes: photograph() });
  await showing(page, 'quick.png').waitFor();
};

test('a photograph that is long on its way comes all the same', () =>
  visit(
    site,
    async (page) => {
      await modelsReady(page);
      await slow(page);
      await released(page);
      await showing(page, 'slow.png').waitFor();
    },
    slowly,
  ));

test('a photograph that is long on its way replaces no newer one', () =>
  visit(
    site,
    async (page) => {
      await modelsReady(page);
      await slow(page);
      await quick(page);
      await released(page);
      await exactly(showing(page, 'quick.png'), 1);
    },
    slowly,
  ));

test('a photograph that is long on its way does not undo “Back to the sketch pad”, nor cover what is drawn', () =>
  visit(
    site,
    async (page) => {
      await modelsReady(page);
      await quick(page);
      await slow(page);
      await page.getByRole('button', { name: 'Back to the sketch pad' }).click();
      await slow(page);
      await drawTrousers(page);
      await released(page);
      assert.equal(await page.locator('.guest').count(), 0);
      await page.waitForFunction(() => /draw=/.test(location.hash));
    },
    slowly,
  ));

test('a photograph that is long on its way does not undo Back', { skip: !packed() && 'this build packs no test set' }, () =>
  visit(
    site,
    async (page) => {
      await modelsReady(page);
      await page.getByRole('button', { name: 'A test image at random' }).click();
      await page.waitForFunction(() => /sample=/.test(location.hash));
      const first = await page.locator('.guest p').innerText();
      await page.getByRole('button', { name: 'Back to the sketch pad' }).click();
      await page.waitForFunction(() => location.hash === '');
      await slow(page);
      await page.goBack();
      await page.locator('.guest').filter({ hasText: first }).waitFor();
      await slow(page);
      await page.goForward();
      await page.locator('.guest').waitFor({ state: 'detached' });
      await released(page);
      assert.equal(await page.locator('.guest').count(), 0);
    },
    slowly,
  ));

test('of two test images that are asked for the second one comes', { skip: !packed() && 'this build packs no test set' }, () => {
  let release;
  const gate = new Promise((resolve) => (release = resolve));
  return visit(
    site,
    async (page) => {
      await modelsReady(page);
      const another = page.getByRole('button', { name: 'A test image at random' });
      await another.click();
      await page.evaluate(() => (globalThis.chance = 0.9));
      await another.click();
      release();
      await page.locator('.guest').waitFor();
      await settled(page);
      assert.match(await page.locator('.guest p').innerText(), /test image 9000, /);
      await page.evaluate(() => (globalThis.chance = 0.5));
      await another.click();
      await page.locator('.guest').filter({ hasText: 'test image 5000' }).waitFor();
    },
    {
      before: async (page) => {
        await page.addInitScript(() => {
          globalThis.chance = 0.1;
          Math.random = () => globalThis.chance;
        });
        await page.route(/t10k-images/, async (route) => {
          await gate;
          await route.continue();
        });
      },
    },
  );
});
