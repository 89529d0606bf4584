/**
 * Marks ↔ text for an address. Bytes, then base64url: a version; then for each mark its kind and ink; a fill's x and y; a
 * stroke's width (in halves), its count of points, and each point as the difference to the one before (zigzag varints),
 * with its pressure where the kind says so.
 */
import { fromBase64url, toBase64url } from '../../base64url';
import { MARGIN, type Mark, type Point, PRESSURES, SIDE, WIDTHS } from './marks';

const VERSION = 1;
const STROKE = 0;
const PRESSED_STROKE = 1;
const FILL = 2;
/** Of pointers that have no pressure. */
const MIDDLE = PRESSURES / 2;
/** How much a drawing may ask of whoever opens it. */
export interface Limits {
  /** Of its text: other programs cut off longer addresses. */
  readonly characters: number;
  readonly marks: number;
  /** Each looks at the whole canvas. */
  readonly fills: number;
  readonly points: number;
}

/** What a link may ask: more than a hand draws, and done in well under a second. */
export const OF_A_LINK: Limits = { characters: 12_000, marks: 2_000, fills: 60, points: 20_000 };
/** For what this page has drawn itself. */
export const NO_LIMITS: Limits = { characters: Infinity, marks: Infinity, fills: Infinity, points: Infinity };

export function encodeMarks(marks: readonly Mark[]): string {
  const bytes: number[] = [VERSION];
  const varint = (value: number): void => {
    for (; value > 127; value >>>= 7) bytes.push((value & 127) | 128);
    bytes.push(value);
  };
  const signed = (value: number): void => varint(value < 0 ? -2 * value - 1 : 2 * value);
  for (const mark of marks) {
    if (mark.kind === 'fill') {
      bytes.push(FILL, mark.ink);
      varint(mark.x);
      varint(mark.y);
      continue;
    }
    const { nib, points } = mark;
    const level = ({ pressure }: Point): number => Math.round(pressure * PRESSURES);
    const isPressed = points.some((point) => level(point) !== MIDDLE);
    bytes.push(isPressed ? PRESSED_STROKE : STROKE, nib.ink, nib.width / WIDTHS.step);
    varint(points.length);
    let last = { x: 0, y: 0 };
    for (const point of points) {
      signed(point.x - last.x);
      signed(point.y - last.y);
      if (isPressed) bytes.push(level(point));
      last = point;
    }
  }
  return toBase64url(Uint8Array.from(bytes));
}

/** The marks; `undefined` for any text that `encodeMarks` would not give, and for more than `limits`. */
export function decodeMarks(text: string, limits: Limits = OF_A_LINK): Mark[] | undefined {
  if (text.length > limits.characters) return undefined;
  const bytes = fromBase64url(text);
  if (bytes?.[0] !== VERSION) return undefined;
  try {
    return new Reader(bytes, limits).marks();
  } catch (problem) {
    if (problem instanceof RangeError) return undefined;
    throw problem;
  }
}

/** Throws a `RangeError` at the first byte that cannot be. */
class Reader {
  readonly #bytes: Uint8Array;
  readonly #limits: Limits;
  #at = 1;
  #fills = 0;
  #points = 0;

  constructor(bytes: Uint8Array, limits: Limits) {
    this.#bytes = bytes;
    this.#limits = limits;
  }

  marks(): Mark[] {
    const marks: Mark[] = [];
    while (this.#at < this.#bytes.length) {
      within(marks.length + 1, 1, this.#limits.marks);
      marks.push(this.#mark(this.#byte()));
    }
    return marks;
  }

  #mark(kind: number): Mark {
    const ink = this.#byte();
    if (kind === FILL) {
      within(++this.#fills, 1, this.#limits.fills);
      return { kind: 'fill', ink, x: within(this.#varint(), 0, SIDE - 1), y: within(this.#varint(), 0, SIDE - 1) };
    }
    within(kind, STROKE, PRESSED_STROKE);
    const width = within(this.#byte() * WIDTHS.step, WIDTHS.least, WIDTHS.most);
    const count = within(this.#varint(), 1, this.#limits.points - this.#points);
    this.#points += count;
    const points: Point[] = [];
    let [x, y] = [0, 0];
    for (let index = 0; index < count; index++) {
      x = within(x + this.#signed(), -MARGIN, SIDE + MARGIN);
      y = within(y + this.#signed(), -MARGIN, SIDE + MARGIN);
      points.push({ x, y, pressure: (kind === PRESSED_STROKE ? within(this.#byte(), 0, PRESSURES) : MIDDLE) / PRESSURES });
    }
    return { kind: 'stroke', nib: { ink, width }, points };
  }

  #byte(): number {
    const byte = this.#bytes[this.#at++];
    if (byte === undefined) throw new RangeError('the text ends too early');
    return byte;
  }

  #varint(): number {
    let value = 0;
    for (let shift = 0; shift < 21; shift += 7) {
      const byte = this.#byte();
      value |= (byte & 127) << shift;
      if (byte < 128) return value;
    }
    throw new RangeError('a number is too long');
  }

  #signed(): number {
    const value = this.#varint();
    return value & 1 ? -(value + 1) / 2 : value / 2;
  }
}

function within(value: number, least: number, most: number): number {
  if (value < least || value > most) throw new RangeError(`${value} is not from ${least} to ${most}`);
  return value;
}
