/** Names that change with what is in a file, as the bundler's do: such a file never changes, and may be kept for good. */
import { createHash } from 'node:crypto';

/** `start.css` → `assets/start-Co8vmk3i.css`. */
export function hashed(name: string, content: string | Buffer): string {
  const dot = name.lastIndexOf('.');
  return `assets/${name.slice(0, dot)}-${createHash('sha256').update(content).digest('base64url').slice(0, 8)}${name.slice(dot)}`;
}
