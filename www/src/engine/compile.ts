/** Compiles the file of the wasm package that this browser runs fastest. */
import { begin, download, type Fetched, nameOf, type Way } from './download';
import { CodedError } from './failure';
import { hasRelaxedSimd, hasSimd, type Validate } from './features';
import type { Source, WasmFiles } from './protocol';
import type { Store } from './store';

/** `compile`: fetches and compiles one. Throws `browser` where neither can run, `policy` where the page may not compile. */
export async function compileFastest(
  { plain, relaxed }: WasmFiles,
  compile: (source: Source) => Promise<WebAssembly.Module>,
  validate?: Validate,
): Promise<WebAssembly.Module> {
  if (!hasSimd(validate)) {
    throw new CodedError('browser', 'expected a browser that runs WebAssembly with SIMD, got one that does not; update it, or allow WebAssembly in its settings');
  }
  if (relaxed !== undefined && hasRelaxedSimd(validate)) {
    try {
      return await compile(relaxed);
    } catch (thrown) {
      // Offline, a browser that learned relaxed SIMD since its last visit has the other file. If that fails too, it says so.
      if (thrown instanceof CodedError && thrown.code === 'policy') throw thrown;
    }
  }
  return compile(plain);
}

/** Compiles one file, while it comes where the server names its type. `store`: where it is kept when it could be compiled. */
export async function compileSource(source: Source, way: Way, store?: Store): Promise<WebAssembly.Module> {
  if (typeof source !== 'string') return compiled('vitrine', await download(source, way));
  const name = nameOf(source);
  const fetched = await begin(source, way);
  const { response, done } = fetched;
  const isTyped = /^application\/wasm\b/i.test(response.headers.get('content-type') ?? '');
  const parts: BlobPart[] | undefined = store?.takes(source) ? [] : undefined;
  const watched = watch(response.clone(), fetched, parts);
  try {
    const module = await (isTyped ? WebAssembly.compileStreaming(response) : response.arrayBuffer().then((bytes) => WebAssembly.compile(bytes)));
    if (parts && (await watched) === undefined) store?.put(source, new Blob(parts), 'application/wasm', way.anew);
    return module;
  } catch (thrown) {
    // Of a connection that broke, engines say the one or the other.
    throw (await watched) ?? refusal(name, thrown);
  } finally {
    done();
  }
}

/** Counts a response's bytes as they come, and gathers them in `parts`; resolves to what kept them from coming. */
async function watch(response: Response, { came, broken }: Fetched, parts?: BlobPart[]): Promise<CodedError | undefined> {
  try {
    const reader = (response.body as ReadableStream<Uint8Array>).getReader();
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      came(part.value.length);
      parts?.push(part.value as Uint8Array<ArrayBuffer>);
    }
    return undefined;
  } catch {
    return broken();
  }
}

async function compiled(name: string, bytes: Uint8Array<ArrayBuffer>): Promise<WebAssembly.Module> {
  try {
    return await WebAssembly.compile(bytes);
  } catch (thrown) {
    throw refusal(name, thrown);
  }
}

/** What a browser's refusal to compile means; its own words differ from engine to engine. */
function refusal(name: string, thrown: unknown): CodedError {
  const words = thrown instanceof Error ? thrown.message : String(thrown);
  if (/content security policy|\bCSP\b|unsafe-eval/i.test(words)) {
    return new CodedError('policy', "the content security policy forbids WebAssembly: expected 'wasm-unsafe-eval' in its script-src");
  }
  return new CodedError('integrity', `${name} is no WebAssembly module that this browser reads; fetch it again`);
}
