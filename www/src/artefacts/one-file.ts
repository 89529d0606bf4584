/** What an engine is made of in a page that is one file: everything lies in the page itself, compressed, as text. */
import { XzReadableStream } from 'xz-decompress';
import manifest from '../../../models/manifest.json';
import type { Artefacts } from '../engine/engine';
import type { ModelFile, Published } from '../engine/protocol';
import { fromBase85 } from '../one-file/base85';
import { classifies } from '../published';

/** Where the build puts a file: a script of no type that runs, with its name. */
const PLACE = 'script[data-file]';

/** Unpacks what is in the page. The worker is a classic one: browsers start no module worker where a page has no origin. */
export async function artefacts(page: Document): Promise<Artefacts> {
  const files = new Map(await Promise.all(Array.from(page.querySelectorAll<HTMLElement>(PLACE), async (place) => [place.dataset.file ?? '', await unpacked(place.textContent)] as const)));
  const file = (name: string): Uint8Array<ArrayBuffer> => {
    const bytes = files.get(name);
    if (!bytes) throw new Error(`this page lacks ${name}; fetch it again`);
    return bytes;
  };
  const here = manifest.files.filter(({ path }) => files.has(path));
  const published = ({ path, bytes, sha256 }: (typeof here)[number]): Published => ({ path, source: file(path), bytes, sha256 });
  const isThumbnails = ({ path }: { readonly path: string }): boolean => path.endsWith('.thumbnails');
  const [thumbnails] = here.filter(isThumbnails).map(published);
  const script = URL.createObjectURL(new Blob([file('worker.js')], { type: 'text/javascript' }));
  return {
    wasm: { plain: file('vitrine_bg.wasm'), relaxed: undefined },
    models: here
      .filter((entry) => classifies(entry, manifest.labels.length))
      .map((entry): ModelFile => {
        const kind = entry.path.endsWith('.onnx') ? 'network' : 'index';
        return { ...published(entry), model: entry.role, kind, thumbnails: kind === 'index' ? thumbnails : undefined };
      })
      .sort((one, other) => one.bytes - other.bytes),
    labels: manifest.labels,
    testSet: undefined,
    spawn: () => new Worker(script, { name: 'vitrine' }),
  };
}

/** An .xz file in base 85; rejects when it is damaged. */
async function unpacked(text: string): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await new Response(new XzReadableStream(new Blob([fromBase85(text)]).stream())).arrayBuffer());
}
