/** The files in models/ as this build ships them: the manifest joined with hashed addresses. */
import manifest from '../../../models/manifest.json';
import type { ModelFile, Published } from './protocol';

const urls = import.meta.glob<string>('../../../models/*.{onnx,index,thumbnails}', { query: '?url', import: 'default', eager: true });

interface Entry {
  readonly path: string;
  readonly role: string;
  readonly bytes: number;
  readonly sha256: string;
}

function published({ path, bytes, sha256 }: Entry): Published[] {
  const url = urls[`../../../models/${path}`];
  return url === undefined ? [] : [{ path, url, bytes, sha256 }];
}

/** Files that serve an index; every other file is a model. */
const isThumbnails = ({ path }: Entry): boolean => path.endsWith('.thumbnails');

/** The model files; the MLP, which answers first, before the others, which come by size. */
export const modelFiles: readonly ModelFile[] = manifest.files
  .filter((entry) => !isThumbnails(entry))
  .flatMap((entry) => {
    const kind = entry.path.endsWith('.onnx') ? ('network' as const) : ('index' as const);
    const [thumbnails] = kind === 'index' ? manifest.files.filter(isThumbnails).flatMap(published) : [];
    return published(entry).map((file): ModelFile => ({ ...file, model: entry.role, kind, thumbnails }));
  })
  .sort((a, b) => Number(b.model === 'mlp') - Number(a.model === 'mlp') || a.bytes - b.bytes);

/** Where the build put the test set; `undefined` when it was built without the data. */
export const testSetUrls: { readonly images: string; readonly labels: string } | undefined = __TEST_SET__
  ? {
      images: new URL(`${import.meta.env.BASE_URL}data/t10k-images-idx3-ubyte.gz`, location.href).href,
      labels: new URL(`${import.meta.env.BASE_URL}data/t10k-labels-idx1-ubyte.gz`, location.href).href,
    }
  : undefined;
