/** The shapes of data that explain an answer: occlusion, feature maps, distortion; and the grid of occlusion. */
import { SIDE } from './image';
import type { Answer, ModelId } from './shapes';

/** The cells of an occlusion map are 2 of the network's pixels wide. */
export const CELL = 2;
/** How many cells there are along a side. */
export const CELLS = SIDE / CELL;

/** What a model says when a patch of the picture is missing, cell by cell, row-major. */
export interface Occlusion {
  readonly model: ModelId;
  /** Probabilities of the whole picture, in label order. */
  readonly whole: readonly number[];
  /** `(CELLS * CELLS, whole.length)` probabilities without the patch around each cell. */
  readonly without: Float32Array;
  /** Which cells have been asked about. */
  readonly known: Uint8Array;
  /** The share that is known, 0 to 1. */
  readonly progress: number;
}

/** Numbers of a layer, `(N, C, H, W)` row-major; of filters N counts the output channels. */
export interface Maps {
  readonly name: string;
  readonly shape: readonly [number, number, number, number];
  readonly values: Float32Array;
}

/** The first convolutions of a network: their weights, and what they make of a picture. */
export interface Layers {
  readonly filters: Maps | undefined;
  readonly maps: readonly Maps[];
}

/** What is seen of a network's layers: the maps' scale, and which of them is shown large, counted from 0; the liveliest one unless it is given. */
export interface MapsSeen {
  readonly scale: 'own' | 'common';
  /** Of the first convolution; its filter, too. */
  readonly first: number | undefined;
  readonly second: number | undefined;
}

/** Amounts of each distortion, in the units of the Rust type of that name. */
export interface Distortion {
  readonly shift_x: number;
  readonly shift_y: number;
  readonly degrees: number;
  readonly scale: number;
  readonly blur: number;
  readonly outline: number;
  readonly contrast: number;
  readonly erase: number;
  readonly noise: number;
  readonly seed: number;
}

/** Parts of a distorted look, in the order in which they come. */
export type Distorted =
  | { readonly part: 'pixels'; readonly pixels: Float32Array }
  | { readonly part: 'answer'; readonly answer: Answer }
  /** Above 1 the changed picture is unlike the training garments. */
  | { readonly part: 'novelty'; readonly novelty: number };

/** The density of total intensity (sums of 784 pixels in [0, 1]) in one class of the training images. */
export interface Density {
  readonly name: string;
  /** At each point of the grid; integrates to 1. */
  readonly values: readonly number[];
}

/** What of models/eda.json the page compares a picture with. */
export interface Densities {
  /** Ascending, evenly spaced. */
  readonly grid: readonly number[];
  readonly classes: readonly Density[];
}

/** Accuracies under corruption, as models/metrics.json has them. */
export interface Robustness {
  readonly images: number;
  readonly clean: Readonly<Record<ModelId, number>>;
  readonly rows: readonly {
    readonly corruption: string;
    readonly strength: number;
    /** The amount with its unit, such as `2 pixels`. */
    readonly amount: string;
    readonly accuracy: Readonly<Record<ModelId, number>>;
  }[];
}

/** What metrics.json says of the novelty score, where it was measured. */
export interface NoveltyFigures {
  /** The share of test images above 1. */
  readonly false_alarms: number;
  readonly unseen: readonly { readonly kind: string; readonly images: number; readonly auroc: number; readonly detected: number }[];
}
