/** The index of the greatest value; of equals, the lowest. */
export function argmax(values: ArrayLike<number>): number {
  let at = 0;
  for (let index = 1; index < values.length; index++) {
    if ((values[index] ?? 0) > (values[at] ?? 0)) at = index;
  }
  return at;
}
