/** The files in models/ as this build ships them: the manifest joined with hashed addresses. */
import manifest from '../../../models/manifest.json';
import type { ModelFile } from './protocol';

const urls = import.meta.glob<string>('../../../models/*.{onnx,index}', { query: '?url', import: 'default', eager: true });

/** The model files; the MLP, which answers first, before the others, which come by size. */
export const modelFiles: readonly ModelFile[] = manifest.files
  .flatMap((entry): ModelFile[] => {
    const url = urls[`../../../models/${entry.path}`];
    if (url === undefined) return [];
    const kind = entry.path.endsWith('.onnx') ? 'network' : 'index';
    return [{ model: entry.role, kind, path: entry.path, url, bytes: entry.bytes, sha256: entry.sha256 }];
  })
  .sort((a, b) => Number(b.model === 'mlp') - Number(a.model === 'mlp') || a.bytes - b.bytes);

/** Where the build put the test set; `undefined` when it was built without the data. */
export const testSetUrls: { readonly images: string; readonly labels: string } | undefined = __TEST_SET__
  ? {
      images: new URL(`${import.meta.env.BASE_URL}data/t10k-images-idx3-ubyte.gz`, location.href).href,
      labels: new URL(`${import.meta.env.BASE_URL}data/t10k-labels-idx1-ubyte.gz`, location.href).href,
    }
  : undefined;
