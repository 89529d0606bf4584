/** Another version of the built site, as a change to anything in it would make it: other names, other sums. */
import { createHash } from 'node:crypto';
import { cp, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { repository } from './site.mjs';

export const dist = join(repository, 'www/dist');

/** A copy of the built site; `remove` it in the end. */
export async function copy() {
  const folder = await mkdtemp(join(tmpdir(), 'vitrine-'));
  await cp(dist, folder, { recursive: true });
  return { folder, remove: () => rm(folder, { recursive: true }) };
}

/** Has the site in `folder` become its next version: every script, or whatever `which` says, has another name, and the old ones are gone. */
export async function advance(folder, which = /\.js$/) {
  const names = (await readdir(join(folder, 'assets'))).filter((name) => which.test(name));
  const next = new Map(names.map((name) => [name, name.replace(/-([\w-]{8})\.(\w+)$/, (_all, hash, kind) => `-${[...hash].reverse().join('')}.${kind}`)]));
  for (const [name, other] of next) if (other !== name) await rename(join(folder, 'assets', name), join(folder, 'assets', other));
  for (const path of ['index.html', 'sw.js', ...[...next.values()].filter((name) => /\.(js|css)$/.test(name)).map((name) => join('assets', name))]) {
    let text = await readFile(join(folder, path), 'utf8');
    for (const [name, other] of next) text = text.replaceAll(name, other);
    if (path === 'index.html') text = text.replace('<meta charset', '<meta name="version" content="next" /><meta charset');
    await writeFile(join(folder, path), text);
  }
  await renewSums(folder);
}

/** Writes the files' sums into the service worker's list. */
export async function renewSums(folder) {
  const path = join(folder, 'sw.js');
  const text = await readFile(path, 'utf8');
  const files = [...text.matchAll(/"?url"?:"([^"]+)"/g)].map(([, url]) => url);
  let renewed = text;
  for (const url of files) {
    const bytes = await readFile(join(folder, url));
    const sum = createHash('sha256').update(url.endsWith('.gz') ? gunzipSync(bytes) : bytes).digest('base64');
    renewed = renewed.replace(new RegExp(`\\{[^{}]*"?url"?:"${url.replaceAll('.', '\\.')}"[^{}]*\\}`), (entry) => entry.replace(/sha256-[^"]+/, `sha256-${sum}`));
  }
  await writeFile(path, renewed);
}
