/** The worker's answers to "why": occlusion, feature maps, distorted pictures. It names no wasm package: the worker hands it in. */
import type { ModelId } from '../shapes';
import type { Distortion, Maps } from '../shapes.why';
import type { Predictor } from './measure';
import { occlude } from './occlude';
import type { Handlers } from './protocol';

/** What the wasm package gives of a layer; it is freed once copied. */
export interface WasmMaps {
  readonly name: string;
  readonly shape: Uint32Array;
  readonly values: Float32Array;
  free(): void;
}

/** What the wasm package gives of a network's first layers. */
export interface WasmActivations {
  filters(): WasmMaps | undefined;
  maps(pixels: Float32Array): WasmMaps[];
  free(): void;
}

/** The worker's own things. */
export interface WhyTools {
  /** The loaded models, in the order in which they are asked. */
  readonly models: () => ModelId[];
  /** A loaded model; `undefined` when it is not there any more. */
  readonly reader: (model: ModelId) => Predictor | undefined;
  /** Works with a loaded model, which stays whole meanwhile; rejects with `parameter` when it is not loaded. */
  readonly use: <Result>(model: ModelId, work: (reader: Predictor) => Promise<Result>) => Promise<Result>;
  readonly turn: () => Promise<void>;
  /** Looks into a model; `undefined` for one that is no network. */
  readonly open: (model: Predictor) => WasmActivations | undefined;
  /** How unlike the training garments a picture is; `undefined` of a model that is no index. */
  readonly novelty: (model: Predictor, pixels: Float32Array) => number | undefined;
  readonly distorted: (pixels: Float32Array, distortion: Distortion) => Float32Array;
}

/** The calls that this file answers. */
export type WhyCalls = 'occlude' | 'layers' | 'distort';

export function whyHandlers({ models, reader: readerOf, use, turn, open, novelty, distorted }: WhyTools): Handlers<WhyCalls> {
  const opened = new WeakMap<Predictor, WasmActivations>();
  return {
    occlude: ({ model, pixels }, { progress, signal, asking }) =>
      use(model, (reader) =>
        occlude(model, { predict: (batch) => (asking(model), reader.predict(batch)) }, pixels, { progress, signal, turn }),
      ),

    layers: async ({ model, pixels }, { signal, asking }) => {
      await turn();
      signal.throwIfAborted();
      return use(model, (reader) => {
        asking(model);
        const activations = opened.get(reader) ?? open(reader);
        if (!activations) return Promise.resolve(undefined);
        opened.set(reader, activations);
        const maps = activations.maps(pixels).map(copied);
        const filters = activations.filters();
        return Promise.resolve(maps.length === 0 ? undefined : { filters: filters && copied(filters), maps });
      });
    },

    distort: async ({ pixels, distortion }, { progress, signal, asking }) => {
      await turn();
      signal.throwIfAborted();
      asking();
      const changed = distorted(pixels, distortion);
      progress({ part: 'pixels', pixels: changed });
      for (const model of models()) {
        await turn();
        signal.throwIfAborted();
        const reader = readerOf(model);
        if (!reader) continue;
        asking(model);
        progress({ part: 'answer', answer: { model, probabilities: Array.from(reader.predict(changed)) } });
        const unlike = novelty(reader, changed);
        if (unlike !== undefined) progress({ part: 'novelty', novelty: unlike });
      }
      return null;
    },
  };
}

function copied(maps: WasmMaps): Maps {
  try {
    const [count = 0, channels = 0, height = 0, width = 0] = maps.shape;
    return { name: maps.name, shape: [count, channels, height, width], values: maps.values };
  } finally {
    maps.free();
  }
}
