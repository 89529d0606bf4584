/** How a network was taught, as its history has it: the runs one after the other, and who taught it. Pure. */
import { t } from '../../messages';
import type { ModelId } from '../../shapes';

/** One run of a training; `after`: the one that it went on from. What a build's file does not have is not told. */
export interface Hyperparameters {
  readonly epochs?: number;
  /** The share of each target that is the teachers'. */
  readonly distillation?: number;
  /** `file sha256` of each. */
  readonly teachers?: readonly string[];
  readonly after?: Hyperparameters | null;
}

/** A file of this build. */
interface Known {
  readonly path: string;
  readonly role: ModelId;
  readonly sha256: string;
}

/** The runs, the first one first. */
function runsOf(hyperparameters: Hyperparameters | undefined | null): Hyperparameters[] {
  return hyperparameters ? [...runsOf(hyperparameters.after), hyperparameters] : [];
}

/** The epochs: `12 + 5` where the runs account for all of them, their number otherwise. */
export function epochsOf(hyperparameters: Hyperparameters | undefined, count: number): string {
  const runs = runsOf(hyperparameters).map(({ epochs }) => epochs ?? 0);
  const isWhole = runs.length > 1 && runs.reduce((sum, epochs) => sum + epochs, 0) === count;
  return isWhole ? t.notebook.models.runs(runs, count) : t.count(count);
}

/** Who taught it, and how much of each target was theirs, run by run; `undefined` for a network that nobody taught. */
export function teachersOf(hyperparameters: Hyperparameters | undefined, files: readonly Known[]): string | undefined {
  const runs = runsOf(hyperparameters).filter(({ distillation = 0, teachers = [] }) => distillation > 0 && teachers.length > 0);
  const all = [...new Set(runs.flatMap(({ teachers = [] }) => teachers))];
  if (all.length === 0) return undefined;
  const names = all.map((teacher) => {
    const [path = '', sum = ''] = teacher.split('/').at(-1)?.split(' ') ?? [];
    const known = files.find(({ sha256 }) => sha256 === sum);
    const named = files.find((file) => file.path === path);
    return known ? t.model(known.role) : t.notebook.models.earlier(named ? t.model(named.role) : path);
  });
  const shares = [...new Set(runs.map(({ distillation = 0 }) => Math.round(distillation * 100) / 100))];
  return t.notebook.models.taught([...new Set(names)], shares);
}
