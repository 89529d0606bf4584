/** Addresses: there and back, and what no address may do. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatHash, LONGEST, parseHash } from './address';

const key = fc.stringMatching(/^[a-z]{1,12}$/);
/** Any text, halves of surrogate pairs included. */
const codeUnits = fc.array(fc.nat(0xffff), { maxLength: 60 }).map((units) => String.fromCharCode(...units));
const entries = fc.uniqueArray(fc.tuple(key, fc.string({ unit: 'grapheme', maxLength: 60 })), { selector: ([name]) => name, maxLength: 8 });

describe('addresses', () => {
  it('come back as they were', () => {
    fc.assert(
      fc.property(entries, (given) => {
        expect([...(parseHash(`#${formatHash(given)}`) ?? [])]).toEqual(given);
      }),
    );
  });

  it('survive the browser’s own reading of an address', () => {
    fc.assert(
      fc.property(entries, (given) => {
        const address = new URL('http://127.0.0.1/');
        address.hash = formatHash(given);
        expect([...(parseHash(address.hash) ?? [])]).toEqual(given);
      }),
    );
  });

  it('are understood or refused, whatever they are', () => {
    const hashes = fc.oneof(fc.string(), codeUnits, fc.array(fc.constantFrom('a', 'bc', '=', '&', '%', '%41', '%zz', '%C3%A9', '1', '#'), { maxLength: 20 }).map((pieces) => `#${pieces.join('')}`));
    fc.assert(
      fc.property(hashes, (hash) => {
        const read = parseHash(hash);
        if (read) expect(parseHash(formatHash(read))).toEqual(read);
      }),
    );
  });

  it('with half a surrogate pair are still written', () => {
    expect(parseHash(formatHash([['task', 'a\uD83D']]))?.get('task')).toBe('a\uFFFD');
  });

  it.each(['#top', '#a=%', '#a=1&a=2', '#A=1', '#=1', `#a=${'x'.repeat(LONGEST)}`])('%.20s is refused', (hash) => expect(parseHash(hash)).toBeUndefined());

  it('an empty one has no entries', () => {
    expect(parseHash('')?.size).toBe(0);
    expect(parseHash('#')?.size).toBe(0);
  });
});
