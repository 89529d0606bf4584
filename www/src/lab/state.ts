/** The lab's state, and what is derived from it. */
import type { TestSetState } from '../components/measure-panel';
import type { Column } from '../components/probability-bars';
import type { Vote } from '../components/answer-verdict';
import { argmax } from '../argmax';
import { memo } from '../memo';
import { t } from '../messages';
import { isUnlike } from '../novelty';
import type { ModelId, ModelStatus, Recipe } from '../shapes';
import { NOTHING, type Seen } from './sights';
import { type Guest, hasSubject } from './subject';

export interface State extends Seen {
  readonly models: readonly ModelId[];
  /** The classes of the data set, in label order. */
  readonly classes: readonly string[];
  /** Those that are shown, in order; never none. */
  readonly shown: readonly ModelId[];
  readonly statuses: ReadonlyMap<ModelId, ModelStatus>;
  /** Whether there is ink on the pad; a guest hides the pad. */
  readonly sketched: boolean;
  readonly guest: Guest | undefined;
  readonly recipe: Recipe;
  /** The steps that are not as the recipe has them. */
  readonly switched: readonly string[];
  /** The number of the last look asked for, and of the last one that ended. */
  readonly asked: number;
  readonly seen: number;
  /** In the language in use. */
  readonly problem: (() => string) | undefined;
  /** Whether only a reload helps against it. */
  readonly isStuck: boolean;
  /** What whoever shared the page asks of the visitor; empty for nothing. */
  readonly task: string;
  /** What the live region says. */
  readonly status: string;
  readonly testSet: TestSetState;
}

export function initial(models: readonly ModelId[], classes: readonly string[], hasTestSet: boolean): State {
  return {
    models,
    classes,
    shown: models,
    statuses: new Map(models.map((model) => [model, { kind: 'waiting' }])),
    sketched: false,
    guest: undefined,
    recipe: 'auto',
    switched: [],
    ...NOTHING,
    asked: 0,
    seen: 0,
    problem: undefined,
    isStuck: false,
    task: '',
    status: '',
    testSet: hasTestSet ? 'packed' : 'wanted',
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

/** What stands where the verdict will be. */
export function invitation(state: State): string {
  const statuses = state.shown.map((model) => state.statuses.get(model) ?? { kind: 'waiting' });
  if (statuses.every(({ kind }) => kind === 'failed')) return t.answers.none;
  if (!statuses.some(({ kind }) => kind === 'ready')) return t.answers.loading;
  return hasSubject(state) && state.seen < state.asked ? t.answers.thinking : t.answers.invitation;
}

/** Whether the picture is unlike the training garments. */
export function isNovel({ novelty }: State): boolean {
  return isUnlike(novelty);
}

/** The verdict as one sentence, for the live region. */
export function verdict(state: State): string {
  const all = votes(state);
  const labels = [...new Set(all.map(({ label }) => label))];
  const of = (label: string): ModelId[] => all.filter((vote) => vote.label === label).map(({ model }) => model);
  const [only] = labels;
  if (only === undefined) return t.answers.invitation;
  const novel = isNovel(state) ? ` ${t.answers.novel}: ${t.answers.novelty}` : '';
  if (labels.length === 1) return t.answers.agree(only, of(only)) + novel;
  return `${t.answers.apart}. ${labels.map((label) => t.answers.said(label, of(label))).join('; ')}.${novel}`;
}
