/** A report as CSV and JSON, and every answer as CSV (RFC 4180, lines end in CRLF). */
import type { Outcome, ReportData } from '../../shapes.notebook';

type Value = string | number;

const field = (value: Value): string => (/[",\r\n]/.test(String(value)) ? `"${String(value).replaceAll('"', '""')}"` : String(value));

export const csv = (rows: readonly (readonly Value[])[]): string => rows.map((row) => `${row.map(field).join(',')}\r\n`).join('');

/** A line a class, then the accuracy. */
export function reportCsv({ rows, accuracy }: ReportData): string {
  const total = rows.reduce((sum, { support }) => sum + support, 0);
  return csv([
    ['class', 'precision', 'recall', 'f1-score', 'support'],
    ...rows.map(({ name, precision, recall, f1, support }) => [name, precision, recall, f1, support]),
    ['accuracy', '', '', accuracy, total],
  ]);
}

/** The keys of scikit-learn's `classification_report(output_dict=True)`, and the confusion matrix. */
export function reportJson({ model, rows, accuracy, confusion, measured }: ReportData): string {
  const classes = rows.map(({ name, precision, recall, f1, support }) => [name, { precision, recall, 'f1-score': f1, support }] as const);
  return `${JSON.stringify({ model, measured_in_browser: measured, accuracy, ...Object.fromEntries(classes), confusion_matrix: confusion }, null, 2)}\n`;
}

/** A line a test image: its number, its label, the answer, the probability of each class. */
export function predictionsCsv({ truth, predicted, probabilities }: Outcome, classes: readonly string[]): string {
  const width = classes.length;
  const rows = Array.from(truth, (label, index): Value[] => [
    index,
    classes[label] ?? label,
    classes[predicted[index] ?? 0] ?? '',
    ...Array.from(probabilities.subarray(index * width, (index + 1) * width), (share) => Number(share.toPrecision(7))),
  ]);
  return csv([['image', 'label', 'answer', ...classes.map((name) => `p(${name})`)], ...rows]);
}
