/** The table of engines in README.md is what was recorded, of the scenarios that there are. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { all, report, table, tableInReadme } from './engines/record.mjs';

const REMEDY = 'run ./build.sh engines';

test('every scenario was recorded in three engines, and README.md has that as its table', async () => {
  const found = await report();
  assert.deepEqual(Object.keys(found.works), all.map(({ name }) => name), REMEDY);
  assert.deepEqual(found.engines.map(({ name }) => name), ['Chromium', 'Firefox', 'WebKitGTK']);
  assert.equal(await tableInReadme(), table(found), REMEDY);
});
