/** Fetches a file whole, telling how far it has come; progress never goes back. */
import { CodedError } from './failure';

/**
 * The body of `url`. `expected`: its size in bytes, when it is known, for `progress` (0 to 1). Throws `io` when the
 * server cannot be reached or does not have it.
 */
export async function download(url: string, expected: number | undefined, progress: (fraction: number) => void): Promise<Uint8Array<ArrayBuffer>> {
  let response: Response;
  try {
    response = await fetch(url);
  } catch {
    throw new CodedError('io', `${url} could not be fetched; check the connection and try again`);
  }
  if (!response.ok || !response.body) {
    throw new CodedError('io', `${url}: the server answered ${response.status}; try again later`);
  }
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let length = 0;
  try {
    // Not `for await`: Safari's streams are no iterables.
    const reader = response.body.getReader();
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      chunks.push(part.value);
      length += part.value.length;
      if (expected) progress(Math.min(1, length / expected));
    }
  } catch {
    throw new CodedError('io', `${url}: the connection broke after ${length} bytes; try again`);
  }
  const whole = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
}
