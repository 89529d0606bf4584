/** What an engine of the npm package is made of: the files beside its script, those of another folder, or whatever a page hands over. */
import manifest from '../../../models/manifest.json';
import type { Artefacts } from '../engine/engine';
import type { ModelFile, Published, Source, WasmFiles } from '../engine/protocol';
import { trusted } from '../trusted';
import { classifies } from '../published';
import { classicWorker } from './classic';

/** Where things are, as far as they are not beside the package's script. */
export interface Places {
  /** A folder with the package's `wasm/`, `models/`, `worker.js` and `worker.classic.js`; with `data/`, if there is to be a test set. */
  readonly base?: string | URL | undefined;
  /** The wasm package: compiled, its bytes, its address, or both of its files. */
  readonly wasm?: Artefacts['wasm'] | Source | undefined;
  /** The address of the worker's module, or what starts a worker that runs it. */
  readonly worker?: string | URL | Artefacts['spawn'] | undefined;
  /** Where a file of `models/` is, by its name. */
  readonly models?: ((path: string) => Source) | undefined;
}

/** Bundlers look for each of these addresses as it stands. Functions: they are made where there is a page. */
const beside: Readonly<Record<string, () => string>> = {
  'wasm/vitrine_bg.wasm': () => __BESIDE__('./wasm/vitrine_bg.wasm'),
  'wasm/vitrine_relaxed_bg.wasm': () => __BESIDE__('./wasm/vitrine_relaxed_bg.wasm'),
  'models/mlp.onnx': () => __BESIDE__('./models/mlp.onnx'),
  'models/cnn.onnx': () => __BESIDE__('./models/cnn.onnx'),
  'models/cnn-slim.onnx': () => __BESIDE__('./models/cnn-slim.onnx'),
  'models/knn.index': () => __BESIDE__('./models/knn.index'),
  'models/knn.thumbnails': () => __BESIDE__('./models/knn.thumbnails'),
};

/** The engine's parts; those that are not said lie beside the package's script. */
export function artefacts({ base, wasm, worker, models }: Places = {}): Artefacts {
  const folder = base === undefined || base === '' ? undefined : folderOf(base);
  const at = (path: string): string => (folder === undefined ? (beside[path]?.() ?? path) : new URL(path, folder).href);
  const { files, labels } = manifest;
  const published = ({ path, bytes, sha256 }: (typeof files)[number]): Published => ({ path, source: models?.(path) ?? at(`models/${path}`), bytes, sha256 });
  const isThumbnails = ({ path }: { readonly path: string }): boolean => path.endsWith('.thumbnails');
  const [thumbnails] = files.filter(isThumbnails).map(published);
  return {
    wasm: wasm === undefined ? { plain: at('wasm/vitrine_bg.wasm'), relaxed: at('wasm/vitrine_relaxed_bg.wasm') } : filesOf(wasm),
    models: files
      .filter((file) => classifies(file, labels.length))
      .map((file): ModelFile => {
        const kind = file.path.endsWith('.onnx') ? 'network' : 'index';
        return { ...published(file), model: file.role, kind, thumbnails: kind === 'index' ? thumbnails : undefined };
      })
      .sort((one, other) => one.bytes - other.bytes),
    labels,
    testSet: folder === undefined ? undefined : { images: at('data/t10k-images-idx3-ubyte.gz'), labels: at('data/t10k-labels-idx1-ubyte.gz') },
    spawn: typeof worker === 'function' ? worker : spawner(worker, folder),
  };
}

/** The document's own address, where there is one. */
const documentBase = (): string | undefined => (globalThis as { readonly document?: Document }).document?.baseURI;

function folderOf(base: string | URL): string {
  const folder = new URL(base, documentBase());
  if (!folder.pathname.endsWith('/')) folder.pathname += '/';
  return folder.href;
}

function filesOf(wasm: NonNullable<Places['wasm']>): WebAssembly.Module | WasmFiles {
  if (wasm instanceof WebAssembly.Module || (typeof wasm === 'object' && 'plain' in wasm)) return wasm;
  return { plain: wasm, relaxed: undefined };
}

/** A module worker where its script is of the page's own origin, a classic one elsewhere. */
function spawner(worker: string | URL | undefined, folder: string | undefined): Artefacts['spawn'] {
  const address = worker === undefined ? folder && new URL('worker.js', folder) : new URL(worker, documentBase());
  const classic = (): string => (address ? new URL('worker.classic.js', address).href : __BESIDE__('./worker.classic.js'));
  return () => {
    const script = classic();
    if (new URL(script).origin !== globalThis.origin) return classicWorker(script);
    return address ? new Worker(trusted(new URL(address).href), { type: 'module', name: 'vitrine' }) : __WORKER__();
  };
}
