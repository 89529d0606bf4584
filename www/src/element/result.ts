/** What the models made of a picture, for programs. */
import { argmax } from '../argmax';
import type { State } from '../lab/state';
import { isUnlike } from '../novelty';
import type { ModelId, Prepared } from '../shapes';

/** One model's answer. */
export interface ModelAnswer {
  readonly model: ModelId;
  /** The likeliest class, by the data set's own name for it. */
  readonly label: string;
  /** How likely, 0 to 1; of a KNN the share of the vote. */
  readonly probability: number;
  /** Every class of the model, in the order of `probabilities`. */
  readonly labels: readonly string[];
  /** They sum to 1. */
  readonly probabilities: readonly number[];
}

export interface Result {
  /** In the order in which the models are shown; empty of a blank drawing. */
  readonly answers: readonly ModelAnswer[];
  /** The 784 pixels that the models see, 0 to 1, and the steps that led to them. */
  readonly prepared: Prepared;
  /** Whether the picture is unlike everything in the training set; `undefined` without an index among the models. */
  readonly unlike: boolean | undefined;
}

/** The answers of the models shown. */
export function answersOf({ shown, statuses, answers }: State): ModelAnswer[] {
  return shown.flatMap((model) => {
    const status = statuses.get(model);
    const probabilities = answers.get(model);
    if (status?.kind !== 'ready' || !probabilities) return [];
    const best = argmax(probabilities);
    return [{ model, label: status.labels[best] ?? String(best), probability: probabilities[best] ?? 0, labels: status.labels, probabilities }];
  });
}

/** All of it; `undefined` before a picture was looked at. */
export function resultOf(state: State): Result | undefined {
  const { prepared, novelty } = state;
  return prepared && { answers: answersOf(state), prepared, unlike: novelty === undefined ? undefined : isUnlike(novelty) };
}
