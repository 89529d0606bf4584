/** Class and confidence of every answer, and how two lists of them differ. Pure. */
import type { Outcome, Replies } from '../../shapes.notebook';

/** The confidence 1 in models/test.answers, which tells multiples of its inverse. */
export const FULL = 4095;

/** Half of a step, and what single precision adds. */
const TOLERANCE = 0.5 / FULL + 1e-6;

const made = new WeakMap<Outcome, Replies>();

/** What of a measurement is class and confidence: one and the same for as long as the measurement is. */
export function repliesOf(outcome: Outcome): Replies {
  const { truth, predicted, probabilities } = outcome;
  const width = probabilities.length / predicted.length;
  const replies = made.get(outcome) ?? { truth, predicted, confidence: Float32Array.from(predicted, (label, index) => probabilities[index * width + label] ?? 0) };
  made.set(outcome, replies);
  return replies;
}

/** Whether they speak of the same images, as far as their labels tell. */
export function isSameTruth(one: Replies, other: Replies): boolean {
  return one.truth.length === other.truth.length && one.truth.every((label, index) => label === other.truth[index]);
}

/** How many answers are another class, or of another confidence than the committed one tells. */
export function differences(measured: Replies, committed: Replies): number {
  return measured.predicted.reduce(
    (count, label, index) => count + Number(label !== committed.predicted[index] || Math.abs((measured.confidence[index] ?? 0) - (committed.confidence[index] ?? 0)) > TOLERANCE),
    0,
  );
}
