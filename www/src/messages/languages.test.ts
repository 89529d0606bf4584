/** A language is a file here and a line in the list: whatever else speaks languages finds it there. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { type Language, type Languages, languages as read } from '../../build/languages';
import { shell } from '../../build/shell';
import { unstarted, unstartedStyles } from '../../build/unstarted';
import { languages, textsOf } from '.';
import { spoken, type Tag } from './tags';

const www = resolve(import.meta.dirname, '../..');
const tags = Object.keys(spoken) as (keyof typeof spoken)[];
const files = import.meta.glob<Language>(['./??.ts', './??-??.ts'], { eager: true });
const all = Object.fromEntries(tags.map((tag) => [tag, files[`./${tag}.ts`]])) as unknown as Languages;

test('every file is in the list, and the list has nothing else', () => {
  expect(Object.keys(files).toSorted()).toEqual(tags.map((tag) => `./${tag}.ts`).toSorted());
});

test('each can be chosen, and is spoken', async () => {
  expect(languages).toEqual(tags.map((tag) => [tag, spoken[tag].name]));
  for (const tag of tags) expect(await textsOf(tag)).toBe(all[tag].texts);
});

test('one that has no file does not come', async () => {
  await expect(textsOf('xx' as Tag)).rejects.toThrow('messages/xx.ts is missing');
});

test('the build reads each', async () => {
  const built = await read();
  expect(Object.keys(built)).toEqual(tags);
  for (const tag of tags) expect([built[tag].texts.header.title, built[tag].unstarted.title]).toEqual([all[tag].texts.header.title, all[tag].unstarted.title]);
});

test('the HTML holds each, and shows the document\u2019s own', () => {
  for (const tag of tags) {
    expect(shell(all)).toContain(`<div data-shell="${tag}" hidden>`);
    expect(shell(all)).toContain(`[data-shell='${tag}'][hidden]:not(:lang(${tag}))`);
    expect(unstarted(all)).toContain(`<section lang="${tag}">`);
    expect(unstartedStyles).toContain(`html[dir]:not(:lang(${tag})) .unstarted > [lang='${tag}']`);
  }
});

test('nothing but the list names a language other than English, and a file of its own', () => {
  const others = tags.filter((tag) => tag !== 'en');
  const sources = ['src', 'build', 'index.html']
    .flatMap((place) => (place.endsWith('.html') ? [place] : readdirSync(join(www, place), { recursive: true, encoding: 'utf8' }).map((path) => join(place, path).replaceAll('\\', '/'))))
    .filter((path) => /\.(ts|html)$/.test(path) && !path.endsWith('.test.ts'));
  const named = new RegExp(`['"/(](${others.join('|')})(\\.ts)?['")]`);
  const naming = sources.filter((path) => !others.some((tag) => path.startsWith(`src/messages/${tag}.`)) && named.test(readFileSync(join(www, path), 'utf8')));
  expect(naming).toEqual([]);
});
