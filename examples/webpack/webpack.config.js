/** webpack finds the worker, the wasm and the models by itself. */
import { copyFileSync, mkdirSync } from 'node:fs';
import { resolve } from 'node:path';

const dist = resolve(import.meta.dirname, 'dist');
mkdirSync(dist, { recursive: true });
copyFileSync(resolve(import.meta.dirname, 'index.html'), resolve(dist, 'index.html'));

export default {
  mode: 'production',
  entry: './main.js',
  output: { path: dist, filename: 'main.js', publicPath: 'auto' },
  performance: { hints: false },
};
