/** The table of the element: custom-elements.json from its source, and the same as Markdown for people. */
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';

const www = resolve(import.meta.dirname, '..');

interface Row {
  readonly name?: string;
  readonly description?: string;
  readonly default?: string;
  readonly fieldName?: string;
}

type Kind = 'attributes' | 'events' | 'slots' | 'cssParts' | 'cssProperties' | 'cssStates';
type Declaration = Record<Kind, Row[]> & { readonly customElement?: boolean };

interface Manifest {
  readonly modules: readonly { readonly declarations: readonly Declaration[] }[];
}

const TITLES: Readonly<Record<Kind, string>> = {
  attributes: 'Attribute, which is a property too',
  events: 'Event',
  slots: 'Slot',
  cssParts: 'Part',
  cssProperties: 'Custom property',
  cssStates: 'State',
};

/** Writes custom-elements.json into `out`; returns the tables. */
export function elements(out: string): string {
  const analyzer = join(www, 'node_modules/@custom-elements-manifest/analyzer/cem.js');
  execFileSync(process.execPath, [analyzer, 'analyze', '--outdir', relative(www, out)], { cwd: www, stdio: ['ignore', 'ignore', 'inherit'] });
  const path = join(out, 'custom-elements.json');
  const manifest = JSON.parse(readFileSync(path, 'utf8')) as Manifest;
  const element = manifest.modules.flatMap(({ declarations }) => declarations).find(({ customElement }) => customElement);
  if (!element) throw new Error('the analyzer found no element in src/element/');
  // It takes every `dispatchEvent` for an event of its own.
  element.events = element.events.filter(({ name }) => name?.startsWith('vitrine-'));
  writeFileSync(path, `${JSON.stringify(manifest, undefined, 2)}\n`);
  return (Object.keys(TITLES) as Kind[]).map((kind) => table(TITLES[kind], element[kind])).join('\n');
}

function table(title: string, rows: readonly Row[]): string {
  const hasDefaults = rows.some((row) => row.default !== undefined);
  const lines = rows.map(({ name = '', description = '', default: usual, fieldName }) => {
    const named = `\`${name === '' ? '(default)' : name}\`${fieldName !== undefined && fieldName !== name ? `, \`${fieldName}\`` : ''}`;
    return `| ${named} | ${hasDefaults ? `${usual === undefined ? '' : `\`${usual}\``} | ` : ''}${description.replaceAll('|', '\\|')} |`;
  });
  return `| ${title} | ${hasDefaults ? 'Default | ' : ''}What it is |\n| --- | ${hasDefaults ? '--- | ' : ''}--- |\n${lines.join('\n')}\n`;
}
