/**
 * Lighthouse on the built site, as a telephone and as a desktop, real interactions, and a large photograph: scores and timings into
 * docs/lighthouse.json; too low a score, or too slow a page, fails.
 */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import lighthouse, { desktopConfig } from 'lighthouse';
import { host } from './host.mjs';
import { interactions } from './interactions.mjs';
import { megapixels } from './megapixels.mjs';
import { freePort, repository, start } from './site.mjs';

const LEAST = { performance: 95, accessibility: 100, 'best-practices': 100 };
const MOST = { 'largest-contentful-paint': 1500, 'cumulative-layout-shift': 0.02 };
/** Milliseconds from an interaction to the paint that shows it. */
const LONGEST_INTERACTION = 100;
/** Milliseconds for which the page may stand still while a photograph is read: browsers call no shorter task long. */
const LONGEST_TASK = 50;

const file = process.argv[2] ?? join(repository, 'docs/lighthouse.json');
const port = await freePort();
const site = await start([`--remote-debugging-port=${port}`]);
const server = await host(join(repository, 'www/dist'), await freePort());
const report = { lighthouse: undefined, benchmarkIndex: undefined, chromium: site.browser.version() };
const failures = [];
try {
  for (const [name, config] of [['mobile', undefined], ['desktop', desktopConfig]]) {
    const { lhr } = await lighthouse(server.url, { port, logLevel: 'error', onlyCategories: [...Object.keys(LEAST), 'seo'] }, config);
    report.lighthouse = lhr.lighthouseVersion;
    // Lighthouse's own measure of the machine: below some hundreds it was too busy for the timings to say much.
    report.benchmarkIndex = lhr.environment.benchmarkIndex;
    const scores = Object.fromEntries(Object.entries(lhr.categories).map(([id, { score }]) => [id, Math.round(score * 100)]));
    const figure = (id) => Number(lhr.audits[id].numericValue.toFixed(3));
    const figures = Object.fromEntries(['first-contentful-paint', ...Object.keys(MOST), 'total-blocking-time', 'speed-index'].map((id) => [id, figure(id)]));
    report[name] = { scores, figures };
    for (const [id, least] of Object.entries(LEAST)) if (scores[id] < least) failures.push(`${name}: ${id} ${scores[id]}, at least ${least} expected`);
    for (const [id, most] of Object.entries(MOST)) if (figures[id] > most) failures.push(`${name}: ${id} ${figures[id]}, at most ${most} expected`);
    const missed = Object.values(lhr.categories)
      .flatMap(({ auditRefs }) => auditRefs.filter(({ weight }) => weight > 0).map(({ id }) => lhr.audits[id]))
      .filter(({ score }) => score !== null && score < 0.9);
    for (const { id, title, displayValue } of missed) process.stderr.write(`${name}: ${id}: ${title} ${displayValue ?? ''}\n`);
  }
  report.interactions = {};
  for (const [state, { slowest, ...figures }] of Object.entries(await interactions(site))) {
    report.interactions[state] = figures;
    for (const { name, duration } of slowest) process.stderr.write(`${state}: ${duration} ms: ${name}\n`);
    if (figures.inp > LONGEST_INTERACTION) failures.push(`${state}: an interaction took ${figures.inp} ms, at most ${LONGEST_INTERACTION} expected`);
  }
  report.photograph = await megapixels(site);
  if (report.photograph.longest_task > LONGEST_TASK) failures.push(`a photograph: the page stood still for ${report.photograph.longest_task} ms, at most ${LONGEST_TASK} expected`);
} finally {
  await server.close();
  await site.stop();
}
await writeFile(file, `${JSON.stringify(report, null, 2)}\n`);
process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
if (failures.length > 0) {
  process.stderr.write(`${failures.join('\n')}\n`);
  process.exitCode = 1;
}
