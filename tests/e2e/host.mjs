/** Serves www/dist as static hosts do: compressed, hashed files cached for good; or as others do. */
import { readFile, stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { gzipSync } from 'node:zlib';

const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json',
  '.txt': 'text/plain',
};

/** The strictest policy under which the site works: nothing inline, and nothing that it does not need. */
export const STRICT =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; connect-src 'self'; img-src 'self' data: blob:; style-src 'self'; manifest-src 'self'";

/**
 * Starts it on 127.0.0.1 and `port`. `heard`: told the path of every request. `headers`: more of them, with every answer.
 * `caching(path)`: the Cache-Control of a file, `undefined` for none. `answer(path)`: `{status, headers, body}` in place of
 * the file's, with a `length` more than the body has where the connection breaks off, `'never'` for no answer at all, `'reset'`
 * for a connection that is closed without one, or `undefined`. `at(path)`: the file that an address means, if any. `unpacks`: says
 * of a .gz that its content comes packed, as servers do that take it for an encoding.
 */
export function host(folder, port, heard = () => undefined, { headers = {}, caching = usual, answer = () => undefined, at = (path) => path, unpacks = false } = {}) {
  const compressed = new Map();
  const server = createServer((request, response) => {
    const asked = normalize(new URL(request.url, 'http://127.0.0.1').pathname);
    const path = at(asked)?.replace(/\/$/, '/index.html') ?? '/nothing';
    heard(asked.replace(/\/$/, '/index.html'));
    const other = answer(path);
    if (other === 'never') return;
    if (other === 'reset') {
      request.socket.destroy();
      return;
    }
    if (other) {
      response.writeHead(other.status ?? 200, { ...headers, ...other.headers, ...(other.length ? { 'content-length': other.length } : {}) });
      if (other.length) response.write(other.body, () => request.socket.destroy());
      else response.end(other.body ?? '');
      return;
    }
    const type = TYPES[extname(path)] ?? 'application/octet-stream';
    const send = (body) => {
      const cache = caching(path);
      response.writeHead(200, { 'content-type': type, 'content-encoding': 'gzip', ...(cache === undefined ? {} : { 'cache-control': cache }), ...headers });
      response.end(body);
    };
    const file = join(folder, path);
    stat(file)
      .then(async ({ mtimeMs }) => {
        // A test may put another version there.
        const key = `${file} ${mtimeMs}`;
        if (!compressed.has(key)) compressed.set(key, unpacks && path.endsWith('.gz') ? await readFile(file) : gzipSync(await readFile(file)));
        send(compressed.get(key));
      })
      .catch(() => response.writeHead(404, { 'content-type': 'text/plain', ...headers }).end('Not found'));
  });
  return new Promise((done, fail) => {
    server.once('error', fail);
    server.listen(port, '127.0.0.1', () => done({ url: `http://127.0.0.1:${port}/`, close: () => new Promise((closed) => void server.close(closed) ?? server.closeAllConnections()) }));
  });
}

function usual(path) {
  return path.startsWith('/assets/') ? 'max-age=31536000, immutable' : 'no-cache';
}
