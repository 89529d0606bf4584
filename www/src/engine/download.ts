/** Fetches a file whole, telling how far it has come; progress never goes back, and what stalls is given up. */
import { unlessForbidden } from '../forbidden';
import { CodedError } from './failure';
import type { Source } from './protocol';

/** How a file is fetched. */
export interface Way {
  /** Milliseconds without a byte after which it is given up. */
  readonly stall: number;
  /** Past the browser's caches. */
  readonly anew: boolean;
  /** Called whenever bytes have come. */
  readonly alive: () => void;
}

/** The last part of an address: what a file is called towards visitors. */
export function nameOf(url: string): string {
  return decodeURIComponent(url.split(/[?#]/, 1)[0]?.split('/').at(-1) ?? url);
}

/** A response that is being fetched, as long as its bytes keep coming. */
export interface Fetched {
  readonly response: Response;
  readonly body: ReadableStream<Uint8Array<ArrayBuffer>>;
  /** Tells that `count` bytes have come. */
  readonly came: (count: number) => void;
  /** What it means that no more came: it stalled, or the connection broke. */
  readonly broken: () => CodedError;
  /** Ends the watch over it; what has not come yet is not waited for. */
  readonly done: () => void;
}

/** Begins to fetch `url`; throws `io` when the server cannot be reached, does not have it, or says nothing. */
export async function begin(url: string, { stall, anew, alive }: Way): Promise<Fetched> {
  const name = nameOf(url);
  const abort = new AbortController();
  let length = 0;
  let timer = setTimeout(() => abort.abort(), stall);
  const broken = (): CodedError =>
    abort.signal.aborted
      ? new CodedError('io', `${name}: nothing came for ${Math.round(stall / 1000)} s after ${length} bytes; try again`)
      : new CodedError('io', `${name}: the connection broke after ${length} bytes; try again`);
  const done = (): void => {
    clearTimeout(timer);
    abort.abort();
  };
  let response: Response;
  try {
    response = await unlessForbidden(
      'connect-src',
      () => fetch(url, { signal: abort.signal, cache: anew ? 'reload' : 'default' }),
      () => new CodedError('connect', `${name} may not be fetched: expected its address in connect-src of the content security policy`),
    );
  } catch (thrown) {
    const problem = thrown instanceof CodedError ? thrown : abort.signal.aborted ? broken() : new CodedError('io', `${name} could not be fetched; check the connection and try again`);
    done();
    throw problem;
  }
  if (!response.ok || !response.body) {
    done();
    throw new CodedError('io', `${name}: the server answered ${response.status}; try again later`);
  }
  const came = (count: number): void => {
    length += count;
    clearTimeout(timer);
    timer = setTimeout(() => abort.abort(), stall);
    alive();
  };
  return { response, body: response.body, came, broken, done };
}

/** The bytes of `source`. `expected`: their number, when it is known, for `progress` (0 to 1). */
export async function download(source: Source, way: Way, expected?: number, progress: (fraction: number) => void = () => undefined): Promise<Uint8Array<ArrayBuffer>> {
  if (source instanceof Uint8Array) return source;
  if (typeof source !== 'string') return new Uint8Array(await source.arrayBuffer());
  const { body, came, broken, done } = await begin(source, way);
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let length = 0;
  try {
    // Not `for await`: Safari's streams are no iterables.
    const reader = body.getReader();
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      chunks.push(part.value);
      length += part.value.length;
      came(part.value.length);
      if (expected) progress(Math.min(1, length / expected));
    }
  } catch {
    throw broken();
  } finally {
    done();
  }
  const whole = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
}
