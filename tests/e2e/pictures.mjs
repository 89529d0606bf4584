/** Picture files made by hand, so that tests know every pixel: PNG of all kinds, GIF, JPEG in CMYK, JPEG with EXIF. */
import { deflateSync } from 'node:zlib';

const crcTable = Array.from({ length: 256 }, (_, index) => {
  let value = index;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1;
  return value >>> 0;
});
/** The checksum of PNG chunks (W3C PNG, annex D); zlib.crc32 is missing from Node before 20.15. */
const crc32 = (bytes) => (bytes.reduce((crc, byte) => crcTable[(crc ^ byte) & 255] ^ (crc >>> 8), 0xffffffff) ^ 0xffffffff) >>> 0;

const be = (value, bytes) => Array.from({ length: bytes }, (_, at) => Math.floor(value / 256 ** (bytes - 1 - at)) % 256);
const le = (value, bytes) => be(value, bytes).toReversed();

function chunk(type, data) {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), Buffer.from(data)]);
  return Buffer.concat([Buffer.from(be(data.length, 4)), body, Buffer.from(be(crc32(body), 4))]);
}

/** A PNG of `bytesPerPixel`; `pixel(x, y)` gives that many bytes. `colour`: 0 grey, 2 RGB, 3 palette, 6 RGBA. */
function pngOf({ width, height, depth = 8, colour, bytesPerPixel, pixel, palette }) {
  const rows = Buffer.alloc(height * (width * bytesPerPixel + 1));
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) rows.set(pixel(x, y), y * (width * bytesPerPixel + 1) + 1 + x * bytesPerPixel);
  }
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', [...be(width, 4), ...be(height, 4), depth, colour, 0, 0, 0]),
    ...(palette ? [chunk('PLTE', palette)] : []),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', []),
  ]);
}

/** A grey PNG; `shade(x, y)` gives 0 to 255. */
export const png = (width, height, shade) => pngOf({ width, height, colour: 0, bytesPerPixel: 1, pixel: (x, y) => [shade(x, y)] });

/** A grey PNG of 16 bits; `shade(x, y)` gives 0 to 65535. */
export const png16 = (width, height, shade) => pngOf({ width, height, depth: 16, colour: 0, bytesPerPixel: 2, pixel: (x, y) => be(shade(x, y), 2) });

/** A PNG with a palette of RGB triples; `index(x, y)` chooses from it. */
export const pngPalette = (width, height, palette, index) => pngOf({ width, height, colour: 3, bytesPerPixel: 1, pixel: (x, y) => [index(x, y)], palette: palette.flat() });

/** A PNG with transparency; `colour(x, y)` gives red, green, blue, opacity. */
export const pngAlpha = (width, height, colour) => pngOf({ width, height, colour: 6, bytesPerPixel: 4, pixel: colour });

/** `png` with another chunk behind its header. */
export const pngWith = (png, type, data) => Buffer.concat([png.subarray(0, 33), chunk(type, data), png.subarray(33)]);

/** A BMP of 32 bits a pixel with a mask for opacity, rows from the bottom; `colour(x, y)` gives red, green, blue, opacity. */
export function bmpAlpha(width, height, colour) {
  const pixels = Buffer.alloc(width * height * 4);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const [red, green, blue, opacity] = colour(x, y);
      pixels.set([blue, green, red, opacity], ((height - 1 - y) * width + x) * 4);
    }
  }
  const header = [
    ...Buffer.from('BM'), ...le(14 + 108 + pixels.length, 4), ...le(0, 4), ...le(14 + 108, 4),
    ...le(108, 4), ...le(width, 4), ...le(height, 4), ...le(1, 2), ...le(32, 2), ...le(3, 4), ...le(pixels.length, 4), ...le(2835, 4), ...le(2835, 4), ...le(0, 4), ...le(0, 4),
    ...[0x00ff0000, 0x0000ff00, 0x000000ff, 0xff000000].flatMap((mask) => le(mask, 4)), ...Buffer.from('BGRs'), ...Array(48).fill(0),
  ];
  return Buffer.concat([Buffer.from(header), pixels]);
}

