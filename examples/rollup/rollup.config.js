/** Rollup leaves addresses beside a script as they are: the files are copied, and `base` says where they are. */
import resolve from '@rollup/plugin-node-resolve';
import { copyFiles } from './copy-files.js';

copyFiles();

export default {
  input: 'main.js',
  output: { dir: 'dist', format: 'es' },
  plugins: [resolve()],
};
