/** The test set as the worker holds it: opened, read by number. It names no wasm package. */
import { CodedError } from './failure';
import { type Freed, Held } from './held';
import type { Samples } from './measure';
import type { Handlers, Published, Source } from './protocol';

/** What the wasm package gives of the two files. */
export type TestSetReader = Samples & Freed;

/** The worker's own things. */
export interface TestSetTools<Reader extends TestSetReader> {
  readonly open: (images: Blob, labels: Blob) => Promise<Reader>;
  /** Throws `integrity` of a published file that came wrong. */
  readonly blob: (file: Source | Published, anew: boolean) => Promise<Blob>;
}

const missing = (): CodedError => new CodedError('parameter', 'there is no test set yet; open one first');

export interface TestSetHandlers {
  readonly handlers: Handlers<'open' | 'sample'>;
  /** Not to be kept across a turn of the event loop. Throws where there is none yet. */
  readonly get: () => Samples;
  /** Works with it; it stays whole meanwhile. */
  readonly use: <Result>(work: (samples: Samples) => Promise<Result>) => Promise<Result>;
}

export function testSetHandlers<Reader extends TestSetReader>({ open, blob }: TestSetTools<Reader>): TestSetHandlers {
  const held = new Held<Reader>();
  let openings = 0;
  const get = (): Reader => {
    const { value } = held;
    if (!value) throw missing();
    return value;
  };
  return {
    get,
    use: (work) => held.use(work, missing),
    handlers: {
      async open({ files, anew }, { asking }) {
        const own = ++openings;
        const [images, labels] = await Promise.all([blob(files.images, anew), blob(files.labels, anew)]);
        asking();
        const opened = await open(images, labels);
        if (own !== openings) {
          opened.free();
          throw new CodedError('cancelled', 'another test set was opened meanwhile');
        }
        held.put(opened);
        return { length: opened.length, files: { images, labels } };
      },

      async sample({ index }, { asking }) {
        const set = get();
        asking();
        if (!Number.isInteger(index) || index < 0 || index >= set.length) {
          throw new CodedError('parameter', `test image ${index}: expected a number below ${set.length}; choose another`);
        }
        const pixels = set.batch(index, 1);
        const rgba = new Uint8ClampedArray(pixels.length * 4);
        pixels.forEach((ink, at) => rgba.set([ink * 255, ink * 255, ink * 255, 255], at * 4));
        const side = Math.sqrt(pixels.length);
        return Promise.resolve({ picture: { rgba, width: side, height: side }, label: set.labels[index] ?? 0 });
      },
    },
  };
}
