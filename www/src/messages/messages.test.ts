/** What the languages owe: every class and every kind of failure has its text, and what is made of texts follows the language. */
import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import manifest from '../../../models/manifest.json';
import { de } from './de';
import { en } from './en';
import { perLanguage, speak, t, textsOf } from './index';

test('English calls the classes as the data set does, German calls every one of them otherwise, but for a word that it shares', () => {
  expect(manifest.labels.map((name) => en.className(name))).toEqual(manifest.labels);
  const german = manifest.labels.map((name) => de.className(name));
  expect(new Set(german).size).toBe(manifest.labels.length);
  expect(manifest.labels.filter((name) => de.className(name) === name)).toEqual(['Pullover']);
});

test('German has a sentence for every code of src/error.rs, and keeps the detail', () => {
  const rust = readFileSync(new URL('../../../src/error.rs', import.meta.url), 'utf8');
  const codes = [...rust.matchAll(/Self::\w+ => "(\w+)"/g)].map(([, code = '']) => code);
  expect(codes).toContain('integrity');
  const sentences = codes.map((code) => {
    const text = de.errors.failure({ code, message: 'x: expected 1, got 2' });
    expect(text).toMatch(/^[A-ZÄÖÜ].+\. \(\u2066x: expected 1, got 2\u2069\)$/);
    return text;
  });
  expect(new Set(sentences).size).toBe(sentences.length);
  expect(de.errors.failure({ code: 'unheard of', message: 'x' })).toBe(de.errors.failure({ code: 'internal', message: 'x' }));
});

/** The codes that files of the engine throw or tell. */
function engineCodes(): string[] {
  const folder = new URL('../engine/', import.meta.url);
  const texts = readdirSync(folder).filter((name) => /^[\w-]+\.ts$/.test(name)).map((name) => readFileSync(new URL(name, folder), 'utf8'));
  return [...new Set(texts.flatMap((text) => [...text.matchAll(/(?:CodedError\(|code: |code\()'(\w+)'/g)].map(([, code = '']) => code)))];
}

test('every language has a sentence of its own for what the engine adds, without the engine’s words', () => {
  const codes = engineCodes().filter((code) => !['cancelled', 'io', 'parameter', 'integrity'].includes(code));
  expect(codes).toEqual(expect.arrayContaining(['stopped', 'timeout', 'worker', 'policy', 'browser', 'restarted', 'ended']));
  for (const texts of [en, de]) {
    const sentences = codes.map((code) => texts.errors.failure({ code, message: 'RuntimeError: unreachable' }));
    expect(sentences.filter((sentence) => sentence.includes('unreachable'))).toEqual([]);
    expect(new Set(sentences).size).toBe(codes.length);
  }
});

test('of a file that is not the published one visitors read the facts, not what its makers are to do', () => {
  const failure = { code: 'integrity', message: 'cnn.onnx: expected 9 bytes, got 4 bytes; restore the file, or make it anew' };
  for (const texts of [en, de]) expect(texts.errors.failure(failure)).toMatch(/ \(\u2066?cnn\.onnx: expected 9 bytes, got 4 bytes\u2069?\)$/);
});

test('what is made per language is made once in each', async () => {
  const made = perLanguage(() => ({ title: t.answers.title }));
  const first = made();
  expect(made()).toBe(first);
  speak('de', await textsOf('de'));
  expect(made().title).toBe(de.answers.title);
  expect(made()).toBe(made());
  speak('en', await textsOf('en'));
});
