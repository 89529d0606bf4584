/** Whether an event is meant for something that takes text: what is pasted or dropped there belongs there. */

/** What is dropped beside its place must not replace the page; text may be dropped where text is written. */
export function keepPage(event: DragEvent): void {
  if (event.dataTransfer?.types.includes('Files') || !isForText(event)) event.preventDefault();
}

/** Input elements that take no text, by their type. */
const WITHOUT_TEXT: ReadonlySet<string> = new Set(['button', 'checkbox', 'color', 'file', 'hidden', 'image', 'radio', 'range', 'reset', 'submit']);

export function isForText(event: Event): boolean {
  return event.composedPath().some((target) => {
    if (target instanceof HTMLInputElement) return !WITHOUT_TEXT.has(target.type);
    return target instanceof HTMLTextAreaElement || (target instanceof HTMLElement && target.isContentEditable);
  });
}
