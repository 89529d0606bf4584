/** Where the focus goes when the control that has it is about to go: left alone it falls to the body, and a visitor without a mouse begins at the top. */

/** Gives the focus to `place`, which need not be a control. */
export function passFocus(place: HTMLElement | null | undefined, options?: FocusOptions): void {
  if (!place) return;
  if (place.tabIndex < 0 && !place.hasAttribute('tabindex')) place.tabIndex = -1;
  place.focus(options);
}

/** Gives the focus to what `selector` finds beside `control`, which may come only with the next update. */
export async function passFocusLater(control: Element, selector: string): Promise<void> {
  const root = control.getRootNode();
  if (!(root instanceof ShadowRoot)) return;
  await (root.host as Element & { readonly updateComplete?: Promise<unknown> }).updateComplete;
  root.querySelector<HTMLElement>(selector)?.focus();
}
