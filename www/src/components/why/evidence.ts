/** Occlusion answers → how much each cell matters for a class, and where that lies. Pure. */
import { CELLS, type Occlusion } from '../../shapes.why';

/** How a change is measured: as a difference of probabilities, or of log-odds in bits. */
export type Measure = 'probability' | 'odds';

/** Keeps the odds of a certain answer finite; far below what any model means by "surely not". */
const LEAST = 1e-6;
/** A change below this is nothing to show in full colour: a point of probability, or a tenth of a bit. */
export const LEAST_CHANGE: Readonly<Record<Measure, number>> = { probability: 0.01, odds: 0.1 };

/** How much of its measure the class `target` has among all probabilities. */
export function amount(probabilities: ArrayLike<number>, target: number, measure: Measure): number {
  const own = probabilities[target] ?? 0;
  if (measure === 'probability') return own;
  // The others are summed: 1 − own loses all digits near certainty.
  let others = 0;
  for (let label = 0; label < probabilities.length; label++) if (label !== target) others += probabilities[label] ?? 0;
  return Math.log2((own + LEAST) / (others + LEAST));
}

/** The probabilities without the patch around `cell`, in label order. */
export function withoutCell({ whole, without }: Occlusion, cell: number): Float32Array {
  return without.subarray(cell * whole.length, (cell + 1) * whole.length);
}

/** What the class loses without the patch around each cell, row-major; `undefined` where that is not known yet. */
export function losses(occlusion: Occlusion, target: number, measure: Measure): (number | undefined)[] {
  const whole = amount(occlusion.whole, target, measure);
  return Array.from(occlusion.known, (known, cell) =>
    known ? whole - amount(withoutCell(occlusion, cell), target, measure) : undefined,
  );
}

/** The change that is shown in full colour: the largest either way, but no less than {@link LEAST_CHANGE}. */
export function fullScale(values: readonly (number | undefined)[], measure: Measure): number {
  return values.reduce<number>((most, value) => Math.max(most, Math.abs(value ?? 0)), LEAST_CHANGE[measure]);
}

/** The cell with the greatest loss (or gain, with `sign` −1); `undefined` when nothing reaches {@link LEAST_CHANGE}. */
export function strongest(values: readonly (number | undefined)[], sign: 1 | -1, measure: Measure): number | undefined {
  let best: number | undefined;
  let most = LEAST_CHANGE[measure];
  values.forEach((value, cell) => {
    if (value !== undefined && value * sign >= most) {
      most = value * sign;
      best = cell;
    }
  });
  return best;
}

/** Thirds of the picture: rows of three, from the upper left. */
export type Third = 0 | 1 | 2;

/** Where evidence lies: one of nine regions, a whole row or column of three, all over, or nowhere. */
export type Place =
  | { readonly kind: 'region'; readonly row: Third; readonly column: Third }
  | { readonly kind: 'row'; readonly row: Third }
  | { readonly kind: 'column'; readonly column: Third }
  | { readonly kind: 'spread' }
  | { readonly kind: 'none' };

/** Shares of all evidence from which a region, or a row or column, counts as where "most" of it lies. */
const MOST = { region: 0.45, band: 0.6 };
const THIRDS: readonly Third[] = [0, 1, 2];

/** The third in which row or column `index` of the cells lies. */
function third(index: number): Third {
  return THIRDS[Math.min(2, Math.floor((index * 3) / CELLS))] ?? 2;
}

/** The mean of the known values in each of nine regions, row-major. */
export function regions(values: readonly (number | undefined)[]): number[] {
  const sums = new Float64Array(9);
  const counts = new Uint32Array(9);
  values.forEach((value, cell) => {
    if (value === undefined) return;
    const region = third(Math.floor(cell / CELLS)) * 3 + third(cell % CELLS);
    sums[region] = (sums[region] ?? 0) + value;
    counts[region] = (counts[region] ?? 0) + 1;
  });
  return Array.from(sums, (sum, region) => sum / Math.max(1, counts[region] ?? 1));
}

/** Where the patches lie without which the class loses. */
export function whereabouts(values: readonly (number | undefined)[], measure: Measure): Place {
  if (strongest(values, 1, measure) === undefined) return { kind: 'none' };
  const positive = regions(values.map((value) => value && Math.max(0, value)));
  const total = positive.reduce((sum, value) => sum + value, 0);
  const share = (wanted: (row: Third, column: Third) => boolean): number => {
    let sum = 0;
    for (const row of THIRDS) for (const column of THIRDS) if (wanted(row, column)) sum += positive[row * 3 + column] ?? 0;
    return sum / total;
  };
  for (const row of THIRDS) {
    for (const column of THIRDS) if (share((r, c) => r === row && c === column) >= MOST.region) return { kind: 'region', row, column };
  }
  for (const row of THIRDS) if (share((r) => r === row) >= MOST.band) return { kind: 'row', row };
  for (const column of THIRDS) if (share((_, c) => c === column) >= MOST.band) return { kind: 'column', column };
  return { kind: 'spread' };
}
