/** Waits for something until nobody wants it any more. */
import { CodedError } from './failure';

/** What `promise` comes to; rejects with `cancelled` as soon as `signal` fires. */
export function unlessAborted<Value>(promise: Promise<Value>, signal: AbortSignal | undefined): Promise<Value> {
  if (!signal) return promise;
  return new Promise((resolve, reject) => {
    const abort = (): void => reject(new CodedError('cancelled', 'cancelled'));
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}
