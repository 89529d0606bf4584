/** The scenarios that hold in every engine, in Firefox; where a scenario compares, with what Chromium gives. */
import { after, before, test } from 'node:test';
import { launch } from './engines/puppeteer.mjs';
import { scenarios } from './engines/scenarios.mjs';
import { needsData } from './site.mjs';

let firefox;
let chromium;
before(async () => {
  firefox = await launch('firefox');
  chromium = await launch('chromium');
});
after(async () => {
  await firefox?.stop();
  await chromium?.stop();
});

for (const { name, needsData: needs, run, compare } of scenarios) {
  test(`Firefox: ${name}`, { skip: needs && needsData() }, async () => {
    const mine = await run(firefox);
    compare?.(mine, await run(chromium));
  });
}
