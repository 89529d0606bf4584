/** The files to download: fields are quoted where RFC 4180 asks for it, figures are whole, and no text is a formula. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ReportData } from '../../shapes.notebook';
import { csv, predictionRows, reportCsv, reportJson, reportRows, spreadsheet, type Value } from './report-files';

const report: ReportData = {
  model: 'mlp',
  rows: [{ name: 'Coat, long', precision: 2 / 3, recall: 0.5, f1: 4 / 7, support: 4 }, { name: 'Bag', precision: 1, recall: 1, f1: 1, support: 2 }],
  accuracy: 2 / 3,
  confusion: [[2, 2], [0, 2]],
  text: '',
  measured: true,
};

test('commas, quotes and line ends are quoted', () => {
  expect(csv([['a,b', 'say "x"', 'two\nlines', 'plain', 1.5]])).toBe('"a,b","say ""x""","two\nlines",plain,1.5\r\n');
});

test('a report has a line a class and one for the accuracy', () => {
  expect(reportCsv(report).split('\r\n')).toEqual([
    'class,precision,recall,f1-score,support',
    `"Coat, long",${2 / 3},0.5,${4 / 7},4`,
    'Bag,1,1,1,2',
    `accuracy,,,${2 / 3},6`,
    '',
  ]);
});

test('its JSON reads back', () => {
  expect(JSON.parse(reportJson(report))).toEqual({
    model: 'mlp',
    measured_in_browser: true,
    accuracy: 2 / 3,
    'Coat, long': { precision: 2 / 3, recall: 0.5, 'f1-score': 4 / 7, support: 4 },
    Bag: { precision: 1, recall: 1, 'f1-score': 1, support: 2 },
    confusion_matrix: [[2, 2], [0, 2]],
  });
});

test('every answer has its line', () => {
  const outcome = { truth: Uint8Array.of(1, 0), predicted: Uint8Array.of(1, 1), probabilities: Float32Array.of(0.25, 0.75, 0.1, 0.9) };
  expect(csv(predictionRows(outcome, ['Coat', 'Bag']))).toBe('image,label,answer,p(Coat),p(Bag)\r\n0,Bag,Bag,0.25,0.75\r\n1,Coat,Bag,0.1,0.9\r\n');
});

test('a German spreadsheet has semicolons and decimal commas, an English one neither; both say that they are Unicode', () => {
  expect(spreadsheet(reportRows(report), { separator: ';', decimal: ',' }).split('\r\n').slice(0, 2)).toEqual(['\uFEFFclass;precision;recall;f1-score;support', `Coat, long;${String(2 / 3).replace('.', ',')};0,5;${String(4 / 7).replace('.', ',')};4`]);
  expect(spreadsheet([['a;b', 1.5, -2]], { separator: ';', decimal: ',' })).toBe('\uFEFF"a;b";1,5;-2\r\n');
  expect(spreadsheet([['a,b', 1.5, -2]], { separator: ',', decimal: '.' })).toBe('\uFEFF"a,b",1.5,-2\r\n');
});

test('no text becomes a formula, whatever it begins with', () => {
  const wild = fc.oneof(fc.string(), fc.constantFrom('=1+1', '+1', '-1', '@SUM(A1)', ' =1', '\t=1', '\r=1', '|cmd', '%0', '"=1"'));
  fc.assert(
    fc.property(wild, fc.constantFrom({ separator: ';' as const, decimal: ',' as const }, { separator: ',' as const, decimal: '.' as const }), (text: Value, sheet) => {
      const field = spreadsheet([[text]], sheet).slice(1, -2);
      const read = field.startsWith('"') ? field.slice(1, -1).replaceAll('""', '"') : field;
      expect(read).not.toMatch(/^\s*[=+\-@|%]|^[\t\r\n]/);
      expect([text, `'${text}`]).toContain(read);
    }),
  );
});
