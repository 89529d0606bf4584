/** Which addresses are the page's, and which files it cannot begin without. */
import { expect, test } from 'vitest';
import { entryIn, isNeeded, isPage, isUnasked } from './protocol';

const scope = 'https://host/course/vitrine/';

test.each(['', 'index.html', '?lang=de', 'index.html#at=why', '#draw=AQ'])('“%s” is the page', (rest) => expect(isPage(scope + rest, scope)).toBe(true));

test.each(['week4/', 'week4/index.html', 'slides.html', 'foo/bar', 'data/t10k.gz', 'assets/', 'index.html/', 'index.htm'])('“%s” is not', (rest) => expect(isPage(scope + rest, scope)).toBe(false));

test('neither is what lies above or beside', () => {
  for (const url of ['https://host/course/', 'https://host/course/vitrine', 'https://other/course/vitrine/']) expect(isPage(url, scope)).toBe(false);
});

test('the page needs its scripts and a wasm file, not every model, language or chart', () => {
  for (const name of ['index.html', 'assets/index-a_-b.js', 'assets/start-x.css', 'assets/worker-x.js', 'assets/vitrine_relaxed_bg-x.wasm']) expect(isNeeded(scope + name)).toBe(true);
  for (const name of ['assets/de-x.js', 'assets/cnn-x.onnx', 'assets/plot-x.js', 'icon.svg', 'manifest.webmanifest', 'sub/index.html.js']) expect(isNeeded(scope + name)).toBe(false);
});

test('the test set comes when it is asked for', () => {
  expect(isUnasked(`${scope}assets/t10k-images-idx3-ubyte-a_-b.gz`)).toBe(true);
  for (const name of ['assets/cnn-x.onnx', 'assets/index-x.js', 't10k-x.gz']) expect(isUnasked(scope + name)).toBe(false);
});

test('a page names its first script', () => {
  expect(entryIn('<head><link rel="manifest" href="m"><link rel="modulepreload" crossorigin href="./assets/index-x.js"><link rel="modulepreload" href="other">')).toBe('./assets/index-x.js');
  expect(entryIn('<!doctype html><title>Log in</title>')).toBeUndefined();
});
