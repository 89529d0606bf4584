/** What eslint holds this code to: type-aware strictness, and the layers (who may import whom). */
import js from '@eslint/js';
import { configs as lit } from 'eslint-plugin-lit';
import ts from 'typescript-eslint';

/** A rule that forbids imports matching `patterns` in the files of one layer. */
const layer = (files, patterns) => ({
  files,
  rules: { 'no-restricted-imports': ['error', { patterns: patterns.map(([group, message]) => ({ group, message })) }] },
});

const wasm = [['**/pkg/*'], 'Only src/engine/worker.ts names the wasm package.'];
const code = [['**/pkg/*.js'], 'Only src/engine/worker.ts names the wasm package; artefacts name the addresses of its files.'];
const engine = [['**/engine/*'], 'Components take data by property and name no engine.'];
const dom = [['lit', 'lit/*', '**/components/*', '**/lab/*', '**/page/*', '**/element/*', '**/styles/*'], 'The engine names no DOM.'];
const shown = [['**/lab/*', '**/page/*', '**/embed/*', '**/element/*'], 'Components and charts do not know who shows them.'];
const users = [['**/page/*', '**/embed/*', '**/element/*'], 'The lab does not know who shows it.'];
const element = [['**/element/*'], 'The page and the element share the lab, and do not know each other.'];
const page = [['**/page/*', '**/embed/*'], 'The element and the page share the lab, and do not know each other.'];
const artefacts = [['**/artefacts/*'], 'Where the files of a build lie is told by its entry: src/*.ts, src/element/define.ts.'];

export default ts.config(
  { ignores: ['dist', 'dist-faults', 'dist-package', 'pkg', 'dev-dist', 'node_modules'] },
  js.configs.recommended,
  {
    files: ['**/*.ts'],
    extends: [ts.configs.strictTypeChecked, ts.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/explicit-module-boundary-types': 'error',
      // `static properties` of Lit components and `() => void` handlers read better on one line.
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      'no-console': 'error',
    },
  },
  { files: ['src/**/*.ts'], ...lit['flat/recommended'] },
  layer(['src/*.ts', 'src/element/define.ts'], [wasm]),
  layer(['src/artefacts/**'], [code]),
  layer(['src/messages/**', 'src/styles/**'], [wasm, artefacts]),
  layer(['src/page/**', 'src/embed/**'], [wasm, element, artefacts]),
  layer(['src/element/!(define).ts', 'src/element/*/**'], [wasm, page, artefacts]),
  layer(['src/one-file/**'], [wasm, artefacts]),
  layer(['src/lab/**'], [wasm, users, artefacts]),
  layer(['src/components/**', 'src/charts/**'], [wasm, engine, shown, artefacts]),
  layer(['src/engine/**'], [wasm, dom, artefacts]),
  layer(['src/engine/worker.ts'], [dom, artefacts]),
  // Under a debugger Firefox can wait for ever inside a worker's `new Worker`; docs/architecture.md has why.
  { files: ['src/engine/**'], rules: { 'no-restricted-syntax': ['error', { selector: 'NewExpression[callee.name="Worker"]', message: 'No worker starts another: the page does.' }] } },
);
