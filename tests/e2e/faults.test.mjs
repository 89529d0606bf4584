/** Faults on purpose, in the test build: after each the models answer rightly, and nobody but who was at fault is lost. */
import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { install } from './faults.mjs';
import { host } from './host.mjs';
import { freePort, needsData, repository, start, visit } from './site.mjs';

const www = join(repository, 'www');
const MARK = 'vitrine-faults';
/** What a Rust panic writes to the console, and browsers of what ends a worker. */
const expected = [/panicked at/];

let site;
let server;
before(async () => {
  site = await start();
  server = await host(join(www, 'dist-faults'), await freePort());
});
after(async () => {
  await server?.close();
  await site?.stop();
});

const onFaults = (work, options = {}) => visit({ ...site, url: server.url }, work, { expected, ...options });

/** Whether a script of a build contains the test build's mark. */
async function marked(folder) {
  const names = (await readdir(folder, { recursive: true })).filter((name) => /\.m?js$/.test(name));
  assert.ok(names.length > 3, `${folder} has ${names.length} scripts; build it: npm run build, npm run build:faults`);
  const texts = await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')));
  return texts.some((text) => text.includes(MARK));
}

test('the product has no way to be told to fail; the test build has', async () => {
  assert.deepEqual(await Promise.all(['dist', 'dist-faults'].map((folder) => marked(join(www, folder)))), [false, true]);
});

// A hang costs its deadline: there are few of them.
const ROUNDS = [
  { kinds: ['trap', 'panic', 'stack', 'memory'], faults: 190, seed: 20 },
  { kinds: ['hang'], faults: 10, seed: 21 },
];
for (const { kinds, faults, seed } of ROUNDS) {
  test(`${faults} faults (${kinds.join(', ')}): after each a right answer, none that is stale, and all models come back`, { skip: needsData() }, async (context) => {
    await onFaults(async (page) => {
      await page.waitForFunction(() => globalThis.engine !== undefined);
      await page.evaluate(install, { seed, pictures: 5 });
      const calm = await page.evaluate(() => globalThis.trial.begin());
      assert.ok(calm.models.length >= 4 && calm.answers.every((answers) => Object.keys(answers).length === calm.models.length));
      const records = [];
      while (records.reduce((sum, { failed }) => sum + Math.min(1, failed.length), 0) < faults) {
        const record = await page.evaluate((kinds) => globalThis.trial.trial(kinds), kinds);
        assert.deepEqual(record.problems, [], JSON.stringify(record));
        records.push(record);
        assert.ok(records.length < 3 * faults, 'too many of the plans found nobody who called the function');
      }
      const times = records.flatMap(({ milliseconds }) => (milliseconds > 0 ? [milliseconds] : [])).sort((a, b) => a - b);
      context.diagnostic(`until the first right answer: median ${times[times.length >> 1].toFixed(0)} ms, longest ${times.at(-1).toFixed(0)} ms, in ${records.length} trials`);
      await page.evaluate(() => globalThis.engine.end());
      assert.equal(await page.evaluate(() => globalThis.faults.running()), 0);
    }, { path: `faults.html${kinds.includes('hang') ? '?step=1500&tick=100' : ''}` });
  });
}
