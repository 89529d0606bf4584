/** Packs bytes by `vitrine-xz`, which build.sh compiles: Node.js has no encoder as good. */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const www = resolve(import.meta.dirname, '..');
const tool = resolve(www, '..', process.env.CARGO_TARGET_DIR ?? 'target', 'tool/vitrine-xz');
/** By hash: what did not change since the last build is not packed anew. */
const kept = join(www, 'node_modules/.vite/xz');

export function xz(bytes: Uint8Array): Uint8Array {
  const path = join(kept, `${createHash('sha256').update(bytes).digest('hex')}.xz`);
  if (existsSync(path)) return readFileSync(path);
  if (!existsSync(tool)) throw new Error(`${tool} is missing; run ./build.sh build`);
  const packed = execFileSync(tool, { input: bytes, maxBuffer: 2 * bytes.length + 1024 });
  mkdirSync(kept, { recursive: true });
  writeFileSync(path, packed);
  return packed;
}
