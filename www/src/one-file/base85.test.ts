import fc from 'fast-check';
import { Buffer } from 'node:buffer';
import { expect, it } from 'vitest';
import { fromBase85, toBase85 } from './base85';

it('gives the bytes back, of any length, in letters that end no element', () =>
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
      const text = toBase85(bytes);
      expect(text).toMatch(/^[^<>&"'\\\s]*$/);
      expect(text.length).toBe(Math.ceil((bytes.length * 5) / 4));
      expect([...fromBase85(text)]).toEqual([...bytes]);
    }),
  ));

it('is Ascii85 in other letters', () => {
  // Adobe's digits begin at “!”; of the largest number: s8W-!.
  const adobe = (text: string): string => Buffer.from(Array.from(toBase85(Buffer.from(text, 'latin1')), (letter) => 33 + LETTERS.indexOf(letter))).toString('latin1');
  expect(adobe('\xff\xff\xff\xff')).toBe('s8W-!');
  expect(adobe('Man ')).toBe('9jqo^');
});

const LETTERS = Array.from({ length: 85 }, (_, digit) => toBase85(new Uint8Array([0, 0, 0, digit])).at(-1)).join('');
