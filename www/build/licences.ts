/** The licences of what is in a build, as text: of the crates in the wasm and of the npm packages in the scripts, by both lock files. */
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

const www = resolve(import.meta.dirname, '..');
const repository = resolve(www, '..');

interface Part {
  readonly name: string;
  readonly version: string;
  /** As SPDX has it. */
  readonly licence: string;
  readonly authors: readonly string[];
  readonly folder: string;
}

interface Metadata {
  readonly packages: readonly { readonly id: string; readonly name: string; readonly version: string; readonly license: string | null; readonly authors: readonly string[]; readonly manifest_path: string; readonly targets: readonly { readonly kind: readonly string[] }[] }[];
  readonly resolve: { readonly nodes: readonly { readonly id: string; readonly deps: readonly { readonly pkg: string; readonly dep_kinds: readonly { readonly kind: string | null }[] }[] }[] };
}

interface Lock {
  readonly packages: Readonly<Record<string, { readonly version: string; readonly license?: string; readonly dependencies?: Readonly<Record<string, string>> }>>;
}

/** The crates that the wasm is made of; macros leave nothing of themselves in it. */
export function crates(): Part[] {
  const metadata = JSON.parse(
    execFileSync('cargo', ['metadata', '--format-version', '1', '--locked', '--filter-platform', 'wasm32-unknown-unknown'], { cwd: repository, encoding: 'utf8', maxBuffer: 1 << 28, stdio: ['ignore', 'pipe', 'ignore'] }),
  ) as Metadata;
  const packages = new Map(metadata.packages.map((found) => [found.id, found]));
  const nodes = new Map(metadata.resolve.nodes.map((node) => [node.id, node]));
  const parts = new Map<string, Part>();
  const visit = (id: string): void => {
    const found = packages.get(id);
    if (!found || parts.has(id) || found.targets.some(({ kind }) => kind.includes('proc-macro'))) return;
    const { name, version, license, authors, manifest_path } = found;
    parts.set(id, { name, version, licence: license ?? 'unknown', authors, folder: dirname(manifest_path) });
    for (const { pkg, dep_kinds } of nodes.get(id)?.deps ?? []) if (dep_kinds.some(({ kind }) => kind === null)) visit(pkg);
  };
  const root = metadata.packages.find(({ name }) => name === 'vitrine');
  if (!root) throw new Error('cargo metadata names no package vitrine');
  visit(root.id);
  return [...parts.values()];
}

/** npm packages, with all that they depend on. */
export function npm(names: readonly string[]): Part[] {
  const { packages } = JSON.parse(readFileSync(join(www, 'package-lock.json'), 'utf8')) as Lock;
  const parts = new Map<string, Part>();
  const visit = (name: string, within: string): void => {
    const path = [`${within}/node_modules/${name}`, `node_modules/${name}`].find((candidate) => candidate in packages);
    const found = path === undefined ? undefined : packages[path];
    // What is optional may be absent.
    if (path === undefined || !found || parts.has(path) || !existsSync(join(www, path))) return;
    parts.set(path, { name, version: found.version, licence: found.license ?? 'unknown', authors: [], folder: join(www, path) });
    for (const dependency of Object.keys(found.dependencies ?? {})) visit(dependency, path);
  };
  for (const name of names) visit(name, '');
  return [...parts.values()];
}

/** The text of the licence under which a part is taken: of several, the shortest. */
function textOf({ folder, licence }: Part): string | undefined {
  const files = readdirSync(folder).filter((name) => /^(licen[cs]e|copying)/i.test(name));
  const wanted = (licence.includes('MIT') ? files.find((name) => /mit/i.test(name)) : undefined) ?? files.find((name) => !/apache/i.test(name)) ?? files[0];
  return wanted === undefined ? undefined : readFileSync(join(folder, wanted), 'utf8').replaceAll('\r', '');
}

/** What a package without such a file says of its rights at the head of its script. */
function headOf({ folder }: Part): string[] {
  const description = join(folder, 'package.json');
  if (!existsSync(description)) return [];
  const { main } = JSON.parse(readFileSync(description, 'utf8')) as { readonly main?: string };
  const path = join(folder, main ?? 'index.js');
  const text = existsSync(path) ? (/^\/\*!([^]*?)\*\//.exec(readFileSync(path, 'utf8'))?.[1] ?? '') : '';
  return text.split('\n').map((line) => line.replace(/^\s*\*?\s*/, '').trim()).filter((line) => line !== '');
}

const isCopyright = (line: string): boolean => /^\s*(copyright\b(?! (notice|holder|owner|license))|\(c\)|©)/i.test(line);

/** The whole text: each licence once, before it those who are under it. */
export function licences(parts: readonly Part[]): string {
  const groups = new Map<string, { readonly text: string; readonly whose: string[] }>();
  for (const part of parts.toSorted((one, other) => one.name.localeCompare(other.name, 'en'))) {
    const whole = textOf(part);
    const lines = whole?.split('\n') ?? [];
    const rights = whole === undefined ? headOf(part) : lines.filter(isCopyright).map((line) => line.trim());
    const text = lines.filter((line) => !isCopyright(line)).join('\n').trim();
    const key = text === '' ? part.licence : text.replaceAll(/\s+/g, ' ').toLowerCase();
    const group = groups.get(key) ?? { text: text || `${part.licence}, whose text came with none of these.`, whose: [] };
    groups.set(key, group);
    const by = rights.length > 0 ? rights : part.authors.length > 0 ? [`by ${part.authors.join(', ')}`] : [];
    group.whose.push([`${part.name} ${part.version} (${part.licence})`, ...by.map((line) => `    ${line}`)].join('\n'));
  }
  const blocks = [...groups.values()].map(({ text, whose }) => `${whose.join('\n')}\n\n${text}\n`);
  return `What this is made of, and the licences of it.\n\n${blocks.join(`\n${'-'.repeat(72)}\n\n`)}`;
}

const production = (): string[] => Object.keys((JSON.parse(readFileSync(join(www, 'package.json'), 'utf8')) as { dependencies: Record<string, string> }).dependencies);

/** Of the site: everything. */
export const siteLicences = (): string => licences([...crates(), ...npm(production())]);
/** Of the element: the wasm, and Lit. */
export const elementLicences = (): string => licences([...crates(), ...npm(['lit'])]);
/** Of the one file: what unpacks it, too. */
export const oneFileLicences = (): string => licences([...crates(), ...npm(['lit', 'xz-decompress'])]);

export function build(): void {
  const text = siteLicences();
  writeFileSync(join(www, 'dist/licences.txt'), text);
  process.stdout.write(`licences.txt: ${text.length} bytes\n`);
}
