/** Elements are defined in one place, once, and never in place of another script's. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Elements } from './register';

const source = import.meta.dirname;
const files = readdirSync(source, { recursive: true, encoding: 'utf8' })
  .map((path) => path.replaceAll('\\', '/'))
  .filter((path) => path.endsWith('.ts') && !path.endsWith('.test.ts'));

const modules = import.meta.glob(['./components/**/*.ts', './lab/**/*.ts', './page/why/*.ts', './page/notebook/*.ts', '!**/*.test.ts']);

let defined: Map<string, unknown>;
let define: ReturnType<typeof vi.fn>;
const reportError = vi.fn();

beforeEach(() => {
  vi.resetModules();
  reportError.mockReset();
  defined = new Map();
  define = vi.fn((name: string, element: unknown) => defined.set(name, element));
  vi.stubGlobal('customElements', { get: (name: string) => defined.get(name), define });
  vi.stubGlobal('reportError', reportError);
});
afterEach(() => vi.unstubAllGlobals());

/** Elements are only told apart here, never made. */
const named = (element: unknown): Elements => ({ 'vitrine-pixel-view': element }) as Elements;

test('an element is defined once, however often it is registered', async () => {
  const { isOwn, register } = await import('./register');
  class View extends EventTarget {}
  register(named(View));
  register(named(View));
  expect(define.mock.calls).toEqual([['vitrine-pixel-view', View]]);
  expect(reportError).not.toHaveBeenCalled();
  expect(isOwn(new View() as unknown as Element)).toBe(true);
});

test("a name that another script has taken stays that script's, and is reported", async () => {
  const { isOwn, register } = await import('./register');
  class Theirs extends EventTarget {}
  class Ours extends EventTarget {}
  defined.set('vitrine-pixel-view', Theirs);
  register(named(Ours));
  expect(define).not.toHaveBeenCalled();
  expect(reportError).toHaveBeenCalledOnce();
  expect(String(reportError.mock.lastCall?.[0])).toContain('<vitrine-pixel-view> is defined by another script');
  expect(isOwn(new Theirs() as unknown as Element)).toBe(false);
});

test('no other file defines an element', () => {
  expect(files.filter((path) => readFileSync(join(source, path), 'utf8').includes('customElements.define'))).toEqual(['register.ts']);
});

test("the components' files have no effect, and can be imported without a document", async () => {
  const classes = Object.entries(modules).filter(([path]) => readFileSync(join(source, path), 'utf8').includes('extends LitElement'));
  expect(classes.length).toBeGreaterThan(25);
  expect(globalThis).not.toHaveProperty('document');
  for (const [, load] of classes) await load();
  expect(define).not.toHaveBeenCalled();
});
