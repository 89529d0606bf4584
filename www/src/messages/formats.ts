/** Intl's formats, each made when it is first used: making all of them would hold up the first paint by milliseconds each. */

export function numbers(tag: string, options?: Intl.NumberFormatOptions): (value: number) => string {
  let made: Intl.NumberFormat | undefined;
  return (value) => (made ??= new Intl.NumberFormat(tag, options)).format(value);
}

/** `a, b and c`. */
export function lists(tag: string): (items: readonly string[]) => string {
  let made: Intl.ListFormat | undefined;
  return (items) => (made ??= new Intl.ListFormat(tag, { type: 'conjunction' })).format(items);
}
