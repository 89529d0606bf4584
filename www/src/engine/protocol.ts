/**
 * What the worker can be asked, and what comes back. Every request has an id and ends in exactly one value or error;
 * progress may come in between. A cancelled `look` ends in the error `cancelled`, a cancelled `measure` in its partial value.
 */
import type { Answer, Failure, Measurement, ModelId, Neighbour, Picture, Prepared, Recipe } from '../shapes';
import type { Architecture, Calibration, Gallery, Outcome } from '../shapes.notebook';
import type { Distorted, Distortion, Layers, Occlusion } from '../shapes.why';

/** A file of models/: where it is, and what the manifest says of it. */
export interface Published {
  readonly path: string;
  readonly url: string;
  readonly bytes: number;
  readonly sha256: string;
}

/** A model file. `kind` is the class that reads it; `thumbnails` are an index's, fetched when neighbours are first shown. */
export interface ModelFile extends Published {
  readonly model: ModelId;
  readonly kind: 'network' | 'index';
  readonly thumbnails: Published | undefined;
}

/** The two IDX files of the test set, gzipped or not: by address, or as the visitor dropped them. */
export interface TestFiles {
  readonly images: string | Blob;
  readonly labels: string | Blob;
}

/** Parts of a look, in the order in which they come. */
export type Sight =
  | { readonly part: 'prepared'; readonly prepared: Prepared }
  | { readonly part: 'answer'; readonly answer: Answer }
  /** Above 1 the picture is unlike the training garments. */
  | { readonly part: 'novelty'; readonly novelty: number }
  /** Comes again with pictures when these had to be fetched. */
  | { readonly part: 'neighbours'; readonly neighbours: readonly Neighbour[] };

/** Every call: what is asked, what may come on the way, what it ends in. */
export interface Calls {
  /** Instantiates the wasm module (compiling it unless `module` is given) and hands it back for a later restart. */
  start: { ask: { module: WebAssembly.Module | undefined }; progress: never; value: { module: WebAssembly.Module; classes: string[] } };
  /** Fetches, verifies and reads a model. Progress: the fraction fetched. */
  load: { ask: ModelFile; progress: number; value: null };
  /** Prepares a picture and asks every loaded model about it. `switched`: steps that are not as the recipe has them. */
  look: { ask: { picture: Picture; recipe: Recipe; switched: readonly string[]; neighbours: number }; progress: Sight; value: null };
  /** Reads the test set. */
  open: { ask: TestFiles; progress: never; value: { length: number } };
  /** One test image as a picture, and its label. */
  sample: { ask: { index: number }; progress: never; value: { picture: Picture; label: number } };
  /** `(N, 784)` pixels → `(N, 10)` probabilities of a loaded model. */
  predict: { ask: { model: ModelId; pixels: Float32Array }; progress: never; value: Float32Array };
  /** Measures a model on the test set. */
  measure: { ask: { model: ModelId }; progress: Measurement; value: Measurement };
  /** Test images by number: 784 bytes each, 255 = ink. */
  images: { ask: { indices: readonly number[] }; progress: never; value: Uint8Array[] };
  /** References of the index by number, as their thumbnails recall them: 784 bytes each, 255 = ink. */
  recall: { ask: { references: readonly number[] }; progress: never; value: Uint8Array[] };
  /** `each` garments of every class. */
  gallery: { ask: { source: Gallery['source']; each: number }; progress: never; value: Gallery };
  /** The layers of a model's file. */
  architecture: { ask: ModelFile; progress: never; value: Architecture };
  /** What follows from a measurement's probabilities. */
  calibrate: { ask: Outcome; progress: never; value: Calibration };
  /** Asks a model about the picture with a patch missing, everywhere. Cancelled, it ends in the error `cancelled`. */
  occlude: { ask: { model: ModelId; pixels: Float32Array }; progress: Occlusion; value: Occlusion };
  /** The first convolutions of a model; `undefined` when it has none. */
  layers: { ask: { model: ModelId; pixels: Float32Array }; progress: never; value: Layers | undefined };
  /** Distorts a picture and asks every loaded model about it. */
  distort: { ask: { pixels: Float32Array; distortion: Distortion }; progress: Distorted; value: null };
}

export type CallName = keyof Calls;

/** What answers a call. When `signal` fires, it rejects or, where the call has one, resolves to a partial value. */
export type Handler<Name extends CallName> = (
  ask: Calls[Name]['ask'],
  progress: (progress: Calls[Name]['progress']) => void,
  signal: AbortSignal,
) => Promise<Calls[Name]['value']>;

/** What answers these calls. */
export type Handlers<Names extends CallName> = { readonly [Name in Names]: Handler<Name> };

/** A message to the worker. */
export type Request =
  | { [Name in CallName]: { readonly id: number; readonly call: Name; readonly ask: Calls[Name]['ask'] } }[CallName]
  | { readonly id: number; readonly call: 'cancel' };

/** A message from the worker. After `fatal` the instance is unusable: the client starts another. */
export type Reply =
  | { readonly id: number; readonly kind: 'progress'; readonly progress: unknown }
  | { readonly id: number; readonly kind: 'value'; readonly value: unknown }
  | { readonly id: number; readonly kind: 'error'; readonly error: Failure; readonly fatal: boolean };
