/** Packs the two files of the test set into the site, named after their content, when VITRINE_DATA or ../data holds them. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { Plugin } from 'vite';
import { hashed } from './hashed';

const FILES = { images: 't10k-images-idx3-ubyte', labels: 't10k-labels-idx1-ubyte' };

/** What the page knows of a file: its address, and of its content, unpacked, the length and the sum. */
interface Packed {
  readonly url: string;
  readonly path: string;
  readonly bytes: number;
  /** SHA-256, in hex. */
  readonly sha256: string;
}

/** The files where they were found, and the plugin that packs them (or serves them, in development). */
export function testSet(): { readonly files: Readonly<Record<keyof typeof FILES, Packed>> | undefined; readonly plugin: Plugin } {
  // VITRINE_DATA is relative to the repository, as it is for the command line.
  const repository = resolve(import.meta.dirname, '../..');
  const folders = [process.env.VITRINE_DATA ?? '', 'data'].filter((folder) => folder !== '').map((path) => resolve(repository, path));
  const folder = folders.find((path) => Object.values(FILES).every((name) => existsSync(join(path, `${name}.gz`))));
  const contents = new Map<string, Buffer>();
  const packed = (name: string): Packed => {
    const path = `${name}.gz`;
    const file = readFileSync(join(folder ?? '', path));
    const url = hashed(path, file);
    contents.set(url, file);
    // A host may unpack it on the way: only what is in it is the same everywhere.
    const content = gunzipSync(file);
    return { url, path, bytes: content.length, sha256: createHash('sha256').update(content).digest('hex') };
  };
  return {
    files: folder === undefined ? undefined : { images: packed(FILES.images), labels: packed(FILES.labels) },
    plugin: {
      name: 'vitrine-test-set',
      generateBundle() {
        for (const [fileName, source] of contents) this.emitFile({ type: 'asset', fileName, source });
      },
      configureServer(server) {
        for (const [url, file] of contents) server.middlewares.use(`/${url}`, (_request, response) => void response.end(file));
      },
    },
  };
}
