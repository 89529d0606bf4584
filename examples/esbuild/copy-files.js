import { cpSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Copies the page, and what the package fetches, to where `base` says. */
export function copyFiles() {
  const from = dirname(fileURLToPath(import.meta.resolve('vitrine-classifier')));
  const to = join(import.meta.dirname, 'dist');
  mkdirSync(to, { recursive: true });
  cpSync(join(import.meta.dirname, 'index.html'), join(to, 'index.html'));
  for (const path of ['wasm', 'models', 'worker.js', 'worker.classic.js']) cpSync(join(from, path), join(to, 'vitrine', path), { recursive: true });
}
