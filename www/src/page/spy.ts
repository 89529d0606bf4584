/** Follows which of several places is in the middle of the view: where the visitor is. */

/** `tell`: called with a place that has come there, or is not there any more. */
export function spy(tell: (place: Element, isThere: boolean) => void): IntersectionObserver {
  return new IntersectionObserver(
    (entries) => {
      for (const { isIntersecting, target } of entries) tell(target, isIntersecting);
    },
    { rootMargin: '-49% 0px -50% 0px' },
  );
}
