/** A classification report as plain data. */
import type { Freed } from './held';
import type { Score } from './measure';

/** What the wasm package gives of true and predicted labels. */
export interface ReportReader extends Freed {
  readonly accuracy: number;
  readonly interval: ArrayLike<number>;
  readonly macro_f1: number;
  readonly precision: ArrayLike<number>;
  readonly recall: ArrayLike<number>;
  readonly f1: ArrayLike<number>;
  readonly support: Uint32Array;
  readonly confusion: Uint32Array;
  readonly text: string;
}

/** `report`: reads true and predicted labels; what it gives is freed. */
export function scoring(report: (truth: Uint8Array, predicted: Uint8Array) => ReportReader): Score {
  return (truth, predicted) => {
    const reader = report(truth, predicted);
    try {
      const { precision, recall, f1, support, confusion, interval } = reader;
      return {
        accuracy: reader.accuracy,
        interval: [interval[0] ?? 0, interval[1] ?? 1],
        macroF1: reader.macro_f1,
        rows: Array.from(support, (count, label) => ({ precision: precision[label] ?? 0, recall: recall[label] ?? 0, f1: f1[label] ?? 0, support: count })),
        confusion: Array.from(support, (_, row) => Array.from(confusion.subarray(row * support.length, (row + 1) * support.length))),
        text: reader.text,
      };
    } finally {
      reader.free();
    }
  };
}
