/**
 * Bytes as letters that may stand in a script element, five for four bytes: a fifth more than the bytes, where base64 takes a
 * third. The big-endian number of four bytes is written with 85 digits, as Ascii85 does; a last group of n bytes takes n + 1.
 */
const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%()*+,-./:;=?@[]^_{}';
const BASE = DIGITS.length;
const [BYTES, LETTERS] = [4, 5];

export function toBase85(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += BYTES) {
    const group = bytes.subarray(at, at + BYTES);
    let number = 0;
    for (let place = 0; place < BYTES; place++) number = number * 256 + (group[place] ?? 0);
    let letters = '';
    for (let place = 0; place < LETTERS; place++) {
      letters = (DIGITS[number % BASE] ?? '') + letters;
      number = Math.floor(number / BASE);
    }
    text += letters.slice(0, group.length + 1);
  }
  return text;
}

/** Of text that {@link toBase85} gave; other text gives other bytes. */
export function fromBase85(text: string): Uint8Array<ArrayBuffer> {
  const values = new Uint8Array(128);
  for (let value = 0; value < BASE; value++) values[DIGITS.charCodeAt(value)] = value;
  const whole = Math.floor(text.length / LETTERS);
  const rest = text.length - whole * LETTERS;
  const bytes = new Uint8Array(whole * BYTES + Math.max(0, rest - 1));
  for (let group = 0; group * LETTERS < text.length; group++) {
    let number = 0;
    for (let place = 0; place < LETTERS; place++) {
      const letter = text.charCodeAt(group * LETTERS + place);
      // What the last group lacks counts as the largest digit: its bytes are what is left of the number when it is cut.
      number = number * BASE + (Number.isNaN(letter) ? BASE - 1 : (values[letter & 127] ?? 0));
    }
    for (let place = 0; place < BYTES; place++) {
      const at = group * BYTES + place;
      if (at < bytes.length) bytes[at] = (number >>> (8 * (BYTES - 1 - place))) & 255;
    }
  }
  return bytes;
}
