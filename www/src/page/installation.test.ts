/** The offer to install: kept until it is wanted, used once, gone when the page is installed. */
import { expect, test, vi } from 'vitest';
import { Installation } from './installation';

function offer(): Event & { prompt: () => Promise<void> } {
  return Object.assign(new Event('beforeinstallprompt', { cancelable: true }), { prompt: vi.fn(() => Promise.resolve()) });
}

test('an offer is kept, and asked of the visitor once, when wanted', async () => {
  const window = new EventTarget();
  const changed = vi.fn();
  const installation = new Installation(window, changed);
  expect(installation.isOffered).toBe(false);
  const made = offer();
  window.dispatchEvent(made);
  expect(made.defaultPrevented).toBe(true);
  expect([installation.isOffered, changed.mock.calls.length]).toEqual([true, 1]);
  expect(made.prompt).not.toHaveBeenCalled();
  await installation.install();
  await installation.install();
  expect(made.prompt).toHaveBeenCalledOnce();
  expect(installation.isOffered).toBe(false);
});

test('installed some other way, or taken out of the document, nothing is offered', () => {
  const window = new EventTarget();
  const installation = new Installation(window, () => undefined);
  window.dispatchEvent(offer());
  window.dispatchEvent(new Event('appinstalled'));
  expect(installation.isOffered).toBe(false);
  installation.end();
  window.dispatchEvent(offer());
  expect(installation.isOffered).toBe(false);
});
