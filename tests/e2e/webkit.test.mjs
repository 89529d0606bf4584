/** The scenarios that hold in every engine, in WebKitGTK; where a scenario compares, with what Chromium gives. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { places } from './engines/places.mjs';
import { launch as launchOther } from './engines/puppeteer.mjs';
import { scenarios } from './engines/scenarios.mjs';
import { served, visit } from './engines/site.mjs';
import { isInstalled, launch, PACKAGES } from './engines/webkit.mjs';
import { needsData } from './site.mjs';

/** Skips by name where WebKitGTK is not there; in CI that is a failure. */
function needsWebKit() {
  if (isInstalled()) return false;
  assert.ok(!process.env.CI, `WebKitGTK is missing, and CI must not skip; install ${PACKAGES}`);
  return `needs WebKitGTK; install ${PACKAGES}`;
}

const missing = needsWebKit();
let webkit;
let chromium;
before(async () => {
  if (missing) return;
  webkit = await launch();
  chromium = await launchOther('chromium');
});
after(async () => {
  await webkit?.stop();
  await chromium?.stop();
});

for (const { name, needsData: needs, run, compare } of [...scenarios, ...places]) {
  test(`WebKitGTK: ${name}`, { skip: missing || (needs && needsData()) }, async () => {
    const mine = await run(webkit);
    compare?.(mine, await run(chromium));
  });
}

test('WebKitGTK: a visit fails on a console error, an uncaught error, and an address that is not there', { skip: missing }, async () => {
  const site = await served();
  try {
    for (const [complaint, work] of [
      [/error: said/, () => (console.error('said'), true)],
      [/page error: .*thrown/, () => new Promise((done) => {
        setTimeout(() => {
          setTimeout(done);
          throw new Error('thrown');
        });
      })],
      [/status 404: .*nowhere/, () => fetch('nowhere').then(() => true)],
    ]) {
      await assert.rejects(visit(webkit, site, (visitor) => visitor.run(work)), complaint);
    }
  } finally {
    await site.close();
  }
});
