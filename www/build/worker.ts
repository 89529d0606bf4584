/** The worker as one script: a module, or a classic script for places where browsers start no module. */
import { resolve } from 'node:path';
import { build } from 'vite';

const www = resolve(import.meta.dirname, '..');

/** Its text. */
export async function worker(format: 'es' | 'iife'): Promise<string> {
  const output = await build({
    root: www,
    configFile: false,
    logLevel: 'error',
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
