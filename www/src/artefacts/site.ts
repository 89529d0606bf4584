/** What the site's engine is made of: the wasm package, the models and the test set by their hashed addresses, workers by theirs. */
import manifest from '../../../models/manifest.json';
import plain from '../../pkg/vitrine_bg.wasm?url';
import relaxed from '../../pkg/vitrine_relaxed_bg.wasm?url';
import script from '../engine/worker.ts?worker&url';
import type { Artefacts } from '../engine/engine';
import type { ModelFile, Published } from '../engine/protocol';
import { filesOf } from '../offline/protocol';
import { trusted } from '../trusted';
import { classifies } from '../published';

const absolute = (url: string): string => new URL(url, location.href).href;

const urls = import.meta.glob<string>('../../../models/*.{onnx,index,thumbnails}', { query: '?url', import: 'default', eager: true });

interface Entry {
  readonly path: string;
  readonly role: string;
  readonly bytes: number;
  readonly sha256: string;
}

function published({ path, bytes, sha256 }: Entry): Published[] {
  const url = urls[`../../../models/${path}`];
  return url === undefined ? [] : [{ path, source: absolute(url), bytes, sha256 }];
}

const packed = ({ url, ...file }: { readonly url: string; readonly path: string; readonly bytes: number; readonly sha256: string }): Published => ({
  ...file,
  source: absolute(import.meta.env.BASE_URL + url),
});

/** Files that serve an index. */
const isThumbnails = ({ path }: Entry): boolean => path.endsWith('.thumbnails');

/** The model files by size: the smallest answers first. */
const models: readonly ModelFile[] = manifest.files
  .filter((entry) => classifies(entry, manifest.labels.length))
  .flatMap((entry) => {
    const kind = entry.path.endsWith('.onnx') ? ('network' as const) : ('index' as const);
    const [thumbnails] = kind === 'index' ? manifest.files.filter(isThumbnails).flatMap(published) : [];
    return published(entry).map((file): ModelFile => ({ ...file, model: entry.role, kind, thumbnails }));
  })
  .sort((a, b) => a.bytes - b.bytes);

export const artefacts: Artefacts = {
  wasm: { plain: absolute(plain), relaxed: absolute(relaxed) },
  models,
  labels: manifest.labels,
  // `undefined` when the site was built without the data.
  testSet: __TEST_SET__ && { images: packed(__TEST_SET__.images), labels: packed(__TEST_SET__.labels) },
  spawn: (_, mute) => new Worker(trusted(absolute(mute === 0 ? script : `${script}?${mute}`)), { type: 'module', name: 'vitrine' }),
  threads: navigator.hardwareConcurrency,
  // The service worker's. Without one nobody would answer with what is there.
  cache: import.meta.env.PROD && 'serviceWorker' in navigator ? filesOf(absolute('./')) : undefined,
};
