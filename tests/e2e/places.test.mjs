/** The HTML that course systems and documents make of a frame, as far as a page of our own can be one: it works there. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { inner, ready, scribble, startCourse } from './embed.mjs';

let course;
before(async () => (course = await startCourse()));
after(() => course.stop());

/** What each makes of it, with the words on the frame that it lets through. */
const PLACES = {
  'Moodle, whose text filter keeps no `sandbox`': (src) => `<div class="no-overflow"><p dir="ltr"><iframe src="${src}" width="700" height="600" allow="camera" allowfullscreen="allowfullscreen" loading="lazy" title="Vitrine"></iframe></p></div>`,
  'Canvas’ rich content editor': (src) => `<div class="show-content user_content"><p><iframe title="Vitrine" src="${src}" width="700" height="600" loading="lazy"></iframe></p></div>`,
  'Quarto and MkDocs, which pass HTML on': (src) => `<main><iframe src="${src}" width="100%" height="600" data-external="1"></iframe></main>`,
  'Jupyter’s IFrame': (src) => `<div class="jp-OutputArea-output jp-RenderedHTML"><iframe width="700" height="600" src="${src}" frameborder="0" allowfullscreen></iframe></div>`,
  'a document that shuts frames off': (src) => `<iframe src="${src}" width="700" height="600" sandbox="allow-scripts"></iframe>`,
};

for (const [name, place] of Object.entries(PLACES)) {
  test(name, () =>
    course.on(place(`${course.embed}#models=cnn-slim`), async (page) => {
      const framed = inner(page);
      await ready(framed);
      assert.deepEqual(await scribble(page, framed), ['Trouser']);
    }));
}

/** The frame of a page that shows `address`, once it is there. */
async function framedIn(page, address) {
  for (;;) {
    const found = page.frames().find((frame) => frame.url().startsWith(address));
    if (found) return found;
    await page.waitForEvent('framenavigated');
  }
}

test('within another frame: H5P, Observable', () =>
  course.on(
    `<iframe src="${course.between}" width="740" height="640" sandbox="allow-scripts allow-same-origin" scrolling="no"></iframe>`,
    async (page) => {
      const framed = await framedIn(page, course.embed);
      await ready(framed);
      assert.deepEqual(await scribble(page, framed), ['Trouser']);
    },
    { between: `<iframe src="${course.embed}#models=cnn-slim" width="700" height="600"></iframe>` },
  ));

test('reveal.js: a slide that is hidden asks for no worker, and one that is scaled is drawn on where the pointer is', () =>
  course.on(
    `<div class="slides" style="width:960px;height:700px;transform:scale(0.8);transform-origin:0 0"><section style="display:none"><iframe src="${course.embed}#models=cnn-slim" width="700" height="600"></iframe></section></div>`,
    async (page) => {
      await page.waitForLoadState('networkidle');
      assert.equal(page.workers().length, 0);
      await page.evaluate(() => (document.querySelector('section').style.display = ''));
      const framed = inner(page);
      await ready(framed);
      assert.deepEqual(await scribble(page, framed), ['Trouser']);
    },
  ));
