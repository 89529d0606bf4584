/** metrics.json's robustness → a curve for each corruption. Pure. */
import type { ModelId } from '../../shapes';
import type { Distortion, Robustness } from '../../shapes.why';

/** One corruption: accuracy against amount, from none to the strongest that was measured. */
export interface Curve {
  readonly corruption: string;
  readonly unit: string;
  /** From no corruption on. */
  readonly amounts: readonly number[];
  /** Accuracy at each amount, by model. */
  readonly accuracy: Readonly<Record<ModelId, readonly number[]>>;
}

/** Corruptions of which no amount is 1 and not 0. */
const NEUTRAL: Readonly<Record<string, number>> = { scale: 1, contrast: 1 };

/** The curves in the file's order; rows whose amount is no number are left out. */
export function curves({ clean, rows }: Robustness): Curve[] {
  const names = [...new Set(rows.map(({ corruption }) => corruption))];
  return names.map((corruption) => {
    const measured = rows
      .filter((row) => row.corruption === corruption)
      .map((row) => ({ ...row, parts: /^([\d.]+)\s*(.*)$/.exec(row.amount) }))
      .filter(({ parts }) => parts !== null)
      .toSorted((a, b) => a.strength - b.strength);
    const accuracy = Object.keys(clean).map((model) => [model, [clean[model] ?? 0, ...measured.map((row) => row.accuracy[model] ?? 0)]] as const);
    return {
      corruption,
      unit: measured[0]?.parts?.[2] ?? '',
      amounts: [NEUTRAL[corruption] ?? 0, ...measured.map(({ parts }) => Number(parts?.[1]))],
      accuracy: Object.fromEntries(accuracy),
    };
  });
}

/** How much of a corruption the sliders hold, in its own unit; `undefined` for one that has no slider. */
export function current(corruption: string, distortion: Distortion): number | undefined {
  switch (corruption) {
    case 'shift':
      return Math.hypot(distortion.shift_x, distortion.shift_y);
    case 'rotate':
      return Math.abs(distortion.degrees);
    case 'scale':
    case 'contrast':
    case 'blur':
    case 'noise':
    case 'erase':
    case 'outline':
      return distortion[corruption];
    default:
      return undefined;
  }
}

/** Which side of what was measured an amount lies on: beyond the strongest, or milder than none (a larger size); `undefined` within it. */
export function unmeasured({ amounts }: Curve, amount: number | undefined): 'stronger' | 'milder' | undefined {
  const [none = 0, strongest = none] = [amounts[0], amounts.at(-1)];
  if (amount === undefined || strongest === none) return undefined;
  const share = (amount - none) / (strongest - none);
  return share > 1 ? 'stronger' : share < 0 ? 'milder' : undefined;
}
