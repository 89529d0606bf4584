/**
 * `make`, called again only when one of its arguments is another than the last time: as long as they are the same, so is
 * the value, and a component that gets it has nothing to render.
 */
export function memo<Given extends readonly unknown[], Value>(make: (...given: Given) => Value): (...given: Given) => Value {
  let last: { readonly given: Given; readonly value: Value } | undefined;
  return (...given) => {
    if (!last?.given.every((each, at) => each === given[at])) last = { given, value: make(...given) };
    return last.value;
  };
}
