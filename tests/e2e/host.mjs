/** Serves www/dist as static hosts do: compressed, hashed files cached for good. */
import { readFile } from 'node:fs/promises';
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

/** Starts it on 127.0.0.1 and `port`. `heard`: told the path of every request. */
export function host(folder, port, heard = () => undefined) {
  const compressed = new Map();
  const server = createServer((request, response) => {
    const path = normalize(new URL(request.url, 'http://127.0.0.1').pathname).replace(/\/$/, '/index.html');
    heard(path);
    const type = TYPES[extname(path)] ?? 'application/octet-stream';
    const send = (body) => {
      response.writeHead(200, { 'content-type': type, 'content-encoding': 'gzip', 'cache-control': path.startsWith('/assets/') ? 'max-age=31536000, immutable' : 'no-cache' });
      response.end(body);
    };
    if (compressed.has(path)) {
      send(compressed.get(path));
      return;
    }
    readFile(join(folder, path)).then(
      (bytes) => {
        compressed.set(path, gzipSync(bytes));
        send(compressed.get(path));
      },
      () => response.writeHead(404).end(),
    );
  });
  return new Promise((done, fail) => {
    server.once('error', fail);
    server.listen(port, '127.0.0.1', () => done({ url: `http://127.0.0.1:${port}/`, close: () => new Promise((closed) => void server.close(closed) ?? server.closeAllConnections()) }));
  });
}
