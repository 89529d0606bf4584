/** The camera: a source where there is one, released when it is done; nothing where there is none or it is forbidden. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { answers, modelsReady, settled } from './actions.mjs';
import { start, visit } from './site.mjs';

const button = (page) => page.getByRole('button', { name: 'Use the camera' });

test('without a camera there is no button', async () => {
  const site = await start();
  try {
    await visit(site, async (page) => {
      await modelsReady(page);
      assert.equal(await button(page).count(), 0);
    });
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
      await page.locator('vitrine-camera-view video').evaluate((video) => video.readyState >= 2 || new Promise((done) => video.addEventListener('loadeddata', done, { once: true })));
      await page.getByRole('button', { name: 'Take the picture' }).click();
      await page.locator('.guest').filter({ hasText: 'Showing the camera’s picture' }).waitFor();
      assert.equal(await running(page), 0);
      await settled(page);
      for (const [role, shown] of Object.entries(await answers(page))) assert.equal(shown.length, 10, role);
    },
    watched,
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
