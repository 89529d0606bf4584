/** The committed files behind the notebook, fetched with it and not before. */
import eda from '../../../../models/eda.json';
import manifest from '../../../../models/manifest.json';
import metrics from '../../../../models/metrics.json';
import type { Published } from '../../engine/protocol';
import type { Committed } from '../../components/notebook/calibration-panel';
import type { ModelId } from '../../shapes';
import type { Suspect } from '../../shapes.notebook';
import { type Dossier, files } from './dossiers';

/** src/measure/eda.rs */
export interface Eda {
  readonly total_intensity_grid: readonly number[];
  readonly classes: readonly {
    readonly name: string;
    readonly count: number;
    readonly total_intensity_density: readonly number[];
    readonly mean_intensity_box: { readonly quartiles: readonly number[]; readonly whiskers: readonly number[]; readonly outliers: number };
  }[];
  readonly duplicates_within_train: readonly (readonly number[])[];
  readonly duplicates_across: readonly { readonly train: readonly number[]; readonly test: readonly number[]; readonly labels_agree: boolean }[];
  /** Of training images. */
  readonly suspicious_labels?: readonly Suspect[];
}

/** src/measure/evaluate.rs: what the notebook shows of it. */
interface Metrics {
  readonly comparisons: readonly Pair[];
  readonly exact?: { readonly k: number; readonly accuracy: number; readonly agreement: number } | null;
}

/** Two models on the same images: where exactly one is right, and McNemar's p. */
export interface Pair {
  readonly first: ModelId;
  readonly second: ModelId;
  readonly only_first: number;
  readonly only_second: number;
  readonly p: number;
}

// The schema is the writers': TypeScript would infer one from the present content, where a list may be empty.
export const dataSet = eda as unknown as Eda;
const scores = metrics as unknown as Metrics;

const addresses = import.meta.glob<string>('../../../../models/*.answers', { query: '?url', import: 'default', eager: true });

/** What the files' bytes add up to, by role. */
export const sums: ReadonlyMap<ModelId, string> = new Map(files.map(({ role, sha256 }) => [role, sha256]));

/** The file of all answers to the test set, where this build has one. */
export const answersFile: Published | undefined = files
  .filter(({ role }) => role === 'answers')
  .map(({ path, bytes, sha256 }) => ({ path, bytes, sha256, source: addresses[`../../../../models/${path}`] }))
  .flatMap(({ source, ...file }) => (source === undefined ? [] : [{ ...file, source }]))[0];

/** The classes, in label order. */
export const labels: readonly string[] = manifest.labels;

export const pairs: readonly Pair[] = scores.comparisons;
export const exact = scores.exact ?? undefined;

/** Test images that stand in the training set too. */
export const duplicates: ReadonlySet<number> = new Set(dataSet.duplicates_across.flatMap(({ test }) => test));

/** What is committed of a model's calibration. */
export function committed({ measured }: Dossier): Committed | undefined {
  return measured && { error: measured.calibration_error, logLoss: measured.log_loss ?? undefined, temperature: measured.temperature ?? undefined };
}
