/** The shapes of data that the engine, the components and the page all speak of; no behaviour. */

import type { Outcome } from './shapes.notebook';

/** A model's role in the manifest: `mlp`, `cnn`, `knn`, … */
export type ModelId = string;

/** How a picture becomes the network's input; `auto` leaves the choice to the engine. */
export type Recipe = 'auto' | 'photograph' | 'light-on-dark' | 'sketch' | 'exact';

/** A point of a picture: x and y in thousandths of its sides, from the upper left. */
export type Place = readonly [x: number, y: number];

/** A part of a picture, in thousandths of its sides. */
export type Frame = readonly [left: number, top: number, width: number, height: number];

/** Straight RGBA, `width * height * 4` bytes. */
export interface Picture {
  readonly rgba: Uint8ClampedArray<ArrayBuffer>;
  readonly width: number;
  readonly height: number;
}

/** The state of a picture after one step of its preparation, one byte a pixel, 255 = white. */
export interface Step {
  readonly name: string;
  /** Whether it was taken. */
  readonly on: boolean;
  readonly width: number;
  readonly height: number;
  readonly grey: Uint8Array;
}

/** What the models see (784 pixels in [0, 1], 1 = ink), and the way there. */
export interface Prepared {
  readonly pixels: Float32Array;
  readonly blank: boolean;
  readonly recipe: string;
  /** What the ground was found to be, where a recipe asks for it. */
  readonly ground: 'plain' | 'uneven' | 'tapped';
  /** Whether much of what differs from the ground is no ink in the end. */
  readonly lost: boolean;
  readonly steps: readonly Step[];
}

/** One model's answer: probabilities (of a KNN: shares of the vote) in label order. */
export interface Answer {
  readonly model: ModelId;
  readonly probabilities: readonly number[];
}

/** A training garment near the visitor's; `thumbnail` has 784 bytes, 255 = ink, once its decoder has been fetched. */
export interface Neighbour {
  /** Its number in the index. */
  readonly reference: number;
  readonly label: number;
  readonly distance: number;
  readonly thumbnail: Uint8Array | undefined;
}

/** An error as it crosses from the worker: a cloned `Error` would lose its name. */
export interface Failure {
  readonly code: string;
  readonly message: string;
  /** The model that it is about; `undefined` when it is about all. */
  readonly model?: ModelId | undefined;
}

/** One class of a classification report. */
export interface Row {
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
  readonly support: number;
}

/** What a model scored on the first `done` of `total` test images. `confusion`: a row (truth) of counts for each class. */
export interface Measurement {
  readonly done: number;
  readonly total: number;
  readonly milliseconds: number;
  readonly accuracy: number;
  readonly interval: readonly [number, number];
  readonly macroF1: number;
  readonly rows: readonly Row[];
  readonly confusion: readonly (readonly number[])[];
  readonly text: string;
  /** Every answer; only at the end. */
  readonly outcome?: Outcome;
}

/** Where a model stands between the server and its first answer. */
export type ModelStatus =
  | { readonly kind: 'waiting' }
  | { readonly kind: 'loading'; readonly fraction: number }
  /** `labels`: its classes, in the order of its probabilities. */
  | { readonly kind: 'ready'; readonly labels: readonly string[] }
  | { readonly kind: 'failed'; readonly failure: Failure };

/** The committed figures of a model (models/metrics.json), and its file's size. */
export interface Figures {
  readonly model: ModelId;
  readonly accuracy: number;
  readonly interval: readonly [number, number];
  readonly macro: { readonly precision: number; readonly recall: number; readonly f1: number };
  readonly confusion: readonly (readonly number[])[];
  readonly text: string;
  /** Of the model file. */
  readonly bytes: number;
}

/** A model's measurement in this browser. */
export interface Trial {
  readonly model: ModelId;
  readonly state: 'waiting' | 'running' | 'done' | 'cancelled' | 'failed';
  readonly measurement: Measurement | undefined;
}
