/** The probes are modules that node's own WebAssembly judges; a browser compiles the one file that it runs fastest. */
import { setFlagsFromString } from 'node:v8';
import { afterEach, expect, test, vi } from 'vitest';
import { compileFastest } from './compile';
import { hasRelaxedSimd, hasSimd, RELAXED_SIMD, SIMD, uses, type Validate } from './features';
import type { Source } from './protocol';

// Node.js 20 has relaxed SIMD behind a flag; later ones have it, and know the flag no more.
if (process.versions.node.startsWith('20.')) setFlagsFromString('--experimental-wasm-relaxed-simd');

afterEach(() => vi.unstubAllGlobals());

test.each([
  ['SIMD', SIMD],
  ['relaxed SIMD', RELAXED_SIMD],
])('the probe for %s is a module, and none when mutilated', (_, probe) => {
  expect(WebAssembly.validate(probe)).toBe(true);
  expect(WebAssembly.validate(probe.slice(0, -1))).toBe(false);
  // The opcode's second byte: no such vector instruction.
  expect(WebAssembly.validate(probe.map((byte, at) => (at === probe.length - 3 ? 0xff : byte)))).toBe(false);
});

test('the probe for relaxed SIMD differs from that for SIMD in its instruction', () => {
  expect(Array.from(RELAXED_SIMD.slice(-4, -1))).toEqual([0xfd, 0x85, 0x02]);
  expect(Array.from(SIMD.slice(-4, -1))).toEqual([0xfd, 0xe4, 0x01]);
});

test('each question asks its own probe', () => {
  const only =
    (probe: Uint8Array): Validate =>
    (bytes) =>
      bytes === probe;
  expect([hasSimd(only(SIMD)), hasRelaxedSimd(only(SIMD))]).toEqual([true, false]);
  expect([hasSimd(only(RELAXED_SIMD)), hasRelaxedSimd(only(RELAXED_SIMD))]).toEqual([false, true]);
});

test('without WebAssembly there is neither', () => {
  vi.stubGlobal('WebAssembly', undefined);
  expect([hasSimd(), hasRelaxedSimd()]).toEqual([false, false]);
});

const files = { plain: '/assets/vitrine_bg-1.wasm', relaxed: '/assets/vitrine_relaxed_bg-2.wasm' };
const module = {} as WebAssembly.Module;

/** Which files are asked for, where those in `broken` fail. */
async function asked(validate: Validate, ...broken: string[]): Promise<{ urls: string[]; outcome: unknown }> {
  const urls: string[] = [];
  const compile = (source: Source): Promise<WebAssembly.Module> => {
    const url = source as string;
    urls.push(url);
    return broken.includes(url) ? Promise.reject(new Error(`${url} is broken`)) : Promise.resolve(module);
  };
  const outcome = await compileFastest(files, compile, validate).catch((problem: unknown) => problem);
  return { urls, outcome };
}

const everything: Validate = () => true;
const plainOnly: Validate = (bytes) => bytes === SIMD;

test('one file is fetched: with relaxed SIMD the faster one', async () => {
  expect(await asked(everything)).toEqual({ urls: [files.relaxed], outcome: module });
  expect(await asked(plainOnly)).toEqual({ urls: [files.plain], outcome: module });
});

test('the plain file stands in for the other, and its failure is the one told', async () => {
  expect(await asked(everything, files.relaxed)).toEqual({ urls: [files.relaxed, files.plain], outcome: module });
  expect(await asked(everything, files.relaxed, files.plain)).toEqual({ urls: [files.relaxed, files.plain], outcome: new Error(`${files.plain} is broken`) });
  expect(await asked(plainOnly, files.plain)).toEqual({ urls: [files.plain], outcome: new Error(`${files.plain} is broken`) });
});

test('a browser without SIMD fetches nothing, and is told so', async () => {
  const { urls, outcome } = await asked(() => false);
  expect(urls).toEqual([]);
  expect(outcome).toMatchObject({ code: 'browser', message: expect.stringMatching(/expected .* SIMD, got .*; update it/) as string });
});

test('a service worker keeps one of the two files, and all that is no wasm file', () => {
  const urls = ['index.html', 'assets/vitrine_bg-jpX4dpvw.wasm', 'assets/vitrine_relaxed_bg-B_-a1.wasm', 'assets/index-DiEYZory.js', 'assets/mlp-Ck8pB-G2.onnx'];
  const others = urls.filter((url) => !url.endsWith('.wasm'));
  expect(urls.filter((url) => uses(url, true))).toEqual(expect.arrayContaining([...others, 'assets/vitrine_relaxed_bg-B_-a1.wasm']));
  expect(urls.filter((url) => uses(url, false))).toEqual(expect.arrayContaining([...others, 'assets/vitrine_bg-jpX4dpvw.wasm']));
  for (const relaxed of [true, false]) expect(urls.filter((url) => uses(url, relaxed))).toHaveLength(urls.length - 1);
});
