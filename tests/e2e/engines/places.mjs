/** What has to work in every engine outside of the site's own page as it is: a strict server, one file from a disk, saved copies, frames, the element. */
import assert from 'node:assert/strict';
import { copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { STRICT } from '../host.mjs';
import { packageHost } from '../package.mjs';
import { repository } from '../site.mjs';
import { answers, drawTrousers, modelsReady, TROUSERS } from './actions.mjs';
import { course, served, visit } from './site.mjs';

const dist = join(repository, 'www/dist');
const CANVAS = 'vitrine-sketch-pad >>> canvas';
/** What every answer of the site's says, so that frames without an origin may read it. */
const OPEN = { headers: { 'access-control-allow-origin': '*' } };
/** What browsers say of a copy that lacks its files. */
const INCOMPLETE = [/./];

/** Runs `work(folder)` with a folder of its own, whose name is not easy to put into an address. */
async function onDisk(work) {
  const above = await mkdtemp(join(tmpdir(), 'vitrine-'));
  const folder = join(above, 'Übung #3, 100% größer');
  try {
    await mkdir(folder);
    return await work(folder);
  } finally {
    await rm(above, { recursive: true });
  }
}

const isReady = (find) => find('vitrine-classifier')?.matches(':state(ready)');
/** What is drawn on the pad, and what the element's models say of it. */
const shown = (find) => {
  const element = find('vitrine-classifier');
  return { marks: JSON.stringify(element.pad.marks), answers: element.answers.map(({ model, label, probabilities }) => [model, label, [...probabilities]]) };
};
/** Waits until the newest picture is answered by these models. */
const answered = (visitor, models) =>
  visitor.until((find, models) => {
    const { answers, lab } = find('vitrine-classifier');
    return lab.state.lookAsked === lab.state.lookEnded && answers.map(({ model }) => model).join() === models.join();
  }, models);

const FILES = { 'vitrine.html': ['mlp', 'cnn-slim', 'knn'], 'vitrine-small.html': ['cnn-slim', 'knn'] };
const oneFiles = Object.entries(FILES).map(([name, models]) => ({
  name: `${name} from a disk: what is drawn, chosen and asked stands in its address, and opens again`,
  run: (browser) =>
    onDisk(async (folder) => {
      const file = join(folder, `Kopie von ${name}`);
      await copyFile(join(dist, name), file);
      const place = { url: pathToFileURL(file).href };
      const drawn = await visit(browser, place, async (visitor) => {
        await visitor.until(isReady);
        await visitor.draw(CANVAS, TROUSERS);
        const hash = await visitor.until(() => /^#draw=[\w-]+$/.test(location.hash) && location.hash);
        await answered(visitor, models);
        assert.deepEqual(await visitor.run((find) => find('vitrine-classifier').answers.map(({ label }) => label)), models.map(() => 'Trouser'));
        return { ...(await visitor.run(shown)), hash };
      });
      await visit(browser, place, async (visitor) => {
        await visitor.until(isReady);
        await answered(visitor, models);
        assert.deepEqual(await visitor.run(shown), { marks: drawn.marks, answers: drawn.answers });
        // A step of the visitor's, and back.
        await visitor.run((find) => (find('vitrine-classifier').models = ['knn']));
        await visitor.until(() => /models=knn(&|$)/.test(location.hash));
        await visitor.run(() => (history.back(), true));
        await answered(visitor, models);
        assert.equal(await visitor.run(() => location.hash), drawn.hash);
      }, drawn.hash);
      await visit(browser, place, async (visitor) => {
        await visitor.until(isReady);
        await visitor.present('vitrine-classifier >>> p', 'Zeichne eine Hose.');
        await visitor.present('vitrine-classifier >>> .heading', 'Was sie sagen');
        await answered(visitor, models.slice(0, 1));
        assert.equal(await visitor.run(() => document.documentElement.lang), 'de');
        assert.equal((await visitor.run(shown)).marks, drawn.marks);
        assert.equal(await visitor.run((find) => find.all('vitrine-classifier >>> .notice').length), 0);
      }, `#lang=de&task=Zeichne%20eine%20Hose.&models=${models[0]}&draw=${drawn.hash.slice('#draw='.length)}&at=why&open=oddities&trust=model:mlp`);
      // What it cannot show it says.
      await visit(browser, place, async (visitor) => {
        await visitor.present('vitrine-classifier >>> .notice');
        await visitor.until(isReady);
        assert.match(await visitor.run((find) => find('vitrine-classifier >>> .notice p').textContent), /^[^]*Parts of the link were refused \([^)]+\)/);
      }, '#models=cnn&sample=5&lang=en');
    }),
}));

/** What browsers save of a page: as it was sent, or as it stands, with what it has loaded in a folder beside it. */
async function saved(browser, site, folder) {
  const alone = join(folder, 'Vitrine, nur HTML.html');
  await copyFile(join(dist, 'index.html'), alone);
  const standing = await visit(browser, site, (visitor) => visitor.until((find) => find('vitrine-app >>> footer') && document.documentElement.outerHTML));
  const whole = join(folder, 'Vitrine.html');
  const beside = join(folder, 'Vitrine_files');
  await mkdir(beside);
  const local = new Set();
  const html = standing.replace(/(src|href)="(\.\/)?assets\/([\w.-]+)"/g, (_, attribute, _dot, name) => {
    local.add(name);
    return `${attribute}="./Vitrine_files/${name}"`;
  });
  assert.ok(local.size >= 3, [...local].join());
  for (const name of local) await copyFile(join(dist, 'assets', name), join(beside, name));
  await writeFile(whole, html);
  return { alone, whole };
}

const copies = {
  name: 'a saved copy of the page says that it is one, and where the original is',
  run: (browser) =>
    onDisk(async (folder) => {
      const site = await served();
      try {
        const { alone, whole } = await saved(browser, site, folder);
        for (const [file, original] of [[alone, null], [whole, site.url]]) {
          await visit(
            browser,
            { url: pathToFileURL(file).href },
            async (visitor) => {
              await visitor.until((find) => find('vitrine-app[data-unstarted=copy] .unstarted[role=alert]')?.checkVisibility({ visibilityProperty: true }));
              const seen = await visitor.run((find) => {
                const visible = (selector) => find.all(selector).filter((element) => element.checkVisibility({ visibilityProperty: true }));
                return {
                  causes: visible('.unstarted li').map(({ dataset, textContent }) => [dataset.cause, textContent.includes('vitrine.html')]),
                  link: visible('.unstarted a').map(({ className, href }) => [className, href]),
                };
              });
              assert.deepEqual(seen, { causes: [['copy', true]], link: original === null ? [] : [['original', original]] });
            },
            '',
            INCOMPLETE,
          );
        }
      } finally {
        await site.close();
      }
    }),
};

/** Waits until every model that is shown in a frame is ready. */
const frameReady = (visitor) =>
  visitor.until((find) => {
    const bars = find('vitrine-embed >>> vitrine-probability-bars');
    return bars?.columns.length > 0 && bars.columns.every(({ status }) => status.kind === 'ready');
  });

/** Keeps in `told` what frames tell of their height. */
const LISTENER = '<script>window.told = []; addEventListener("message", ({ data }) => { const { subject, height } = typeof data === "string" ? JSON.parse(data) : data; if (subject === "lti.frameResize") told.push(height); });</script>';

const framed = (what, attributes, isSealed) => ({
  name: `embed.html in a page of another site, ${what}: a drawing is answered, the height is told, the state stands in its hash`,
  async run(browser) {
    const site = await served(OPEN);
    const page = await course(`${LISTENER}<iframe src="${site.url}embed.html#task=Draw" title="Vitrine" width="700" height="600" ${attributes}></iframe>`);
    try {
      return await visit(browser, page, async (visitor) => {
        const frame = await visitor.frame();
        await frameReady(frame);
        assert.equal(await frame.run(() => self.origin), isSealed ? 'null' : new URL(site.url).origin);
        await frame.draw(CANVAS, TROUSERS);
        await frame.until(() => /^#task=Draw&draw=[\w-]+$/.test(location.hash));
        await frame.until((find) => {
          const { asked, seen } = find('vitrine-embed').dataset;
          return Number(asked) > 1 && asked === seen && find('vitrine-embed >>> vitrine-answer-verdict').votes.length === find('vitrine-embed >>> vitrine-probability-bars').columns.length;
        });
        const labels = await frame.run((find) => find('vitrine-embed >>> vitrine-answer-verdict').votes.map(({ label }) => label));
        assert.deepEqual([...new Set(labels)], ['Trouser']);
        // Once as an object, once as text.
        const told = await visitor.until(() => window.told.length >= 2 && window.told);
        assert.ok(told.every((height) => height > 200 && height < 5_000), told.join());
        const limits = await frame.run((find) => find.all('vitrine-embed >>> .limits dt').map(({ textContent }) => textContent));
        assert.equal(limits.includes('sandbox="allow-same-origin"'), isSealed, limits.join());
        return frame.run((find) => Object.fromEntries(find('vitrine-probability-bars').columns.map(({ model, probabilities }) => [model, [...probabilities]])));
      });
    } finally {
      await Promise.all([site.close(), page.close()]);
    }
  },
});

const PAGE = `<!doctype html><html lang="en"><head><meta charset="utf-8"><link rel="icon" href="data:,"><title>A course</title><script type="module" src="/dist/vitrine.js"></script></head><body>
<main lang="de"><vitrine-classifier models="cnn-slim knn" loading="eager"></vitrine-classifier></main></body></html>`;

const element = {
  name: 'the element in another page: a drawing is answered, in the language around it',
  async run(browser) {
    const host = await packageHost({ '/page.html': PAGE });
    try {
      return await visit(
        browser,
        host,
        async (visitor) => {
          await visitor.until(isReady);
          await visitor.present('vitrine-classifier >>> .heading', 'Was sie sagen');
          await visitor.draw(CANVAS, TROUSERS);
          // The pad tells of a stroke with the next frame.
          await visitor.run(() => new Promise((shown) => requestAnimationFrame(() => requestAnimationFrame(() => shown(true)))));
          await answered(visitor, ['cnn-slim', 'knn']);
          const { answers } = await visitor.run(shown);
          assert.deepEqual(answers.map(([model, label]) => [model, label]), [['cnn-slim', 'Trouser'], ['knn', 'Trouser']]);
          assert.equal(host.wasm().length, 1);
          return answers;
        },
        'page.html',
      );
    } finally {
      await host.close();
    }
  },
};

const strict = {
  name: 'under the strictest policy, sent by the server, a drawing is answered',
  async run(browser) {
    const site = await served({ headers: { 'content-security-policy': STRICT } });
    try {
      return await visit(
        browser,
        site,
        async (visitor) => {
          await modelsReady(visitor);
          await drawTrousers(visitor);
          return answers(visitor);
        },
        '',
        // What is inline in the HTML is refused there, and nothing else.
        [/inline/i],
      );
    } finally {
      await site.close();
    }
  },
};

/** What lies on a disk. */
export const disk = [...oneFiles, copies];

export const places = [
  strict,
  ...disk,
  framed('as the snippet has it', 'sandbox="allow-scripts allow-same-origin allow-downloads allow-popups" allow="camera; clipboard-write"', false),
  framed('shut off by sandbox="allow-scripts"', 'sandbox="allow-scripts"', true),
  element,
];
