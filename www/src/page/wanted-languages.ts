/** The languages that a visitor asks for. */
import { parseHash } from './address';

/** By link, by address, by the browser's settings. */
export function wantedLanguages(hash: string, search: string, browser: readonly string[]): string[] {
  const explicit = [parseHash(hash)?.get('lang'), new URLSearchParams(search).get('lang')];
  return [...explicit.filter((tag) => tag !== undefined && tag !== null), ...browser];
}
