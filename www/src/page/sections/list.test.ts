/** A section is a file here and a line in the list: whatever else shows sections finds it there. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { shell } from '../../../build/shell';
import * as de from '../../messages/de';
import * as en from '../../messages/en';
import { sections } from '.';
import { list } from './list';

const www = resolve(import.meta.dirname, '../../..');
const names = Object.keys(list);
const infrastructure = ['index.ts', 'list.ts', 'list.test.ts', 'section.ts'];

test('every file is in the list, and the list has nothing else', () => {
  const files = readdirSync(import.meta.dirname).filter((name) => !infrastructure.includes(name));
  expect(files.toSorted()).toEqual(names.map((name) => `${name}.ts`).toSorted());
});

test('the page shows them in the order of the list, under their titles', () => {
  expect(sections.map(({ id, title }) => [id, title()])).toEqual(Object.entries(list).map(([id, title]) => [id, title(en.texts)]));
});

test('the HTML of the first paint links to each, in every language', () => {
  const links = [...shell({ en, de }).matchAll(/<a href="#"(?: aria-current="location")?>([^<]*)<\/a>/g)].map(([, text]) => text);
  expect(links).toEqual([en.texts, de.texts].flatMap((t) => [t.nav.lab, ...Object.values(list).map((title) => title(t))]));
});

test('no file but the list names a section', () => {
  const files = ['src', 'build']
    .flatMap((folder) => readdirSync(join(www, folder), { recursive: true, encoding: 'utf8' }).map((path) => join(folder, path).replaceAll('\\', '/')))
    .filter((path) => path.endsWith('.ts'));
  const section = new RegExp(`sections/(${names.join('|')})(\\.ts)?'`);
  const beside = new RegExp(`'\\./(${names.join('|')})(\\.ts)?'`);
  const naming = files.filter((path) => {
    const text = readFileSync(join(www, path), 'utf8');
    return section.test(text) || (path.startsWith('src/page/sections/') && beside.test(text));
  });
  expect(naming).toEqual([]);
});
