/** The shapes of data of the notebook: what is known of data set, models and their mistakes; no behaviour. */
import type { ModelId, Row } from './shapes';

/** Every answer of a measurement, in the order of the test set; `probabilities` is (N, C) for C classes, row-major. */
export interface Outcome {
  readonly truth: Uint8Array;
  readonly predicted: Uint8Array;
  readonly probabilities: Float32Array;
}

/** What a model answered to every test image, in their order. */
export interface Replies {
  readonly truth: Uint8Array;
  readonly predicted: Uint8Array;
  /** The probability of the answer. */
  readonly confidence: Float32Array;
}

/** A model's replies, and whether they were measured in this browser; committed otherwise. */
export interface Told {
  readonly model: ModelId;
  readonly replies: Replies;
  readonly measured: boolean;
}

/** One box of a model's drawing. */
export interface LayerInfo {
  readonly name: string;
  readonly operator: string;
  readonly detail: LayerDetail | undefined;
  readonly activation: string | undefined;
  /** The sizes of its output for one image, where they are known. */
  readonly shape: readonly number[] | undefined;
  /** The type of its output, such as `f32`. */
  readonly dtype: string | undefined;
  /** Types and shapes of what is stored, such as `INT8 (64, 1, 3, 3)`. */
  readonly weights: readonly string[];
  readonly parameters: number;
  /** How many numbers it looks up that nothing has learned. */
  readonly stored: number;
  /** Which layers' outputs it takes, counted from the first. */
  readonly sources: readonly number[];
}

/** What is special about a layer; src/diagram/mod.rs. */
export type LayerDetail =
  | { readonly kind: 'window'; readonly kernel: readonly number[]; readonly stride: number }
  | { readonly kind: 'features'; readonly roots: number; readonly gradients: number }
  | { readonly kind: 'encoder'; readonly hidden: number }
  | { readonly kind: 'search'; readonly references: number }
  | { readonly kind: 'vote'; readonly neighbours: number };

/** What a model's file holds, in order of execution. */
export interface Diagram {
  readonly format: string;
  readonly layers: readonly LayerInfo[];
}

/** A garment with its label; `pixels` has 784 bytes, 255 = ink. */
export interface Garment {
  readonly label: number;
  readonly pixels: Uint8Array;
}

/** A training image whose label its neighbours contradict; src/measure/suspects.rs. */
export interface Suspect {
  readonly index: number;
  readonly label: string;
  readonly suggested: string;
  /** The share of neighbours that agree with the label, and with the suggestion. */
  readonly confidence: number;
  readonly support: number;
  /** The reference that it became in the index. */
  readonly reference?: number;
}

/** Some garments of each class, in label order: of the test set, or references of the index, decoded. */
export interface Gallery {
  readonly source: 'test' | 'index';
  readonly garments: readonly Garment[];
}

/** The images whose confidence lies in `(low, high]`; means are not numbers where there is none. */
export interface Bin {
  readonly low: number;
  readonly high: number;
  readonly images: number;
  readonly confidence: number;
  readonly accuracy: number;
}

/** One class against the rest: points of the curves, and the areas below them. */
export interface ClassCurves {
  /** False and true positive rate, from (0, 0) to (1, 1). */
  readonly roc: readonly (readonly [number, number])[];
  readonly area: number;
  /** Recall and precision. */
  readonly precisionRecall: readonly (readonly [number, number])[];
  readonly averagePrecision: number;
}

/** What is answered when the best probability must reach a threshold; counts of images. */
export interface Answered {
  readonly threshold: number;
  readonly images: number;
  readonly right: number;
}

/** How far a model's probabilities can be trusted, on `images` test images. */
export interface Calibration {
  readonly images: number;
  readonly bins: readonly Bin[];
  readonly error: number;
  /** In nats; infinite when some truth was given no probability; `undefined` where the probabilities are not known. */
  readonly logLoss: number | undefined;
  readonly topTwo: number | undefined;
  readonly answered: readonly Answered[];
  /** In label order; `undefined` for a class without images; none where the probabilities are not known. */
  readonly classes: readonly (ClassCurves | undefined)[];
}

/** A classification report with the counts behind it. */
export interface ReportData {
  readonly model: ModelId;
  readonly rows: readonly (Row & { readonly name: string })[];
  readonly accuracy: number;
  readonly confusion: readonly (readonly number[])[];
  readonly text: string;
  /** Whether it was measured in this browser; committed otherwise. */
  readonly measured: boolean;
}

/** What the explorer of confusions shows. */
export interface Selection {
  readonly first: ModelId;
  /** The model beside it; empty for none. */
  readonly second: ModelId;
  /** What 100% is: the truth's row, the prediction's column, all images. */
  readonly share: 'row' | 'column' | 'all';
  /** The open cell, or the open set: one of them at most. */
  readonly cell: Cell | undefined;
  readonly set: ImageSet | undefined;
  /** Whether the least sure images come first. */
  readonly rising: boolean;
}

/** Images by what all models make of them: not all say the same, none is right, one alone is right. */
export type ImageSet = 'apart' | 'wrong' | `only.${ModelId}`;

/** Test images to go through one after the other. */
export interface Walk {
  /** What they have in common, in the language in use. */
  readonly title: () => string;
  readonly indices: readonly number[];
}

/** Where truth and prediction meet, as label numbers. */
export interface Cell {
  readonly truth: number;
  readonly predicted: number;
}

/** Why an image deserves a second look. */
export type Badge = 'duplicate' | 'doubted';

/** An image of a cell; `confidence` is that of the model in question in its answer. */
export interface CellMember {
  readonly index: number;
  readonly confidence: number;
  readonly badges: readonly Badge[];
}

/** Images of a cell that go together. */
export interface MemberGroup {
  /** In the language in use. */
  readonly title: () => string;
  readonly members: readonly CellMember[];
}
