/** The built site on a host of its own, and pages of another site that have it in frames. */
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { host } from './host.mjs';
import { FLAGS, freePort, repository, visit } from './site.mjs';

/** A pair of trousers in one stroke, as shares of the pad's sides. */
const TROUSERS = [[0.4, 0.12], [0.6, 0.12], [0.42, 0.2], [0.58, 0.25], [0.4, 0.3], [0.38, 0.9], [0.44, 0.3], [0.5, 0.25], [0.56, 0.3], [0.62, 0.9], [0.6, 0.3]];

/** What every answer of the site's says, so that frames without an origin may read it. */
export const OPEN = { 'access-control-allow-origin': '*' };

const document = (body) => `<!doctype html><html lang="en"><head><meta charset="utf-8"><link rel="icon" href="data:,"><title>A course</title></head><body>${body}</body></html>`;

/** Starts a browser, the site and a course; `flags`: more of Chromium's, `headers`: more with every answer of the site. */
export async function startCourse({ flags = [], headers = OPEN } = {}) {
  const asked = [];
  const pages = {};
  const site = await host(join(repository, 'www/dist'), await freePort(), (path) => asked.push(path), { headers });
  const course = await host(join(repository, 'www/nothing'), await freePort(), undefined, {
    answer: (path) => (path in pages ? { headers: { 'content-type': 'text/html; charset=utf-8', ...pages[path].headers }, body: pages[path].html } : undefined),
  });
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM || '/usr/bin/chromium', args: [...FLAGS, ...flags] });
  return {
    /** The embed's address. */
    embed: `${site.url}embed.html`,
    site: site.url,
    /** What was asked of the site so far. */
    asked,
    /** Where a page `/between.html` of a third origin is. */
    between: `${course.url}between.html`,
    /** Visits a page with `body` of another site; `work(page)`. `policy`: headers of that page; `between`: the body of a third one's. */
    on(body, work, { policy = {}, between = '', ...options } = {}) {
      pages['/course.html'] = { headers: policy, html: document(body) };
      pages['/between.html'] = { html: document(between) };
      return visit({ browser, url: course.url.replace('127.0.0.1', 'localhost') }, work, { path: 'course.html', ...options });
    },
    async stop() {
      await browser.close();
      await Promise.all([site.close(), course.close()]);
    },
  };
}

/** The first frame of a page. */
export const inner = (page) => page.frames().find((frame) => frame !== page.mainFrame());

/** Waits until the models that are shown have loaded. */
export const ready = (frame) =>
  frame.waitForFunction(() => {
    const bars = document.querySelector('vitrine-embed')?.shadowRoot?.querySelector('vitrine-probability-bars');
    return bars?.columns.length > 0 && bars.columns.every(({ status }) => status.kind === 'ready');
  });

/** The class that each model names, once the last look has ended. */
export async function verdicts(frame) {
  await frame.waitForFunction(() => {
    const { asked, seen } = document.querySelector('vitrine-embed').dataset;
    return Number(asked) > 0 && asked === seen;
  });
  return frame.evaluate(() => document.querySelector('vitrine-embed').shadowRoot.querySelector('vitrine-answer-verdict').votes.map(({ label }) => label));
}

/** Draws trousers; resolves to what is said of them. */
export async function scribble(page, frame) {
  const canvas = frame.locator('vitrine-sketch-pad canvas');
  const { x, y, width, height } = await canvas.boundingBox();
  const points = TROUSERS.map(([across, down]) => [x + width * across, y + height * down]);
  const before = await frame.locator('vitrine-embed').getAttribute('data-asked');
  await page.mouse.move(...points[0]);
  await page.mouse.down();
  for (const point of points) await page.mouse.move(...point, { steps: 5 });
  await page.mouse.up();
  await frame.waitForFunction((before) => Number(document.querySelector('vitrine-embed').dataset.asked) > Number(before), before);
  return verdicts(frame);
}
