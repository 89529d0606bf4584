/** The camera: a source where there is one, released when it is done; nothing where there is none or it is forbidden. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { answers, modelsReady, settled } from './actions.mjs';
import { start, visit } from './site.mjs';

const button = (page) => page.getByRole('button', { name: 'Use the camera' });

test('without a camera there is no button', async () => {
  const site = await start();
  try {
    // As on a machine that has a microphone at most, whatever this one has.
    const before = (page) => page.addInitScript(() => { navigator.mediaDevices.enumerateDevices = () => Promise.resolve([{ kind: 'audioinput' }]); });
    await visit(
      site,
      async (page) => {
        await modelsReady(page);
        assert.equal(await button(page).count(), 0);
      },
      { before },
    );
  } finally {
    await site.stop();
  }
});

let site;
before(async () => (site = await start(['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'])));
after(() => site.stop());

/** Keeps the streams that the page opens, to see whether it ends them. */
const watched = {
  before: (page) =>
    page.addInitScript(() => {
      globalThis.streams = [];
      const open = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
      navigator.mediaDevices.getUserMedia = async (wanted) => {
        const stream = await open(wanted);
        globalThis.streams.push(stream);
        return stream;
      };
      // A video that is given its stream anew starts from nothing.
      globalThis.given = 0;
      const { set, ...source } = Object.getOwnPropertyDescriptor(HTMLMediaElement.prototype, 'srcObject');
      Object.defineProperty(HTMLMediaElement.prototype, 'srcObject', {
        ...source,
        set(stream) {
          globalThis.given += Number(stream !== null);
          set.call(this, stream);
        },
      });
    }),
};
const running = (page) => page.evaluate(() => globalThis.streams.flatMap((stream) => stream.getTracks()).filter((track) => track.readyState === 'live').length);

test('a picture is taken, classified, and the camera is released', () =>
  visit(
    site,
    async (page) => {
      await modelsReady(page);
      await button(page).click();
      await page.waitForFunction(() => globalThis.streams.length === 1);
      await page.getByRole('button', { name: 'Take the picture' }).click();
      assert.equal(await page.evaluate(() => globalThis.given), 1);
      await page.locator('.guest').filter({ hasText: 'Showing the camera’s picture' }).waitFor();
      assert.equal(await running(page), 0);
      await settled(page);
      for (const [role, shown] of Object.entries(await answers(page))) assert.equal(shown.length, 10, role);
    },
    watched,
  ));

test('a camera that is open but has not shown anything yet has no picture to take', () =>
  visit(
    site,
    async (page) => {
      await button(page).click();
      await page.waitForFunction(() => globalThis.opened);
      const take = page.getByRole('button', { name: 'Take the picture' });
      await page.locator('vitrine-camera-view').evaluate((view) => view.updateComplete);
      assert.equal(await take.isEnabled(), false);
      await page.getByText('Waiting for the camera').waitFor();
      await page.evaluate(() => globalThis.show());
      await take.click();
      await page.locator('.guest').filter({ hasText: 'Showing the camera’s picture' }).waitFor();
    },
    {
      before: (page) =>
        page.addInitScript(() => {
          const canvas = document.createElement('canvas');
          const context = canvas.getContext('2d');
          const stream = canvas.captureStream();
          globalThis.show = () => setInterval(() => context.fillRect(50, 30, 60, 80), 50);
          navigator.mediaDevices.getUserMedia = () => {
            globalThis.opened = true;
            return Promise.resolve(stream);
          };
        }),
    },
  ));

test('closing the dialog releases it too, Escape included', () =>
  visit(
    site,
    async (page) => {
      for (const close of [() => page.getByRole('button', { name: 'Close the camera' }).click(), () => page.keyboard.press('Escape')]) {
        await button(page).click();
        await page.getByRole('button', { name: 'Take the picture' }).and(page.locator(':enabled')).waitFor();
        await close();
        await page.waitForFunction(() => globalThis.streams.flatMap((stream) => stream.getTracks()).every((track) => track.readyState === 'ended'));
      }
      assert.equal(await page.locator('.problem').count(), 0);
    },
    watched,
  ));

test('a camera that is refused is explained, in whatever language is chosen', () =>
  visit(
    site,
    async (page) => {
      await button(page).click();
      await page.locator('.problem').filter({ hasText: 'The camera was not allowed' }).waitFor();
      assert.equal(await page.locator('vitrine-camera-view dialog[open]').count(), 0);
      await page.getByLabel('Language').selectOption('de');
      await page.locator('.problem').filter({ hasText: 'Die Kamera wurde nicht erlaubt' }).waitFor();
    },
    {
      before: (page) => page.addInitScript(() => (navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('no', 'NotAllowedError')))),
    },
  ));

