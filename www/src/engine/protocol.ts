/**
 * What the worker can be asked, and what comes back. Every request has an id and ends in exactly one value or error;
 * progress may come in between. A cancelled `look` ends in the error `cancelled`, a cancelled `measure` in its partial value.
 */
import type { Answer, Failure, Frame, Measurement, ModelId, Neighbour, Picture, Place, Prepared, Recipe } from '../shapes';
import type { Calibration, Diagram, Gallery, Outcome } from '../shapes.notebook';
import type { Distorted, Distortion, Layers, Occlusion } from '../shapes.why';

/** Where bytes are: at an address, or here. */
export type Source = string | Blob | Uint8Array<ArrayBuffer>;

/** The two files of the wasm package, which answer alike; without `relaxed` there is only the one that runs everywhere. */
export interface WasmFiles {
  readonly plain: Source;
  readonly relaxed: Source | undefined;
}

/** A file that was published: where it is, and what the manifest says of it. */
export interface Published {
  readonly path: string;
  readonly source: Source;
  readonly bytes: number;
  readonly sha256: string;
}

/** A model file. `kind` is the class that reads it; `thumbnails` are an index's, fetched when neighbours are first shown. */
export interface ModelFile extends Published {
  readonly model: ModelId;
  readonly kind: 'network' | 'index';
  readonly thumbnails: Published | undefined;
}

/** The two IDX files of the test set, gzipped or not; of published ones length and sum are those of what is unpacked. */
export interface TestFiles {
  readonly images: Source | Published;
  readonly labels: Source | Published;
}

/** Parts of a look, each with its number, in the order in which they come. */
export type Sight = { readonly look: number } & (
  | { readonly part: 'prepared'; readonly prepared: Prepared }
  | { readonly part: 'answer'; readonly answer: Answer }
  /** Above 1 the picture is unlike the training garments. */
  | { readonly part: 'novelty'; readonly novelty: number }
  /** Comes again with pictures, or with word that there are none, when these had to be fetched. */
  | { readonly part: 'neighbours'; readonly neighbours: readonly Neighbour[]; readonly pictures: 'there' | 'coming' | 'missing' }
);

/** What came of reading a picture: `isTrue` unless this browser changes the pixels that pages read. */
export type PictureRead =
  | { readonly kind: 'picture'; readonly picture: Picture; readonly isTrue: boolean }
  | { readonly kind: 'large'; readonly width: number; readonly height: number }
  | { readonly kind: 'unreadable' };

/** Every call: what is asked, what may come on the way, what it ends in. `anew`: past the browser's caches. */
export interface Calls {
  /**
   * Instantiates the wasm module, compiling it from its files unless it is one, and hands it back for the next instance.
   * `cache`: into which of the browser's caches goes what is fetched from now on, once it is verified.
   */
  start: { ask: { wasm: WebAssembly.Module | WasmFiles; stall: number; anew: boolean; cache: string | undefined }; progress: never; value: { module: WebAssembly.Module } };
  /** Resolves when what was fetched so far is in the cache, or found no room there. */
  written: { ask: null; progress: never; value: null };
  /**
   * Fetches, verifies and reads a model. Progress: the fraction fetched. Value: the classes in the order of its answers, and
   * its bytes, which need not be fetched again.
   */
  load: { ask: { file: ModelFile; anew: boolean }; progress: number; value: { labels: readonly string[]; bytes: Uint8Array<ArrayBuffer> } };
  /** Reads a picture, and reduces it to the size that is worked on. */
  read: { ask: { source: Blob | Picture }; progress: never; value: PictureRead };
  /** Prepares a picture and asks every loaded model, or of `models` those that are loaded, about it. `switched`: steps that are not as the recipe has them. */
  look: {
    ask: { look: number; picture: Picture; recipe: Recipe; switched: readonly string[]; ground: Place | undefined; frame: Frame | undefined; models?: readonly ModelId[] | undefined; neighbours: number };
    progress: Sight;
    value: null;
  };
  /** Reads the test set; of two openings the later one counts. Value: how many images, and the files, which need not be fetched again. */
  open: { ask: { files: TestFiles; anew: boolean }; progress: never; value: { length: number; files: TestFiles } };
  /** One test image as a picture, and its label. */
  sample: { ask: { index: number }; progress: never; value: { picture: Picture; label: number } };
  /** `(N, 784)` pixels → `(N, classes)` probabilities of a loaded model. */
  predict: { ask: { model: ModelId; pixels: Float32Array }; progress: never; value: Float32Array };
  /** Measures a model on the test set. `measurement` is a number by which others join it. */
  measure: { ask: { model: ModelId; measurement: number }; progress: Measurement; value: Measurement };
  /** A thread that answers `predict` at the other end of `port` shares a measurement. Value: whether it still runs. */
  join: { ask: { measurement: number; model: ModelId; port: MessagePort }; progress: never; value: boolean };
  /** Answers `predict` at a port, until it is cancelled. */
  serve: { ask: { port: MessagePort }; progress: never; value: null };
  /** Test images by number: 784 bytes each, 255 = ink. */
  images: { ask: { indices: readonly number[] }; progress: never; value: Uint8Array[] };
  /** References of the index by number, as their thumbnails recall them: 784 bytes each, 255 = ink. */
  recall: { ask: { references: readonly number[] }; progress: never; value: Uint8Array[] };
  /** `each` garments of every class. */
  gallery: { ask: { source: Gallery['source']; each: number }; progress: never; value: Gallery };
  /** The layers of a model's file. */
  diagram: { ask: ModelFile; progress: never; value: Diagram };
  /** Any other published file, checked. */
  file: { ask: Published; progress: never; value: Uint8Array<ArrayBuffer> };
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

/** What a handler has beside the call's ask. */
export interface Course<Name extends CallName> {
  readonly progress: (progress: Calls[Name]['progress']) => void;
  /** When it fires, the call rejects or, where it has one, resolves to a partial value. */
  readonly signal: AbortSignal;
  /** Says whom the next step asks: what then never ends, or ends the instance, is its fault. */
  readonly asking: (model?: ModelId) => void;
}

/** What answers a call. */
export type Handler<Name extends CallName> = (ask: Calls[Name]['ask'], course: Course<Name>) => Promise<Calls[Name]['value']>;

/** What answers these calls. */
export type Handlers<Names extends CallName> = { readonly [Name in Names]: Handler<Name> };

/** A message to the worker. */
export type Request =
  | { [Name in CallName]: { readonly id: number; readonly call: Name; readonly ask: Calls[Name]['ask'] } }[CallName]
  | { readonly id: number; readonly call: 'cancel' };

/** A message from the worker. */
export type Reply =
  | { readonly id: number; readonly kind: 'progress'; readonly progress: unknown }
  | { readonly id: number; readonly kind: 'value'; readonly value: unknown }
  /** After `fatal` the instance is unusable: the client starts another. */
  | { readonly id: number; readonly kind: 'error'; readonly error: Failure; readonly fatal: boolean }
  /** What it computes from now on, and which model it asks. */
  | { readonly id: number; readonly kind: 'asking'; readonly model: ModelId | undefined }
  /** Bytes have come: it waits, and lives. */
  | { readonly kind: 'alive' }
  /** A request could not be read; nobody knows which. */
  | { readonly kind: 'unread' };
