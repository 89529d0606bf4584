/** Each way to fail fails as it says; hanging is left to a browser. */
import { expect, test, vi } from 'vitest';
import { fail } from './fail';

test('each way to fail throws what the engine has to recognise', () => {
  const spoken = vi.spyOn(console, 'error').mockReturnValue();
  expect(fail.trap).toThrow(WebAssembly.RuntimeError);
  expect(fail.panic).toThrow(WebAssembly.RuntimeError);
  expect(fail.stack).toThrow(RangeError);
  expect(fail.memory).toThrow(RangeError);
  expect(spoken).toHaveBeenCalledOnce();
  spoken.mockRestore();
});
