/**
 * The size that a picture's header claims, read without decoding: a bomb is refused before it goes off. The header of a
 * file that lies about its size is what decoders allocate by, so it is the right thing to ask.
 */
import { Bytes } from './bytes';
import { isobmffBrands, isobmffSize } from './isobmff';

/** Pixels across and down, as stored (before any turn that EXIF asks for). */
export interface Size {
  readonly width: number;
  readonly height: number;
}

export type Format = 'png' | 'jpeg' | 'gif' | 'webp' | 'bmp' | 'avif' | 'heic' | 'svg';

/** What a file is. `size` is absent when the header is cut short or breaks its format's rules, and for SVG, which has none. */
export interface Header {
  readonly format: Format;
  readonly size: Size | undefined;
}

/** How far an SVG's root element is looked for. */
const SVG_HEAD = 4096;

/** Brands of AVIF (AV1 Image File Format, 6), and of HEIF with HEVC or nothing said inside (ISO/IEC 23008-12, B.4 and 10.2). */
const AVIF = ['avif', 'avis'];
const HEIF = ['heic', 'heix', 'heim', 'heis', 'hevc', 'hevx', 'hevm', 'hevs', 'mif1', 'mif2', 'msf1'];

/** Reads the header; `undefined` for bytes of no format known here. Never throws. */
export function headerOf(file: Uint8Array): Header | undefined {
  const bytes = new Bytes(file);
  if (bytes.has(0, '\x89PNG\r\n\x1a\n')) return { format: 'png', size: pngSize(bytes) };
  if (bytes.has(0, '\xff\xd8\xff')) return { format: 'jpeg', size: jpegSize(bytes) };
  if (bytes.has(0, 'GIF87a') || bytes.has(0, 'GIF89a')) return { format: 'gif', size: gifSize(bytes) };
  if (bytes.has(0, 'RIFF') && bytes.has(8, 'WEBP')) return { format: 'webp', size: webpSize(bytes) };
  if (bytes.has(0, 'BM')) return { format: 'bmp', size: bmpSize(bytes) };
  const still = stillFormat(bytes);
  if (still) return { format: still, size: isobmffSize(bytes) };
  return isSvg(file) ? { format: 'svg', size: undefined } : undefined;
}

/** The format of a still picture in ISO's container, in which films come too. */
function stillFormat(bytes: Bytes): 'avif' | 'heic' | undefined {
  const brands = isobmffBrands(bytes);
  if (brands.some((brand) => AVIF.includes(brand))) return 'avif';
  return brands.some((brand) => HEIF.includes(brand)) ? 'heic' : undefined;
}

/** A size of whole, positive numbers; `undefined` otherwise. */
function size(width: number | undefined, height: number | undefined): Size | undefined {
  return width !== undefined && height !== undefined && width > 0 && height > 0 ? { width, height } : undefined;
}

/** W3C PNG, 11.2.2: IHDR is the first chunk. */
function pngSize(bytes: Bytes): Size | undefined {
  return bytes.has(12, 'IHDR') ? size(bytes.u32(16), bytes.u32(20)) : undefined;
}

/** ITU T.81, B.2.2: the frame header may follow any number of other segments. */
function jpegSize(bytes: Bytes): Size | undefined {
  for (let at = 2; ; ) {
    if (bytes.u8(at) !== 0xff) return undefined;
    // Any number of 0xff may stand before a marker.
    while (bytes.u8(at + 1) === 0xff) at++;
    const marker = bytes.u8(at + 1);
    const length = bytes.u16(at + 2);
    if (marker === undefined || length === undefined || length < 2) return undefined;
    const isFrame = marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
    if (isFrame) return size(bytes.u16(at + 7), bytes.u16(at + 5));
    // Without a frame before the scan, or after the end of the image, there is none.
    if (marker === 0xda || marker === 0xd9) return undefined;
    at += 2 + length;
  }
}

/** GIF89a, 18: the logical screen. */
function gifSize(bytes: Bytes): Size | undefined {
  return size(bytes.u16le(6), bytes.u16le(8));
}

/** RFC 9649, 2.5 to 2.7: lossy, lossless or extended. */
function webpSize(bytes: Bytes): Size | undefined {
  if (bytes.has(12, 'VP8 ')) {
    const [width, height] = [bytes.u16le(26), bytes.u16le(28)];
    // The two bits above 14 are a scale for display.
    return bytes.has(23, '\x9d\x01\x2a') && width !== undefined && height !== undefined ? size(width & 0x3fff, height & 0x3fff) : undefined;
  }
  if (bytes.has(12, 'VP8L')) {
    const bits = bytes.u32le(21);
    return bytes.u8(20) === 0x2f && bits !== undefined ? size((bits & 0x3fff) + 1, ((bits >>> 14) & 0x3fff) + 1) : undefined;
  }
  if (bytes.has(12, 'VP8X')) {
    const [width, height] = [bytes.u24le(24), bytes.u24le(27)];
    return width !== undefined && height !== undefined ? size(width + 1, height + 1) : undefined;
  }
  return undefined;
}

/** The core header of OS/2, or any of the later ones; a negative height means that rows come top down. */
function bmpSize(bytes: Bytes): Size | undefined {
  const header = bytes.u32le(14);
  if (header === 12) return size(bytes.u16le(18), bytes.u16le(20));
  if (header === undefined || header < 40) return undefined;
  const [width, height] = [bytes.i32le(18), bytes.i32le(22)];
  return width !== undefined && height !== undefined ? size(width, Math.abs(height)) : undefined;
}

function isSvg(file: Uint8Array): boolean {
  const head = new TextDecoder().decode(file.subarray(0, SVG_HEAD));
  return /^\uFEFF?\s*</.test(head) && /<svg[\s>]/i.test(head);
}
