/** What a live region is to say. */

/** `text`, so that it is heard even if it is the same as `before`: a screen reader says what has changed. */
export function heard(before: string, text: string): string {
  return before === text && text !== '' ? `${text}\u00A0` : text;
}
