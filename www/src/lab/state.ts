/** The lab's state, and what is derived from it. */
import type { Place } from '../components/example-row';
import type { TestSetState } from '../components/measure-panel';
import type { Column } from '../components/probability-bars';
import type { Vote } from '../components/answer-verdict';
import { GHOSTS } from '../components/sketch/ghosts';
import { argmax } from '../argmax';
import { memo } from '../memo';
import { t } from '../messages';
import { type Doubt, doubtOf } from '../novelty';
import type { ModelId, ModelStatus } from '../shapes';
import { DRAWINGS, PUZZLES } from './examples';
import type { Walk } from '../shapes.notebook';
import { NOTHING, type Seen } from './sights';
import { type Guest, hasSubject, USUAL, type Wish } from './subject';

/** The model whose references are examples. */
export const INDEX = 'knn';

export interface State extends Seen, Wish {
  readonly models: readonly ModelId[];
  /** The classes of the data set, in label order. */
  readonly classes: readonly string[];
  /** Those that are shown, in order; never none. */
  readonly shown: readonly ModelId[];
  readonly statuses: ReadonlyMap<ModelId, ModelStatus>;
  /** Whether there is ink on the pad; a guest hides the pad. */
  readonly sketched: boolean;
  readonly guest: Guest | undefined;
  /** The test images that the guest is one of, when the visitor goes through some. */
  readonly walk: Walk | undefined;
  /** The number of the last look asked for, and of the last one that ended. */
  readonly lookAsked: number;
  readonly lookEnded: number;
  /** In the language in use. */
  readonly problem: (() => string) | undefined;
  /** Whether only a reload helps against it. */
  readonly isStuck: boolean;
  /** What whoever shared the page asks of the visitor; empty for nothing. */
  readonly task: string;
  /** What the live region says. */
  readonly status: string;
  readonly testSet: TestSetState;
  /** Whether the build's test set has come. */
  readonly isFetched: boolean;
  /** What the index recalls of the examples, in their order; nothing until they are wanted. */
  readonly recalled: Recalled | undefined;
}

/** Pictures of 784 bytes, 255 = ink. */
export interface Recalled {
  readonly garments: readonly Uint8Array[];
  readonly puzzles: readonly Uint8Array[];
}

export function initial(models: readonly ModelId[], classes: readonly string[], hasTestSet: boolean): State {
  return {
    models,
    classes,
    shown: models,
    statuses: new Map(models.map((model) => [model, { kind: 'waiting' }])),
    sketched: false,
    guest: undefined,
    walk: undefined,
    ...USUAL,
    ...NOTHING,
    lookAsked: 0,
    lookEnded: 0,
    problem: undefined,
    isStuck: false,
    task: '',
    status: '',
    testSet: hasTestSet ? 'packed' : 'wanted',
    recalled: undefined,
    isFetched: false,
  };
}

const columnsOf = memo((shown: State['shown'], statuses: State['statuses'], answers: State['answers']): Column[] =>
  shown.map((model) => {
    const status = statuses.get(model) ?? { kind: 'waiting' };
    // A model that is on its way again says so, and nothing else.
    const probabilities = status.kind === 'ready' ? answers.get(model) : undefined;
    return { model, status, probabilities, best: probabilities && argmax(probabilities) };
  }),
);

/** The columns of probabilities of the models shown. */
export function columns({ shown, statuses, answers }: State): Column[] {
  return columnsOf(shown, statuses, answers);
}

const votesOf = memo((columns: readonly Column[], texts: typeof t): Vote[] =>
  columns.flatMap(({ model, status, best: label }) =>
    label === undefined || status.kind !== 'ready' ? [] : [{ model, label: texts.className(status.labels[label] ?? String(label)) }],
  ),
);

/** The class that each model names, of its own. */
export function votes(state: State): Vote[] {
  return votesOf(columns(state), t);
}

const placesOf = memo((models: readonly ModelId[], recalled: Recalled | undefined): Place[] => [
  ...(models.includes(INDEX) ? GHOSTS.map((_, label): Place => ({ kind: 'garment', rank: label, label, grey: recalled?.garments[label] })) : []),
  ...(models.includes(INDEX) ? PUZZLES.map(({ label }, rank): Place => ({ kind: 'puzzle', rank, label, grey: recalled?.puzzles[rank] })) : []),
  ...DRAWINGS.map(({ label }, rank): Place => ({ kind: 'drawing', rank, label, grey: undefined })),
  { kind: 'photograph', rank: 0, label: 3, grey: undefined },
]);

/** The examples; those of the index where there is one. */
export function examples({ models, recalled }: State): Place[] {
  return placesOf(models, recalled);
}

/** What stands where the verdict will be. */
export function invitation(state: State): string {
  const statuses = state.shown.map((model) => state.statuses.get(model) ?? { kind: 'waiting' });
  if (statuses.every(({ kind }) => kind === 'failed')) return t.answers.none;
  if (!statuses.some(({ kind }) => kind === 'ready')) return t.answers.loading;
  if (state.guest && state.prepared?.blank) return t.answers.empty;
  return hasSubject(state) && state.lookEnded < state.lookAsked ? t.answers.thinking : t.answers.invitation;
}

/** How far the answers are to be doubted: the picture may be unlike the training garments. */
export function doubt({ novelty }: State): Doubt {
  return doubtOf(novelty);
}

/** The verdict as one sentence, for the live region. */
export function verdict(state: State): string {
  const all = votes(state);
  const labels = [...new Set(all.map(({ label }) => label))];
  const of = (label: string): ModelId[] => all.filter((vote) => vote.label === label).map(({ model }) => model);
  const [only] = labels;
  if (only === undefined) return t.answers.invitation;
  const degree = doubt(state);
  const novel = degree === 'none' ? '' : ` ${t.answers.doubts[degree].is}: ${t.answers.doubts[degree].so}`;
  if (labels.length === 1) return t.answers.agree(only, of(only)) + novel;
  return `${t.answers.apart}. ${labels.map((label) => t.answers.said(label, of(label))).join('; ')}.${novel}`;
}
