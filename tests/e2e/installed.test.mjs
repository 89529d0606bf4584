/** The page as an app: its manifest and icons, the offer to install it, and that all that it can ask for is kept or known to be fetched when wanted. */
import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { modelsReady } from './actions.mjs';
import { icons, ICONS } from './icons.mjs';
import { repository, start, visit } from './site.mjs';

const dist = join(repository, 'www/dist');
/** Of a channel's 255, on average: browsers smooth the edge of a shape each in its way. */
const SMOOTHING = 2;
/** What may be cut off lies outside a circle of this share of the width (W3C, Web Application Manifest, "maskable"). */
const SAFE = 0.4;

let site;
before(async () => (site = await start()));
after(() => site.stop());

/** Runs in the page: side and pixels of a PNG. */
async function decoded(base64) {
  const image = new Image();
  image.src = `data:image/png;base64,${base64}`;
  await image.decode();
  const { width, height } = image;
  const canvas = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
  canvas.drawImage(image, 0, 0);
  return { width, height, rgba: [...canvas.getImageData(0, 0, width, height).data] };
}

test('the committed icons are what icon.svg gives, of the sizes that the manifest says; nothing of the maskable one can be cut off', async () => {
  const manifest = JSON.parse(await readFile(join(dist, 'manifest.webmanifest'), 'utf8'));
  assert.deepEqual(manifest.icons.filter(({ type }) => type === 'image/png').map(({ src }) => src), Object.keys(ICONS));
  assert.deepEqual(manifest.icons.filter(({ purpose }) => purpose === 'maskable').map(({ src }) => src), ['icon-maskable.png']);
  const made = await icons();
  await visit(site, async (page) => {
    for (const { src, sizes } of manifest.icons.filter(({ type }) => type === 'image/png')) {
      const mine = await page.evaluate(decoded, (await readFile(join(dist, src))).toString('base64'));
      const other = await page.evaluate(decoded, made[src].toString('base64'));
      assert.equal(`${mine.width}x${mine.height}`, sizes);
      assert.equal(mine.rgba.length, other.rgba.length);
      const difference = mine.rgba.reduce((sum, value, at) => sum + Math.abs(value - other.rgba[at]), 0) / mine.rgba.length;
      assert.ok(difference <= SMOOTHING, `${src} differs from icon.svg by ${difference}; run ./build.sh icons`);
      if (src !== 'icon-maskable.png') continue;
      const [red] = mine.rgba;
      const middle = (mine.width - 1) / 2;
      for (let at = 0; at < mine.rgba.length; at += 4) {
        assert.equal(mine.rgba[at + 3], 255, 'its ground fills the square');
        const [x, y] = [(at / 4) % mine.width, Math.floor(at / 4 / mine.width)];
        if (Math.abs(mine.rgba[at] - red) > 8) assert.ok(Math.hypot(x - middle, y - middle) <= SAFE * mine.width, `something at ${x}, ${y}`);
      }
    }
  });
});

test('the browser finds nothing that would keep it from installing the page', () =>
  visit(
    site,
    async (page) => {
      await modelsReady(page);
      await page.evaluate(() => navigator.serviceWorker.ready.then(() => true));
      const session = await page.context().newCDPSession(page);
      const { installabilityErrors } = await session.send('Page.getInstallabilityErrors');
      // A tab of a context of its own is private to Chromium.
      assert.deepEqual(installabilityErrors.map(({ errorId }) => errorId).filter((id) => id !== 'in-incognito'), []);
      const { errors } = await session.send('Page.getAppManifest');
      assert.deepEqual(errors, []);
    },
    { context: { serviceWorkers: 'allow' } },
  ));

test('an offer to install stands at the foot of the page, in its language, until it is taken', () =>
  visit(
    site,
    async (page) => {
      await modelsReady(page);
      const button = page.getByRole('button', { name: 'Als App installieren' });
      assert.equal(await button.count(), 0);
      const prevented = await page.evaluate(() => {
        window.asked = 0;
        const offer = Object.assign(new Event('beforeinstallprompt', { cancelable: true }), { prompt: async () => void window.asked++ });
        return !window.dispatchEvent(offer);
      });
      assert.ok(prevented, 'the browser’s own bar would come');
      await button.click();
      await button.waitFor({ state: 'detached' });
      assert.equal(await page.evaluate(() => window.asked), 1);
    },
    { path: '?lang=de' },
  ));

test('everything that the page can ask for is in the service worker’s list, and everything in the list is there and can be asked for', async () => {
  const listed = new Set([...(await readFile(join(dist, 'sw.js'), 'utf8')).matchAll(/"?url"?:"([^"]+)"/g)].map(([, url]) => url));
  assert.ok(listed.size > 20, `${listed.size} files`);
  const assets = (await readdir(join(dist, 'assets'))).map((name) => `assets/${name}`);
  const text = async (name) => (/\.(html|js|css|webmanifest)$/.test(name) ? readFile(join(dist, name), 'utf8') : '');
  // By its name, which has its content's hash, a file is asked for by what names it.
  const asked = new Set(['index.html']);
  for (const name of asked) {
    const said = await text(name);
    for (const other of assets) if (said.includes(other.slice('assets/'.length))) asked.add(other);
    for (const [, other] of said.matchAll(/(?:href|src)"?[=:] ?"(?:\.\/)?([\w-]+\.(?:svg|png|webmanifest))"/g)) asked.add(other);
  }
  assert.deepEqual([...asked].filter((name) => !listed.has(name)), []);
  assert.deepEqual([...listed].filter((name) => !asked.has(name)), []);
});
