/** Fails the build, naming the file, when models/ is not complete. */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';

const models = fileURLToPath(new URL('../../models/', import.meta.url));

interface Manifest {
  readonly files: readonly { readonly path: string; readonly bytes: number }[];
}

/** Checks presence and sizes; the hashes are checked where the files are read. */
export function requireModels(): Plugin {
  return {
    name: 'vitrine-models',
    buildStart() {
      for (const name of ['manifest.json', 'metrics.json']) need(name);
      const manifest = JSON.parse(readFileSync(`${models}manifest.json`, 'utf8')) as Manifest;
      for (const { path, bytes } of manifest.files) need(path, bytes);
    },
  };
}

function need(name: string, bytes?: number): void {
  if (!existsSync(models + name)) throw new Error(`models/${name} is missing; restore it from git or run ./build.sh models`);
  const got = statSync(models + name).size;
  if (bytes !== undefined && got !== bytes) {
    throw new Error(`models/${name}: the manifest says ${bytes} bytes, the file has ${got}; run ./build.sh models`);
  }
}
