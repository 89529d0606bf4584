/** What works in which engine, out of running every scenario in each, or in those that are named, into docs/engines.json, and as a table into README.md. */
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

/** Runs every scenario in an engine. */
async function tried(name) {
  const browser = await ENGINES[name]();
  const works = {};
  for (const scenario of all) {
    process.stdout.write(`${name}: ${scenario.name} … `);
    works[scenario.name] = await scenario.run(browser).then(() => true, (thrown) => process.stderr.write(`${thrown.stack}\n`) && false);
    process.stdout.write(`${works[scenario.name] ? 'yes' : 'NO'}\n`);
  }
  await browser.stop();
  return { version: /[\d.]+/.exec(browser.version)[0], works };
}

/** Records these engines; what was recorded of others stays. */
async function record(names) {
  const before = await report().catch(() => ({ engines: [], works: {} }));
  const engines = Object.fromEntries(before.engines.map(({ name, version }) => [name, { version, works: Object.fromEntries(Object.entries(before.works).map(([scenario, by]) => [scenario, by[name]])) }]));
  for (const name of names) {
    engines[name] = await tried(name);
    const known = Object.keys(ENGINES).filter((name) => engines[name]);
    const found = {
      engines: known.map((name) => ({ name, version: engines[name].version })),
      works: Object.fromEntries(all.map(({ name: scenario }) => [scenario, Object.fromEntries(known.map((name) => [name, engines[name].works[scenario] ?? false]))])),
    };
    await writeFile(REPORT, `${JSON.stringify(found, null, 2)}\n`);
    const readme = await readFile(README, 'utf8');
    if (!BLOCK.test(readme)) throw new Error('README.md has no place for the table of engines: expected <!-- engines: … --> and <!-- /engines -->');
    await writeFile(README, readme.replace(BLOCK, (_, before, after) => before + table(found) + after));
  }
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const names = process.argv.slice(2);
  await record(names.length > 0 ? names : Object.keys(ENGINES));
  process.exit();
}
