/** Compiles the file of the wasm package that this browser runs fastest. */
import { download } from './download';
import { CodedError } from './failure';
import { hasRelaxedSimd, hasSimd, type Validate } from './features';

/** The addresses of the two files; they answer alike. */
export interface WasmFiles {
  readonly plain: string;
  readonly relaxed: string;
}

/** `compile`: fetches and compiles one. Throws `browser` where neither can run. */
export async function compileFastest(
  { plain, relaxed }: WasmFiles,
  compile: (url: string) => Promise<WebAssembly.Module> = compileFile,
  validate?: Validate,
): Promise<WebAssembly.Module> {
  if (!hasSimd(validate)) {
    throw new CodedError('browser', `${plain}: expected a browser that runs WebAssembly with SIMD, got one that does not; update it, or allow WebAssembly in its settings`);
  }
  if (hasRelaxedSimd(validate)) {
    try {
      return await compile(relaxed);
    } catch {
      // Offline, a browser that learned relaxed SIMD since its last visit has the other file. If that fails too, it says so.
    }
  }
  return compile(plain);
}

async function compileFile(url: string): Promise<WebAssembly.Module> {
  try {
    return await WebAssembly.compileStreaming(fetch(url));
  } catch (streaming) {
    // A server that does not know application/wasm: compile the bytes instead.
    if (!(streaming instanceof TypeError)) throw streaming;
    return WebAssembly.compile(await download(url, undefined, () => undefined));
  }
}
