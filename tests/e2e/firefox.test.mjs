/** The scenarios that hold in every engine, in Firefox; where a scenario compares, with what Chromium gives. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launch } from './engines/puppeteer.mjs';
import { places } from './engines/places.mjs';
import { scenarios } from './engines/scenarios.mjs';
import { served, visit } from './engines/site.mjs';
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

for (const { name, needsData: needs, run, compare } of [...scenarios, ...places]) {
  test(`Firefox: ${name}`, { skip: needs && needsData() }, async () => {
    const mine = await run(firefox);
    compare?.(mine, await run(chromium));
  });
}

/** Runs in the page: an error that nobody catches. */
const thrown = () =>
  new Promise((done) => {
    setTimeout(() => {
      setTimeout(done);
      throw new Error('thrown');
    });
  });

test('Firefox: a visit fails on a console error, an uncaught error, and an address that is not there', async () => {
  const site = await served();
  try {
    for (const [complaint, work] of [
      [/error: said/, () => console.error('said')],
      [/page error: .*thrown/, thrown],
      [/status 404: .*nowhere/, () => fetch('nowhere').then(() => true)],
    ]) {
      await assert.rejects(visit(firefox, site, (visitor) => visitor.run(work)), complaint);
    }
  } finally {
    await site.close();
  }
});
