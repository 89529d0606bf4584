/** What works in which engine, out of running every scenario in each, into docs/engines.json, and as a table into README.md. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { repository } from '../site.mjs';
import { places } from './places.mjs';
import { launch } from './puppeteer.mjs';
import { scenarios } from './scenarios.mjs';
import { launch as launchWebKit } from './webkit.mjs';

const REPORT = join(repository, 'docs/engines.json');
const README = join(repository, 'README.md');
const BLOCK = /(<!-- engines: [^>]+ -->\n)[^]*?(\n<!-- \/engines -->)/;
const ENGINES = { Chromium: () => launch('chromium'), Firefox: () => launch('firefox'), WebKitGTK: launchWebKit };

export const all = [...scenarios, ...places];

/** As the report is read: engines with their versions, and what each can do. */
export const report = async () => JSON.parse(await readFile(REPORT, 'utf8'));

/** The table of a report. */
export function table({ engines, works }) {
  const rows = Object.entries(works).map(([name, by]) => `| ${name} | ${engines.map(({ name }) => (by[name] ? 'yes' : 'no')).join(' | ')} |`);
  return [`| | ${engines.map(({ name, version }) => `${name} ${version}`).join(' | ')} |`, `| --- |${' --- |'.repeat(engines.length)}`, ...rows].join('\n');
}

/** The table that README.md has. */
export const tableInReadme = async () => BLOCK.exec(await readFile(README, 'utf8'))?.[0].split('\n').slice(1, -1).join('\n');

async function record() {
  const engines = [];
  const works = Object.fromEntries(all.map(({ name }) => [name, {}]));
  for (const [name, start] of Object.entries(ENGINES)) {
    const browser = await start();
    engines.push({ name, version: /[\d.]+/.exec(browser.version)[0] });
    for (const scenario of all) {
      process.stdout.write(`${name}: ${scenario.name} … `);
      try {
        await scenario.run(browser);
        works[scenario.name][name] = true;
      } catch (thrown) {
        works[scenario.name][name] = false;
        process.stderr.write(`${thrown.stack}\n`);
      }
      process.stdout.write(`${works[scenario.name][name] ? 'yes' : 'NO'}\n`);
    }
    await browser.stop();
  }
  const found = { engines, works };
  await writeFile(REPORT, `${JSON.stringify(found, null, 2)}\n`);
  const readme = await readFile(README, 'utf8');
  if (!BLOCK.test(readme)) throw new Error('README.md has no place for the table of engines: expected <!-- engines: … --> and <!-- /engines -->');
  await writeFile(README, readme.replace(BLOCK, (_, before, after) => before + table(found) + after));
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  await record();
  process.exit();
}
