/** Faults on purpose, as a visitor sees them: never an answer to another picture, a status meanwhile, all right again after it. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { allAnswered, draw, modelsReady } from './actions.mjs';
import { install } from './faults-page.mjs';
import { host } from './host.mjs';
import { freePort, repository, start, visit } from './site.mjs';

let site;
let server;
before(async () => {
  site = await start();
  server = await host(join(repository, 'www/dist-faults'), await freePort());
});
after(async () => {
  await server?.close();
  await site?.stop();
});

const STROKES = [
  [[0.3, 0.2], [0.7, 0.2], [0.7, 0.8], [0.3, 0.8], [0.3, 0.3], [0.6, 0.3], [0.6, 0.7], [0.4, 0.7]],
  [[0.1, 0.2], [0.9, 0.2], [0.9, 0.3], [0.1, 0.3]],
  [[0.5, 0.1], [0.5, 0.95]],
  [[0.2, 0.9], [0.8, 0.9]],
];
// A hang costs its deadline: there are few of them.
const ROUNDS = [
  { kinds: ['trap', 'panic', 'stack', 'memory'], faults: 60, seed: 30, path: '' },
  { kinds: ['hang'], faults: 4, seed: 31, path: '?step=1500&tick=100' },
];

for (const { kinds, faults, seed, path } of ROUNDS) {
  test(`${faults} faults (${kinds.join(', ')}) while the drawing changes: what is shown is of one picture, and in the end all of it is right`, (context) =>
    visit({ ...site, url: server.url }, async (page) => {
      await modelsReady(page);
      await page.locator('vitrine-sketch-pad input[type=range]').fill('8');
      for (const stroke of STROKES) await draw(page, stroke);
      assert.ok(await allAnswered(page));
      await page.locator('vitrine-why-section details[data-panel=break] > summary').click();
      await page.locator('vitrine-break-panel input[name=degrees]').fill('10');
      await page.evaluate(install, { seed, pictures: STROKES.length });
      assert.equal((await page.evaluate(() => globalThis.trial.begin())).length, STROKES.length);
      const records = [];
      while (records.filter(({ failed }) => failed.length > 0).length < faults) {
        const record = await page.evaluate((kinds) => globalThis.trial.trial(kinds), kinds);
        assert.deepEqual(record.wrongs, [], JSON.stringify(record));
        records.push(record);
        assert.ok(records.length < 3 * faults, 'too many of the plans found nobody who called the function');
      }
      const times = records.flatMap(({ milliseconds }) => (milliseconds > 0 ? [milliseconds] : [])).sort((a, b) => a - b);
      context.diagnostic(`until a right answer is shown: median ${times[times.length >> 1].toFixed(0)} ms, longest ${times.at(-1).toFixed(0)} ms, in ${records.length} trials; ${records.filter(({ told }) => told.length > 0).length} were told`);
    }, { expected: [/panicked at/], path }));
}
