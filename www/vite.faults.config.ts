/** The test build, into dist-faults/: the site with the wasm package and the artefacts of faults/, which can be told to fail. */
import { resolve } from 'node:path';
import { defineConfig, mergeConfig } from 'vitest/config';
import site from './vite.config.ts';

const at = (path: string): string => resolve(import.meta.dirname, path);

export default mergeConfig(
  site,
  defineConfig({
    resolve: {
      alias: [
        { find: /^\.\.\/\.\.\/pkg\/vitrine\.js$/, replacement: at('faults/package.ts') },
        { find: /^(\.\.?\/)+patience$/, replacement: at('faults/patience.ts') },
        { find: /^\.\/artefacts\/site$/, replacement: at('faults/site.ts') },
      ],
    },
    build: { outDir: 'dist-faults', rolldownOptions: { input: { index: at('index.html'), engine: at('faults.html') } } },
  }),
);
