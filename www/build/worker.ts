/** The worker as one script: a module, or a classic script for places where browsers start no module. */
import { resolve } from 'node:path';
import { build, type Plugin } from 'vite';

const www = resolve(import.meta.dirname, '..');

/** The worker is always told where its wasm is: bundlers would otherwise take it for the worker's own. */
export const withoutAddress = (): Plugin => ({
  name: 'vitrine-worker-address',
  enforce: 'pre',
  transform(code, id) {
    if (!id.endsWith('/pkg/vitrine.js')) return undefined;
    const told = code.replace(/module_or_path = new URL\([^)]*\);/, "throw new Error('the worker was not told where its wasm is');");
    if (told === code || told.includes('import.meta')) throw new Error('pkg/vitrine.js is not as it was: its address could not be taken out');
    return { code: told, map: null };
  },
});

/** Its text. */
export async function worker(format: 'es' | 'iife'): Promise<string> {
  const output = await build({
    root: www,
    configFile: false,
    logLevel: 'error',
    plugins: [withoutAddress()],
    build: {
      write: false,
      target: 'es2023',
      modulePreload: false,
      rolldownOptions: { input: resolve(www, 'src/engine/worker.ts'), output: { format, codeSplitting: false, entryFileNames: 'worker.js' } },
    },
  });
  if (Array.isArray(output) || !('output' in output) || output.output.length !== 1) throw new Error('the worker is not one script');
  return output.output[0].code;
}
