/** A report as CSV and JSON, and every answer as CSV: for programs (RFC 4180, lines end in CRLF), and as a language's spreadsheets read it. */
import type { Outcome, ReportData } from '../../shapes.notebook';

export type Value = string | number;

const field = (value: Value): string => (/[",\r\n]/.test(String(value)) ? `"${String(value).replaceAll('"', '""')}"` : String(value));

export const csv = (rows: readonly (readonly Value[])[]): string => rows.map((row) => `${row.map(field).join(',')}\r\n`).join('');

/** How a language's spreadsheets read a file: what stands between fields, and before the decimals. */
export interface Sheet {
  readonly separator: ',' | ';';
  readonly decimal: '.' | ',';
}

/** A table as a spreadsheet opens it, in Unicode; what a text begins with makes no formula of it. */
export function spreadsheet(rows: readonly (readonly Value[])[], { separator, decimal }: Sheet): string {
  const cell = (value: Value): string => {
    const text = typeof value === 'number' ? String(value).replace('.', decimal) : value.replace(/^(?=[\s]*[=+\-@|%])|^(?=[\t\r\n])/, "'");
    return text.includes(separator) || /["\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  return `\uFEFF${rows.map((row) => `${row.map(cell).join(separator)}\r\n`).join('')}`;
}

/** A line a class, then the accuracy. */
export function reportRows({ rows, accuracy }: ReportData): Value[][] {
  const total = rows.reduce((sum, { support }) => sum + support, 0);
  return [
    ['class', 'precision', 'recall', 'f1-score', 'support'],
    ...rows.map(({ name, precision, recall, f1, support }) => [name, precision, recall, f1, support]),
    ['accuracy', '', '', accuracy, total],
  ];
}

export const reportCsv = (report: ReportData): string => csv(reportRows(report));

/** The keys of scikit-learn's `classification_report(output_dict=True)`, and the confusion matrix. */
export function reportJson({ model, rows, accuracy, confusion, measured }: ReportData): string {
  const classes = rows.map(({ name, precision, recall, f1, support }) => [name, { precision, recall, 'f1-score': f1, support }] as const);
  return `${JSON.stringify({ model, measured_in_browser: measured, accuracy, ...Object.fromEntries(classes), confusion_matrix: confusion }, null, 2)}\n`;
}

/** A line a test image: its number, its label, the answer, the probability of each class. */
export function predictionRows({ truth, predicted, probabilities }: Outcome, classes: readonly string[]): Value[][] {
  const width = classes.length;
  const rows = Array.from(truth, (label, index): Value[] => [
    index,
    classes[label] ?? label,
    classes[predicted[index] ?? 0] ?? '',
    ...Array.from(probabilities.subarray(index * width, (index + 1) * width), (share) => Number(share.toPrecision(7))),
  ]);
  return [['image', 'label', 'answer', ...classes.map((name) => `p(${name})`)], ...rows];
}
