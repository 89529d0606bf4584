/** Fetches a file whole, for as long as its bytes keep coming. */

export interface Whole {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Those of a body that has been unpacked: policies included, its encoding and length not. */
  readonly headers: Headers;
}

/** `undefined` when the host does not have it, or cannot be reached; `stalled` when nothing came for `stall` milliseconds. */
export async function whole(url: string, cache: RequestCache, stall: number): Promise<Whole | 'stalled' | undefined> {
  const abort = new AbortController();
  let timer = setTimeout(() => abort.abort(), stall);
  try {
    const response = await fetch(url, { cache, credentials: 'same-origin', signal: abort.signal });
    if (!response.ok || !response.body) return undefined;
    const parts: Uint8Array<ArrayBuffer>[] = [];
    // Not `for await`: Safari's streams are no iterables.
    const reader = response.body.getReader();
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      clearTimeout(timer);
      timer = setTimeout(() => abort.abort(), stall);
      parts.push(part.value);
    }
    return { bytes: new Uint8Array(await new Blob(parts).arrayBuffer()), headers: headersOf(response) };
  } catch {
    return abort.signal.aborted ? 'stalled' : undefined;
  } finally {
    clearTimeout(timer);
    abort.abort();
  }
}

export function headersOf({ headers }: Response): Headers {
  const kept = new Headers(headers);
  for (const name of ['content-encoding', 'content-length', 'transfer-encoding']) kept.delete(name);
  return kept;
}
