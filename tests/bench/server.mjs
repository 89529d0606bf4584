/** Serves the wasm package and how a browser chooses its file, the models, the peers' packages and the pages of this folder. */
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { layers } from './onnx.mjs';

const here = import.meta.dirname;
const repository = resolve(here, '../..');
const roots = { pkg: join(repository, 'www/pkg'), models: join(repository, 'models'), npm: join(here, 'node_modules'), litert: join(here, 'litert'), pages: join(here, 'pages') };
const types = { '.html': 'text/html', '.js': 'text/javascript', '.mjs': 'text/javascript', '.wasm': 'application/wasm', '.json': 'application/json' };

/** `files`: what is served besides, path → bytes. Resolves to `{ url, close }`. */
export async function serve(files) {
  const served = new Map([...files, ['/engine/features.js', await script('features')]]);
  const server = createServer((request, response) => {
    const path = new URL(request.url, 'http://localhost').pathname;
    body(path, served).then(
      (bytes) => response.writeHead(200, { 'content-type': types[extname(path)] ?? 'application/octet-stream', 'cache-control': 'no-store' }).end(bytes),
      () => response.writeHead(404).end(),
    );
  });
  return new Promise((done) => {
    server.listen(0, '127.0.0.1', () => done({ url: `http://127.0.0.1:${server.address().port}`, close: () => server.close() }));
  });
}

/** A file of the page's engine that imports nothing, as JavaScript. */
async function script(name) {
  const { default: typescript } = await import(pathToFileURL(join(repository, 'www/node_modules/typescript/lib/typescript.js')));
  const text = await readFile(join(repository, 'www/src/engine', `${name}.ts`), 'utf8');
  return typescript.transpileModule(text, { compilerOptions: { target: 'ES2023', module: 'ESNext' } }).outputText;
}

async function body(path, files) {
  if (files.has(path)) return files.get(path);
  if (path === '/favicon.ico') return '';
  const [, root, ...rest] = path.split('/');
  if (root === 'layers') return JSON.stringify(await plainLayers(rest[0]));
  const file = resolve(roots[root], rest.join('/'));
  if (!file.startsWith(roots[root])) throw new Error(path);
  const bytes = await readFile(file);
  // A bundler's imports, resolved here, where there is none.
  if (path === '/npm/@litertjs/core/dist/index.js') return bytes.toString().replace('"@litertjs/wasm-utils"', '"/npm/@litertjs/wasm-utils/dist/index.js"');
  if (!path.startsWith('/npm/ml-')) return bytes;
  return bytes.toString().replace("'ml-distance-euclidean'", "'/npm/ml-distance-euclidean/lib-es6/euclidean.js'").replace("'./KDTree'", "'./KDTree.js'");
}

/** Layers with their numbers as base64 of f32. */
async function plainLayers(name) {
  const plain = (tensor) => tensor && { shape: tensor.shape, base64: Buffer.from(tensor.values.buffer, tensor.values.byteOffset, tensor.values.byteLength).toString('base64') };
  return layers(await readFile(join(roots.models, name))).map((layer) => ({ ...layer, weight: plain(layer.weight), bias: plain(layer.bias) }));
}
