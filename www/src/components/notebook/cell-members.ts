/** Which test images stand in a cell, or in a set, and which of them deserve a second look. Pure. */
import type { Badge, Cell, CellMember, ImageSet, MemberGroup, Replies, Told } from '../../shapes.notebook';

/** How sure every model must be of the same other class for a label to be doubted. */
export const DOUBT_FROM = 0.9;

type Badges = ReadonlyMap<Badge, ReadonlySet<number>>;

function member({ confidence }: Replies, index: number, badges: Badges): CellMember {
  return { index, confidence: confidence[index] ?? 0, badges: [...badges].flatMap(([badge, images]) => (images.has(index) ? [badge] : [])) };
}

/** The test images whose label all of two or more models contradict with the same class, each at least {@link DOUBT_FROM} sure. */
export function doubted(told: readonly Told[]): ReadonlySet<number> {
  const [first, ...others] = told.map(({ replies }) => replies);
  const images = new Set<number>();
  if (!first || others.length === 0) return images;
  first.predicted.forEach((answer, index) => {
    if (answer === first.truth[index]) return;
    if ([first, ...others].every(({ predicted, confidence }) => predicted[index] === answer && (confidence[index] ?? 0) >= DOUBT_FROM)) images.add(index);
  });
  return images;
}

/** The images of `cell` for one model, or for two: those of both, of the first alone, of the second alone. */
export function membersOf(cell: Cell, models: readonly Told[], badges: Badges, title: (of: 'one' | 'both' | 'first' | 'second') => string): MemberGroup[] {
  const [first, second] = models.map(({ replies }) => replies);
  if (!first) return [];
  const within = ({ truth, predicted }: Replies, index: number): boolean => truth[index] === cell.truth && predicted[index] === cell.predicted;
  const all = (replies: Replies, keep: (index: number) => boolean): CellMember[] =>
    Array.from(replies.truth.keys())
      .filter((index) => within(replies, index) && keep(index))
      .map((index) => member(replies, index, badges));
  if (!second) return [{ title: () => title('one'), members: all(first, () => true) }];
  return [
    { title: () => title('both'), members: all(first, (index) => within(second, index)) },
    { title: () => title('first'), members: all(first, (index) => !within(second, index)) },
    { title: () => title('second'), members: all(second, (index) => !within(first, index)) },
  ];
}

/** The images of every set, of two or more models; none of fewer. */
export function setsOf(told: readonly Told[]): ReadonlyMap<ImageSet, readonly number[]> {
  const [first, ...others] = told;
  const sets = new Map<ImageSet, number[]>();
  if (!first || others.length === 0) return sets;
  const all: readonly ImageSet[] = ['apart', 'wrong', ...told.map(({ model }) => `only.${model}` as const)];
  for (const set of all) sets.set(set, []);
  first.replies.truth.forEach((label, index) => {
    const right = told.filter(({ replies }) => replies.predicted[index] === label);
    if (others.some(({ replies }) => replies.predicted[index] !== first.replies.predicted[index])) sets.get('apart')?.push(index);
    if (right.length === 0) sets.get('wrong')?.push(index);
    if (right.length === 1 && right[0]) sets.get(`only.${right[0].model}`)?.push(index);
  });
  return sets;
}

/** The images of a set with the confidence of the model that it is about, or of `first`. */
export function membersOfSet(set: ImageSet, indices: readonly number[], told: readonly Told[], first: Told, badges: Badges, title: () => string): MemberGroup[] {
  const { replies } = told.find(({ model }) => set === `only.${model}`) ?? first;
  return [{ title, members: indices.map((index) => member(replies, index, badges)) }];
}
