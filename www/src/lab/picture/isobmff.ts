/** What AVIF and HEIC files say of themselves: brands (ISO/IEC 14496-12, 4.3) and size, the largest `ispe` property in meta/iprp/ipco (ISO/IEC 23008-12, 6.5.3). */
import type { Bytes } from './bytes';
import type { Size } from './header';

/** Full boxes have a version and flags before their content. */
const FULL = 4;
/** More boxes than a picture has; a file of empty ones would keep the reader busy. */
const MOST_BOXES = 10_000;

interface Box {
  readonly type: string;
  readonly start: number;
  readonly end: number;
}

/** More brands than a file has. */
const MOST_BRANDS = 64;

/** The major brand, then those that the file is compatible with, as far as they are there; none for files of other kinds. */
export function isobmffBrands(bytes: Bytes): string[] {
  if (!bytes.has(4, 'ftyp')) return [];
  const end = Math.min(bytes.u32(0) ?? 0, bytes.length, 16 + 4 * MOST_BRANDS);
  const brands = [bytes.text(8, 4)];
  for (let at = 16; at + 4 <= end; at += 4) brands.push(bytes.text(at, 4));
  return brands.filter((brand) => brand !== undefined);
}

/** `undefined` when there is no such property, or a box breaks out of the one around it. */
export function isobmffSize(bytes: Bytes): Size | undefined {
  const meta = boxes(bytes, 0, bytes.length).find(({ type }) => type === 'meta');
  const properties = inside(bytes, inside(bytes, meta && { ...meta, start: meta.start + FULL }, 'iprp'), 'ipco');
  if (!properties) return undefined;
  let largest: Size | undefined;
  for (const { type, start } of boxes(bytes, properties.start, properties.end)) {
    if (type !== 'ispe') continue;
    const [width, height] = [bytes.u32(start + FULL), bytes.u32(start + FULL + 4)];
    if (!width || !height) return undefined;
    // A grid's tiles have an ispe each: what is decoded is as large as the largest.
    if (!largest || width * height > largest.width * largest.height) largest = { width, height };
  }
  return largest;
}

function inside(bytes: Bytes, box: Box | undefined, type: string): Box | undefined {
  return box && boxes(bytes, box.start, box.end).find((inner) => inner.type === type);
}

/** The boxes from `start` to `end`; those from the first malformed one on are left out. */
function boxes(bytes: Bytes, start: number, end: number): Box[] {
  const found: Box[] = [];
  for (let at = start; at < end && found.length < MOST_BOXES; ) {
    const short = bytes.u32(at);
    const type = bytes.text(at + 4, 4);
    if (short === undefined || type === undefined) break;
    // 1: the length follows in 64 bits; 0: to the end of the file.
    const long = short === 1 ? (bytes.u32(at + 8) ?? 0) * 2 ** 32 + (bytes.u32(at + 12) ?? 0) : short;
    const header = short === 1 ? 16 : 8;
    const next = short === 0 ? end : at + long;
    if (next < at + header || next > end) break;
    found.push({ type, start: at + header, end: next });
    at = next;
  }
  return found;
}
