/** Every model of this build with all that is committed about it. */
import history from '../../../../models/history.json';
import manifest from '../../../../models/manifest.json';
import metrics from '../../../../models/metrics.json';
import { inOrder } from '../../lab/order';
import { classifies } from '../../published';
import type { ModelId, Row } from '../../shapes';
import type { Hyperparameters } from './provenance';

/** src/training/history.rs */
export interface History {
  readonly seed: number;
  readonly training_images: number;
  readonly validation_images: number;
  readonly epochs: readonly {
    readonly loss: number;
    readonly accuracy: number;
    readonly validation_loss: number | null;
    readonly validation_accuracy: number | null;
  }[];
  readonly best_validation_accuracy: number | null;
  readonly total_seconds: number;
  readonly machine: string;
  readonly hyperparameters?: Hyperparameters;
  /** The run that the validation images were kept from, of a network that learned from all images. */
  readonly validated?: History | null;
}

/** src/measure/evaluate.rs: what is shown of a model. */
export interface Measured {
  readonly accuracy: number;
  readonly interval: readonly number[];
  readonly report: readonly (Row & { readonly name: string })[];
  readonly confusion: readonly (readonly number[])[];
  readonly text: string;
  readonly calibration_error: number;
  readonly log_loss: number | null;
  readonly temperature: number | null;
}

/** A model of this build with all that is committed about it. */
export interface Dossier {
  readonly model: ModelId;
  readonly bytes: number;
  readonly provenance: string;
  readonly seed: number;
  readonly input: string;
  readonly history: History | undefined;
  readonly measured: Measured | undefined;
}

// The schema is the writers': TypeScript would infer one from the present content, where a list may be empty.
const histories = history as unknown as Readonly<Record<ModelId, History>>;
const scores = metrics as unknown as { readonly models: Readonly<Record<ModelId, Measured>> };

/** The files of this build. */
export const { files } = manifest;

const models = files.filter((file) => classifies(file, manifest.labels.length));

/** Every model, in the order shown. */
export const dossiers: readonly Dossier[] = inOrder(models, ({ role }) => role).map(({ role, bytes, provenance, seed, input_shape }) => ({
  model: role,
  bytes,
  provenance,
  seed,
  input: `(${input_shape.join(', ')})`,
  history: histories[role],
  measured: scores.models[role],
}));
