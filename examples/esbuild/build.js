/** esbuild leaves addresses beside a script as they are: the files are copied, and `base` says where they are. */
import { build } from 'esbuild';
import { copyFiles } from './copy-files.js';

copyFiles();
await build({ entryPoints: ['main.js'], bundle: true, minify: true, format: 'esm', splitting: true, outdir: 'dist' });
