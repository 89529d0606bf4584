/** Whether the page stands in a frame, and what of the browser that frame has no share in. */

/** Whether another page is around it. */
export function isFramed(): boolean {
  return window.parent !== window;
}

/** Whether it has no origin of its own, as in a frame with `sandbox` and without `allow-same-origin`. */
export function isOpaque(): boolean {
  return self.origin === 'null';
}

/** What of this document browsers call its policy; Firefox has none to ask. */
interface Asked {
  readonly featurePolicy?: { allowsFeature(feature: string): boolean };
}

/** Whether the page, and all that is around it, lets it use `feature`; `undefined` where the browser does not say. */
export function allows(feature: string): boolean | undefined {
  return (document as Document & Asked).featurePolicy?.allowsFeature(feature);
}