/** A PNG that claims a size and has hardly any pixels: decoders allocate before they notice. */
export const bomb = (width, height) =>
  Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', [...be(width, 4), ...be(height, 4), 8, 0, 0, 0, 0]),
    chunk('IDAT', deflateSync(Buffer.alloc(1000))),
    chunk('IEND', []),
  ]);

/** An animated GIF of 8×8 whose frames are plain greys. */
export function gif(shades) {
  const palette = Array.from({ length: 128 }, (_, at) => [at * 2, at * 2, at * 2]).flat();
  const frame = (shade) => [
    ...[0x21, 0xf9, 4, 0, ...le(10, 2), 0, 0],
    ...[0x2c, ...le(0, 2), ...le(0, 2), ...le(8, 2), ...le(8, 2), 0],
    // With codes of 8 bits: clear, 64 literals, end; too few for the codes to grow.
    ...[7, 66, 128, ...Array(64).fill(shade >> 1), 129, 0],
  ];
  return Buffer.from([...Buffer.from('GIF89a'), ...le(8, 2), ...le(8, 2), 0xf6, 0, 0, ...palette, ...shades.flatMap(frame), 0x3b]);
}

/** A JPEG in CMYK as Adobe's programs write it (values inverted); `ink(column, row)` of each 8×8 block gives C, M, Y, K, 0 to 255. */
export function jpegCmyk(columns, rows, ink) {
  const segment = (marker, bytes) => [0xff, marker, ...be(bytes.length + 2, 2), ...bytes];
  // Twelve categories of four bits for DC; for AC only "end of block", the single bit 0.
  const dc = [0, 0, 0, 0, 12, ...Array(12).fill(0), ...Array.from({ length: 12 }, (_, category) => category)];
  const ac = [0x10, 1, ...Array(15).fill(0), 0];
  const ids = [1, 2, 3, 4];
  const head = [
    0xff, 0xd8,
    ...segment(0xee, [...Buffer.from('Adobe'), 0, 100, 0, 0, 0, 0, 0]),
    ...segment(0xdb, [0, ...Array(64).fill(8)]),
    ...segment(0xc0, [8, ...be(rows * 8, 2), ...be(columns * 8, 2), 4, ...ids.flatMap((id) => [id, 0x11, 0])]),
    ...segment(0xc4, dc),
    ...segment(0xc4, ac),
    ...segment(0xda, [4, ...ids.flatMap((id) => [id, 0]), 0, 63, 0]),
  ];
  let bits = '';
  const last = [0, 0, 0, 0];
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      for (const [component, value] of ink(column, row).entries()) {
        const level = 255 - value - 128;
        const difference = level - last[component];
        last[component] = level;
        const category = difference === 0 ? 0 : Math.floor(Math.log2(Math.abs(difference))) + 1;
        const extra = difference < 0 ? difference + 2 ** category - 1 : difference;
        bits += category.toString(2).padStart(4, '0') + (category ? extra.toString(2).padStart(category, '0') : '') + '0';
      }
    }
  }
  bits = bits.padEnd(Math.ceil(bits.length / 8) * 8, '1');
  // After 0xff, a zero says that it is no marker.
  const scan = bits.match(/.{8}/g).flatMap((byte) => (byte === '11111111' ? [0xff, 0] : [Number.parseInt(byte, 2)]));
  return Buffer.from([...head, ...scan, 0xff, 0xd9]);
}

/** `jpeg` with an EXIF segment that says how it is to be turned. */
export function turned(jpeg, orientation) {
  const tiff = [...Buffer.from('MM'), ...be(42, 2), ...be(8, 4), ...be(1, 2), ...be(0x112, 2), ...be(3, 2), ...be(1, 4), ...be(orientation, 2), 0, 0, ...be(0, 4)];
  const exif = [...Buffer.from('Exif'), 0, 0, ...tiff];
  return Buffer.concat([jpeg.subarray(0, 2), Buffer.from([0xff, 0xe1, ...be(exif.length + 2, 2), ...exif]), jpeg.subarray(2)]);
}
