/** How long a telephone's photograph takes from being chosen to being answered, and for how long the page stands still meanwhile. */
import { modelsReady, settled } from './actions.mjs';
import { visit } from './site.mjs';

const [WIDTH, HEIGHT] = [4000, 3000];
/** The first one compiles what it runs; of the others the median counts. */
const TIMES = 5;

/** Runs in the page: makes `globalThis.photograph`, a dark dress on a light wall with the grain of a camera, as a JPEG; its bytes. */
async function photograph([width, height]) {
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d');
  const grain = context.createImageData(width, height);
  let seed = 1;
  const noise = () => (seed = (seed * 48271) % 2147483647) / 2147483647;
  for (let at = 0; at < grain.data.length; at += 4) {
    const [x, y] = [(at / 4) % width, Math.floor(at / 4 / width)];
    const across = Math.abs(x - width / 2) / height;
    const down = y / height;
    const isDress = down > 0.1 && down < 0.9 && across < (down < 0.4 ? 0.14 : 0.1 + (down - 0.4) / 2);
    const grey = (isDress ? 60 : 225 - 25 * down) + 12 * noise();
    grain.data.set([grey, grey, grey, 255], at);
  }
  context.putImageData(grain, 0, 0);
  globalThis.photograph = await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.9 });
  return globalThis.photograph.size;
}

/** Runs in the page: chooses the photograph; when that was. Given by the driver, its bytes would be the page's work too. */
function chosen(input, name) {
  globalThis.tasks = [0];
  globalThis.observer ??= new PerformanceObserver((list) => globalThis.tasks.push(...list.getEntries().map(({ duration }) => duration)));
  globalThis.observer.observe({ type: 'longtask' });
  const transfer = new DataTransfer();
  transfer.items.add(new File([globalThis.photograph], name, { type: 'image/jpeg' }));
  input.files = transfer.files;
  const now = performance.now();
  input.dispatchEvent(new Event('change', { bubbles: true }));
  return now;
}

/** Runs in the page: the longest task since the photograph was chosen, those included that the observer has not been told of yet. */
const longest = () => Math.max(...globalThis.tasks, ...globalThis.observer.takeRecords().map(({ duration }) => duration));

/** `{ width, height, kilobytes, milliseconds, longest_task }`: the median time and the longest task of all, in ms; no long task is 0. */
export async function megapixels(site) {
  const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
  let found;
  await visit(site, async (page) => {
    await modelsReady(page);
    const bytes = await page.evaluate(photograph, [WIDTH, HEIGHT]);
    const runs = [];
    for (let time = 0; time < TIMES; time++) {
      const asked = Number(await page.locator('vitrine-app').getAttribute('data-asked'));
      const from = await page.locator('vitrine-image-drop input[type=file]').evaluate(chosen, `photograph ${time}.jpg`);
      await settled(page, asked);
      runs.push({ milliseconds: (await page.evaluate(() => performance.now())) - from, longest: await page.evaluate(longest) });
    }
    const timed = runs.slice(1);
    found = {
      width: WIDTH,
      height: HEIGHT,
      kilobytes: Math.round(bytes / 1000),
      milliseconds: Math.round(median(timed.map(({ milliseconds }) => milliseconds))),
      longest_task: Math.round(Math.max(...timed.map(({ longest }) => longest))),
    };
  });
  return found;
}
