/** Bytes ↔ text that can stand in an address (RFC 4648, section 5, without padding). */

export function toBase64url(bytes: Uint8Array): string {
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}

/** The bytes; `undefined` when the text is not of this form. */
export function fromBase64url(text: string): Uint8Array | undefined {
  // A single character left over holds six bits: no byte. `atob` alone would also skip blanks.
  if (!/^[\w-]*$/.test(text) || text.length % 4 === 1) return undefined;
  return Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (character) => character.charCodeAt(0));
}
