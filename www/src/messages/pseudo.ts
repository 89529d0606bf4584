/** Pseudo-languages: English made long and accented, or turned right to left, to see whether the page bears it. */
import type { Messages } from './index';

const ACCENTS: Readonly<Record<string, string>> = { a: 'á', c: 'ç', e: 'é', i: 'í', n: 'ñ', o: 'ö', s: 'š', u: 'ü', y: 'ý', A: 'Å', E: 'É', O: 'Ø', U: 'Û' };
const RIGHT_TO_LEFT = '\u202e';
const END = '\u202c';

/** Each text with accents, and half as long again by a word that cannot be broken. */
export function accented(messages: Messages): Messages {
  return mapped(messages, (text) => {
    const more = '~'.repeat(Math.ceil(text.length / 2));
    return `[${text.replaceAll(/./gu, (letter) => ACCENTS[letter] ?? letter)}${more}]`;
  });
}

/** Each text as a reader of Arabic or Hebrew would find it: from right to left. */
export function mirrored(messages: Messages): Messages {
  return mapped(messages, (text) => RIGHT_TO_LEFT + text + END);
}

/** `value` with every text in it, and every text that its functions return, changed; figures stay. */
function mapped<Value>(value: Value, change: (text: string) => string): Value {
  const visit = (part: unknown): unknown => {
    if (typeof part === 'string') return /\p{L}/u.test(part) ? change(part) : part;
    if (typeof part === 'function') return (...given: unknown[]) => visit((part as (...given: unknown[]) => unknown)(...given));
    if (Array.isArray(part)) return part.map(visit);
    if (typeof part === 'object' && part !== null) return Object.fromEntries(Object.entries(part).map(([key, inner]) => [key, visit(inner)]));
    return part;
  };
  return visit(value) as Value;
}
