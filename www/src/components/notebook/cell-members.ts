/** Which test images stand in a cell, and which of them deserve a second look. */
import type { ModelId } from '../../shapes';
import type { Badge, Cell, CellMember, MemberGroup, Outcome } from '../../shapes.notebook';

/** How sure every model must be of the same other class for a label to be doubted. */
export const DOUBT_FROM = 0.9;

/** A measured model by its name. */
export interface Measured {
  readonly model: ModelId;
  readonly outcome: Outcome;
}

const sureness = ({ predicted, probabilities }: Outcome, index: number): number =>
  probabilities[index * (probabilities.length / predicted.length) + (predicted[index] ?? 0)] ?? 0;

/** The test images whose label all of two or more models contradict with the same class, each at least {@link DOUBT_FROM} sure. */
export function doubted(measured: readonly Measured[]): ReadonlySet<number> {
  const [first, ...others] = measured.map(({ outcome }) => outcome);
  const images = new Set<number>();
  if (!first || others.length === 0) return images;
  first.predicted.forEach((answer, index) => {
    if (answer === first.truth[index]) return;
    if ([first, ...others].every((outcome) => outcome.predicted[index] === answer && sureness(outcome, index) >= DOUBT_FROM)) images.add(index);
  });
  return images;
}

/** The images of `cell` for one model, or for two: those of both, of the first alone, of the second alone. */
export function membersOf(
  cell: Cell,
  models: readonly Measured[],
  badges: ReadonlyMap<Badge, ReadonlySet<number>>,
  title: (of: 'one' | 'both' | 'first' | 'second') => string,
): MemberGroup[] {
  const [first, second] = models.map(({ outcome }) => outcome);
  if (!first) return [];
  const within = ({ truth, predicted }: Outcome, index: number): boolean => truth[index] === cell.truth && predicted[index] === cell.predicted;
  const all = (outcome: Outcome, keep: (index: number) => boolean): CellMember[] =>
    Array.from(outcome.truth.keys())
      .filter((index) => within(outcome, index) && keep(index))
      .map((index) => ({ index, confidence: sureness(outcome, index), badges: [...badges].flatMap(([badge, images]) => (images.has(index) ? [badge] : [])) }));
  if (!second) return [{ title: () => title('one'), members: all(first, () => true) }];
  return [
    { title: () => title('both'), members: all(first, (index) => within(second, index)) },
    { title: () => title('first'), members: all(first, (index) => !within(second, index)) },
    { title: () => title('second'), members: all(second, (index) => !within(first, index)) },
  ];
}
