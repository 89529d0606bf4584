/** The sums of the files that the service worker keeps: what comes wrong is not kept, and what is damaged is fetched again. */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { Plugin } from 'vite';

/** The folder that is being built into. */
let dist = '';

/** Learns where the files are that {@link withSums} reads. */
export const sums = (): Plugin => ({
  name: 'vitrine:sums',
  configResolved: ({ root, build }) => {
    dist = resolve(root, build.outDir);
  },
});

interface File {
  readonly url: string;
  readonly revision?: string | null;
  readonly size: number;
}

/** Gives each file its sum, but not the page: hosts may rewrite its HTML. */
export async function withSums(files: readonly File[]): Promise<{ manifest: (File & { revision: string | null; integrity?: string })[] }> {
  const manifest = files.map(async (file) => {
    const entry = { ...file, revision: file.revision ?? null };
    if (file.url === 'index.html') return entry;
    const bytes = await readFile(resolve(dist, file.url));
    // Of what hosts may unpack on the way, the sum is that of the content.
    const sum = createHash('sha256').update(file.url.endsWith('.gz') ? gunzipSync(bytes) : bytes).digest('base64');
    return { ...entry, integrity: `sha256-${sum}` };
  });
  return { manifest: await Promise.all(manifest) };
}
