/** The worker's answers to "why": occlusion, feature maps, distorted pictures. It names no wasm package: the worker hands it in. */
import type { ModelId } from '../shapes';
import type { Distortion, Maps } from '../shapes.why';
import { CodedError } from './failure';
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
export interface Surroundings {
  readonly models: ReadonlyMap<ModelId, Predictor>;
  readonly turn: () => Promise<void>;
  /** Looks into a model; `undefined` for one that is no network. */
  readonly open: (model: Predictor) => WasmActivations | undefined;
  /** How unlike the training garments a picture is; `undefined` of a model that is no index. */
  readonly novelty: (model: Predictor, pixels: Float32Array) => number | undefined;
  readonly distorted: (pixels: Float32Array, distortion: Distortion) => Float32Array;
}

/** The calls that this file answers. */
export type WhyCalls = 'occlude' | 'layers' | 'distort';

export function whyHandlers({ models, turn, open, novelty, distorted }: Surroundings): Handlers<WhyCalls> {
  const opened = new WeakMap<Predictor, WasmActivations>();
  const loaded = (model: ModelId): Predictor => {
    const predictor = models.get(model);
    if (!predictor) throw new CodedError('parameter', `${model} is not loaded yet`);
    return predictor;
  };
  return {
    occlude: async ({ model, pixels }, progress, signal) => occlude(model, loaded(model), pixels, { progress, signal, turn }),

    layers: async ({ model, pixels }, _progress, signal) => {
      await turn();
      signal.throwIfAborted();
      const predictor = loaded(model);
      const activations = opened.get(predictor) ?? open(predictor);
      if (!activations) return undefined;
      opened.set(predictor, activations);
      const maps = activations.maps(pixels).map(copied);
      const filters = activations.filters();
      return maps.length === 0 ? undefined : { filters: filters && copied(filters), maps };
    },

    distort: async ({ pixels, distortion }, progress, signal) => {
      await turn();
      signal.throwIfAborted();
      const changed = distorted(pixels, distortion);
      progress({ part: 'pixels', pixels: changed });
      for (const [model, predictor] of models) {
        await turn();
        signal.throwIfAborted();
        progress({ part: 'answer', answer: { model, probabilities: Array.from(predictor.predict(changed)) } });
        const unlike = novelty(predictor, changed);
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
