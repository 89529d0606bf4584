/** Serves the wasm package, the models, the peers' packages and the pages of this folder on a port of its own. */
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, resolve } from 'node:path';
import { layers } from './onnx.mjs';

const here = import.meta.dirname;
const repository = resolve(here, '../..');
const roots = { pkg: join(repository, 'www/pkg'), models: join(repository, 'models'), npm: join(here, 'node_modules'), pages: join(here, 'pages') };
const types = { '.html': 'text/html', '.js': 'text/javascript', '.mjs': 'text/javascript', '.wasm': 'application/wasm', '.json': 'application/json' };

/** `files`: what is served besides, path → bytes. Resolves to `{ url, close }`. */
export function serve(files) {
  const server = createServer((request, response) => {
    const path = new URL(request.url, 'http://localhost').pathname;
    body(path, files).then(
      (bytes) => response.writeHead(200, { 'content-type': types[extname(path)] ?? 'application/octet-stream', 'cache-control': 'no-store' }).end(bytes),
      () => response.writeHead(404).end(),
    );
  });
  return new Promise((done) => {
    server.listen(0, '127.0.0.1', () => done({ url: `http://127.0.0.1:${server.address().port}`, close: () => server.close() }));
  });
}

async function body(path, files) {
  if (files.has(path)) return files.get(path);
  if (path === '/favicon.ico') return '';
  const [, root, ...rest] = path.split('/');
  if (root === 'layers') return JSON.stringify(await plainLayers(rest[0]));
  const file = resolve(roots[root], rest.join('/'));
  if (!file.startsWith(roots[root])) throw new Error(path);
  const bytes = await readFile(file);
  if (!path.startsWith('/npm/ml-')) return bytes;
  // A bundler's imports, resolved here, where there is none.
  return bytes.toString().replace("'ml-distance-euclidean'", "'/npm/ml-distance-euclidean/lib-es6/euclidean.js'").replace("'./KDTree'", "'./KDTree.js'");
}

/** Layers with their numbers as base64 of f32. */
async function plainLayers(name) {
  const plain = (tensor) => tensor && { shape: tensor.shape, base64: Buffer.from(tensor.values.buffer, tensor.values.byteOffset, tensor.values.byteLength).toString('base64') };
  return layers(await readFile(join(roots.models, name))).map((layer) => ({ ...layer, weight: plain(layer.weight), bias: plain(layer.bias) }));
}