/** As `watched`, with permissions that wait until the test calls `answer`. */
const pending = {
  before: async (page) => {
    await watched.before(page);
    await page.addInitScript(() => {
      const open = navigator.mediaDevices.getUserMedia;
      const waiting = [];
      navigator.mediaDevices.getUserMedia = (wanted) => new Promise((resolve) => waiting.push(() => resolve(open(wanted))));
      globalThis.asked = () => waiting.length;
      globalThis.answer = () => Promise.all(waiting.splice(0).map((give) => give()));
    });
  },
};
const asked = (page, count) => page.waitForFunction((count) => globalThis.asked() === count, count);
/** Gives the permissions, and waits until every stream has come. */
const answer = async (page, count) => {
  await page.evaluate(() => globalThis.answer());
  await page.waitForFunction((count) => globalThis.streams.length === count, count);
};

test('opened twice while the permission is pending, it is open once', () =>
  visit(
    site,
    async (page) => {
      await button(page).click();
      await asked(page, 1);
      await page.keyboard.press('Escape');
      await page.locator('vitrine-camera-view dialog').waitFor({ state: 'hidden' });
      await button(page).click();
      await asked(page, 2);
      await answer(page, 2);
      await page.getByRole('button', { name: 'Take the picture' }).and(page.locator(':enabled')).waitFor();
      assert.equal(await running(page), 1);
      await page.keyboard.press('Escape');
      await page.waitForFunction(() => globalThis.streams.flatMap((stream) => stream.getTracks()).every((track) => track.readyState === 'ended'));
    },
    pending,
  ));

test('closed and opened in one go, it stays open', () =>
  visit(
    site,
    async (page) => {
      await button(page).click();
      await asked(page, 1);
      await page.locator('vitrine-camera-view').evaluate(({ shadowRoot }) => {
        shadowRoot.querySelector('dialog').close();
        shadowRoot.querySelector('.camera').click();
      });
      await asked(page, 2);
      await answer(page, 2);
      await page.getByRole('button', { name: 'Take the picture' }).and(page.locator(':enabled')).waitFor();
      assert.equal(await running(page), 1);
    },
    pending,
  ));

test('taken out of the page while the permission is pending, it is released when it comes', () =>
  visit(
    site,
    async (page) => {
      await button(page).click();
      await asked(page, 1);
      await page.locator('vitrine-camera-view').evaluate((view) => {
        globalThis.view = view;
        globalThis.home = view.parentElement;
        view.remove();
      });
      await answer(page, 1);
      await page.waitForFunction(() => globalThis.streams[0].getTracks().every((track) => track.readyState === 'ended'));
      // Back in the page it begins anew.
      await page.evaluate(() => globalThis.home.append(globalThis.view));
      assert.equal(await page.locator('vitrine-camera-view dialog[open]').count(), 0);
      await button(page).click();
      await asked(page, 1);
    },
    pending,
  ));

test('a camera that goes away while it is open is released, and that is said', () =>
  visit(
    site,
    async (page) => {
      await button(page).click();
      await page.getByRole('button', { name: 'Take the picture' }).and(page.locator(':enabled')).waitFor();
      await page.evaluate(() => {
        navigator.mediaDevices.enumerateDevices = () => Promise.reject(new DOMException('busy', 'AbortError'));
        navigator.mediaDevices.dispatchEvent(new Event('devicechange'));
      });
      // Not to know is no reason to close it.
      assert.equal(await running(page), 1);
      await page.evaluate(() => {
        navigator.mediaDevices.enumerateDevices = () => Promise.resolve([]);
        navigator.mediaDevices.dispatchEvent(new Event('devicechange'));
      });
      await page.locator('.problem').filter({ hasText: 'The camera went away' }).waitFor();
      assert.equal(await running(page), 0);
      assert.equal(await button(page).count(), 0);
    },
    watched,
  ));

test('the focus stays at the place of pictures when the camera goes', () =>
  visit(site, async (page) => {
    await modelsReady(page);
    await button(page).focus();
    await page.evaluate(() => {
      navigator.mediaDevices.enumerateDevices = () => Promise.resolve([]);
      navigator.mediaDevices.dispatchEvent(new Event('devicechange'));
    });
    await button(page).waitFor({ state: 'detached' });
    assert.equal(await page.evaluate(() => document.activeElement.shadowRoot.activeElement.localName), 'vitrine-image-drop');
  }));
