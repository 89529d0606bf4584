/** What is written about the committed models is about these files. */
import { expect, test } from 'vitest';
import manifest from '../../../models/manifest.json';
import { puzzles, sums } from './puzzles.json';

test('the puzzles were found with the committed models: else `npm run build:puzzles` finds them anew', () => {
  expect(Object.entries(sums).map(([role, sha256]) => ({ role, sha256 }))).toEqual(
    manifest.files.filter(({ path }) => /\.(onnx|index|thumbnails)$/.test(path)).map(({ role, sha256 }) => ({ role, sha256 })),
  );
  expect(new Set(puzzles.map(({ label }) => label)).size).toBe(3);
});
