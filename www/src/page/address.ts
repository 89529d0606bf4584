/** What stands behind the `#` of the page's address: `draw=…&models=mlp,knn`. */

/** Longer than any address that this page writes. */
export const LONGEST = 40_000;

/** `entries` as an address has them, without the `#`. */
export function formatHash(entries: Iterable<readonly [string, string]>): string {
  return Array.from(entries, ([key, value]) => `${key}=${escaped(value)}`).join('&');
}

/** The entries of an address; `undefined` when it is not of the form that `formatHash` gives, or too long. */
export function parseHash(hash: string): Map<string, string> | undefined {
  const text = hash.replace(/^#/, '');
  const entries = new Map<string, string>();
  if (text === '') return entries;
  if (text.length > LONGEST) return undefined;
  for (const part of text.split('&')) {
    const [, key, value] = /^([a-z]+)=(.*)$/s.exec(part) ?? [];
    if (key === undefined || value === undefined || entries.has(key)) return undefined;
    try {
      entries.set(key, decodeURIComponent(value));
    } catch {
      return undefined;
    }
  }
  return entries;
}

/** Percent-encoded but for what is harmless and frequent; half a surrogate pair becomes the replacement character. */
function escaped(value: string): string {
  return encodeURIComponent(value.replaceAll(/\p{Surrogate}/gu, '\uFFFD')).replaceAll('%2C', ',').replaceAll('%3A', ':').replaceAll('%2F', '/');
}
