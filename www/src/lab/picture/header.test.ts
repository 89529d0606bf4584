/** Headers of pictures: each format's size, and what truncated, lying and random bytes may do. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Format, headerOf } from './header';

const ascii = (text: string): number[] => Array.from(text, (letter) => letter.charCodeAt(0));
const be = (value: number, bytes: number): number[] => Array.from({ length: bytes }, (_, at) => Math.floor(value / 256 ** (bytes - 1 - at)) % 256);
const le = (value: number, bytes: number): number[] => be(value, bytes).toReversed();
const box = (type: string, ...content: number[]): number[] => [...be(content.length + 8, 4), ...ascii(type), ...content];
const riff = (chunk: string, ...content: number[]): number[] => [...ascii('RIFF'), ...le(content.length + 12, 4), ...ascii('WEBP'), ...ascii(chunk), ...le(content.length, 4), ...content];
const ispe = (width: number, height: number): number[] => box('ispe', 0, 0, 0, 0, ...be(width, 4), ...be(height, 4));
const heif = (brand: string, ...properties: number[]): number[] => [
  ...box('ftyp', ...ascii(brand), 0, 0, 0, 0),
  ...box('meta', 0, 0, 0, 0, ...box('hdlr', 0, 0, 0, 0), ...box('iprp', ...box('ipco', ...box('colr', 1, 2), ...properties), ...box('ipma', 0))),
];

const files: readonly (readonly [string, Format, number[], number, number])[] = [
  ['PNG', 'png', [...ascii('\x89PNG\r\n\x1a\n'), ...be(13, 4), ...ascii('IHDR'), ...be(20_000, 4), ...be(19_999, 4)], 20_000, 19_999],
  ['JPEG', 'jpeg', [0xff, 0xd8, 0xff, 0xe1, ...be(6, 2), 1, 2, 3, 4, 0xff, 0xff, 0xc2, ...be(17, 2), 8, ...be(600, 2), ...be(800, 2)], 800, 600],
  ['GIF', 'gif', [...ascii('GIF89a'), ...le(320, 2), ...le(200, 2)], 320, 200],
  ['WebP, lossy', 'webp', riff('VP8 ', 0, 0, 0, 0x9d, 1, 0x2a, ...le(0x4000 | 550, 2), ...le(368, 2)), 550, 368],
  ['WebP, lossless', 'webp', riff('VP8L', 0x2f, ...le(((384 - 1) << 14) | (386 - 1), 4)), 386, 384],
  ['WebP, extended', 'webp', riff('VP8X', 0, 0, 0, 0, ...le(16_383, 3), ...le(99, 3)), 16_384, 100],
  ['BMP', 'bmp', [...ascii('BM'), ...Array<number>(12).fill(0), ...le(40, 4), ...le(640, 4), ...le(2 ** 32 - 480, 4)], 640, 480],
  ['BMP of OS/2', 'bmp', [...ascii('BM'), ...Array<number>(12).fill(0), ...le(12, 4), ...le(64, 2), ...le(48, 2)], 64, 48],
  ['AVIF', 'avif', heif('avif', ...ispe(1204, 800)), 1204, 800],
  ['HEIC of tiles', 'heic', heif('heic', ...ispe(512, 512), ...ispe(4032, 3024)), 4032, 3024],
];

describe('headers', () => {
  it.each(files)('%s', (_, format, bytes, width, height) => {
    expect(headerOf(Uint8Array.from(bytes))).toEqual({ format, size: { width, height } });
  });

  it.each(files)('%s, cut anywhere, has no size or the right one', (_, format, bytes, width, height) => {
    for (let length = 0; length < bytes.length; length++) {
      const header = headerOf(Uint8Array.from(bytes.slice(0, length)));
      if (header) expect(header.format).toBe(format);
      if (header?.size) expect(header.size).toEqual({ width, height });
    }
    // What cannot be read with all its bytes gone is no size of 0.
    expect(headerOf(Uint8Array.from(bytes.slice(0, 8)))?.size).toBeUndefined();
  });

  it.each(files)('%s with any byte changed does not throw and gives positive sizes', (_, __, bytes) => {
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.nat(255), (at, value) => {
        const size = headerOf(Uint8Array.from(bytes.with(at, value)))?.size;
        if (size) expect(Math.min(size.width, size.height)).toBeGreaterThan(0);
      }),
    );
  });

  it('random bytes behind any signature do not throw', () => {
    const signatures = files.map(([, , bytes]) => bytes.slice(0, 12));
    fc.assert(fc.property(fc.constantFrom(...signatures), fc.uint8Array({ maxLength: 200 }), (signature, rest) => void headerOf(Uint8Array.from([...signature, ...rest]))));
  });

  it('a file of a subarray is read from its own start', () => {
    const gif = [1, 2, 3, ...ascii('GIF87a'), ...le(5, 2), ...le(6, 2)];
    expect(headerOf(Uint8Array.from(gif).subarray(3))?.size).toEqual({ width: 5, height: 6 });
  });

  it.each<[string, string[], Format | undefined]>([
    ['a film', ['isom', 'isom', 'mp42', 'avc1'], undefined],
    ['a film of QuickTime', ['qt  '], undefined],
    ['a burst of a telephone', ['msf1', 'hevc', 'mif1'], 'heic'],
    ['a picture that names HEVC second', ['mif1', 'mif1', 'heic'], 'heic'],
    ['a picture that names AV1 second', ['mif1', 'mif1', 'avif', 'miaf'], 'avif'],
    ['a film of AV1', ['isom', 'av01', 'iso2'], undefined],
  ])('%s is told by its brands', (_, [major = '', ...compatible], format) => {
    const bytes = [...box('ftyp', ...ascii(major), 0, 0, 0, 0, ...compatible.flatMap(ascii)), ...box('mdat', ...ascii('heicavif'))];
    expect(headerOf(Uint8Array.from(bytes))?.format).toBe(format);
  });

  it('SVG is told from other markup', () => {
    const format = (text: string): Format | undefined => headerOf(new TextEncoder().encode(text))?.format;
    expect(format('<svg xmlns="http://www.w3.org/2000/svg"/>')).toBe('svg');
    expect(format('\uFEFF<?xml version="1.0"?>\n<!-- drawn -->\n<svg viewBox="0 0 1 1">')).toBe('svg');
    expect(format('<html><body>')).toBeUndefined();
    expect(format('an <svg> in a text')).toBeUndefined();
  });
});
