/** What texts of every language are made with. Intl's formats are each made when it is first used: making all of them would hold up the first paint by milliseconds each. */

export function numbers(tag: string, options?: Intl.NumberFormatOptions): (value: number) => string {
  let made: Intl.NumberFormat | undefined;
  return (value) => (made ??= new Intl.NumberFormat(tag, options)).format(value);
}

/** `a, b and c`. */
export function lists(tag: string): (items: readonly string[]) => string {
  let made: Intl.ListFormat | undefined;
  return (items) => (made ??= new Intl.ListFormat(tag, { type: 'conjunction' })).format(items);
}

/** The parts of a text that `english` marked, captured. */
export const ENGLISH = /\u2066([^\u2069]*)\u2069/;

/** English within a text of another language: isolated, so that it reads from left to right (Unicode UAX #9), and can be found (components/foreign.ts). */
export function english(text: string): string {
  return `\u2066${text.replaceAll(/[\u2066-\u2069]/g, '')}\u2069`;
}

/** Of an engine's or Rust's message what was expected and what came: its remedy is for those who make the files. */
export function facts(message: string): string {
  return message.split(';', 1)[0] ?? message;
}
