/** Packs the two files of the test set into data/ of the site when VITRINE_DATA or ../data holds them. */
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Plugin } from 'vite';

const FILES = ['t10k-images-idx3-ubyte.gz', 't10k-labels-idx1-ubyte.gz'];

/** Whether the files were found, and the plugin that packs them (or serves them, in development). */
export function testSet(): { readonly found: boolean; readonly plugin: Plugin } {
  // VITRINE_DATA is relative to the repository, as it is for the command line.
  const repository = resolve(import.meta.dirname, '../..');
  const folders = [process.env.VITRINE_DATA ?? '', 'data'].filter((folder) => folder !== '');
  const folder = folders.map((path) => resolve(repository, path)).find((path) => FILES.every((file) => existsSync(join(path, file))));
  const read = (file: string): Buffer => readFileSync(join(folder ?? '', file));
  return {
    found: folder !== undefined,
    plugin: {
      name: 'vitrine-test-set',
      generateBundle() {
        if (folder === undefined) return;
        for (const file of FILES) this.emitFile({ type: 'asset', fileName: `data/${file}`, source: read(file) });
      },
      configureServer(server) {
        if (folder === undefined) return;
        for (const file of FILES) server.middlewares.use(`/data/${file}`, (_request, response) => void response.end(read(file)));
      },
    },
  };
}
