/** Files come packed or not, whole or not. */
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { unpacked } from './unpack';

const content = Uint8Array.from({ length: 5_000 }, (_, at) => at % 251);
const packed = Uint8Array.from(gzipSync(content));

test('gzip is unpacked, and what a host has unpacked stays as it is', async () => {
  expect(await unpacked(packed)).toEqual(content);
  expect(await unpacked(packed, content.length)).toEqual(content);
  expect(await unpacked(content)).toBe(content);
});

test('what is damaged, cut off or longer than allowed comes back as it came', async () => {
  const damaged = packed.slice();
  damaged.fill(0xff, 20, 60);
  for (const wrong of [damaged, packed.slice(0, -20), packed.slice(0, 2)]) expect(await unpacked(wrong)).toBe(wrong);
  expect(await unpacked(packed, content.length - 1)).toBe(packed);
});
