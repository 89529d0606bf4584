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
const engine = [['**/engine/*'], 'Components take data by property and name no engine.'];
const dom = [['lit', 'lit/*', '**/components/*', '**/page/*', '**/styles/*'], 'The engine names no DOM.'];
const page = [['**/page/*'], 'Components do not know the page.'];

export default ts.config(
  { ignores: ['dist', 'pkg', 'dev-dist', 'node_modules'] },
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
  layer(['src/page/**', 'src/main.ts', 'src/messages/**', 'src/*.ts'], [wasm]),
  layer(['src/components/**', 'src/charts/**'], [wasm, engine, page]),
  layer(['src/engine/**'], [wasm, dom]),
  layer(['src/engine/worker.ts'], [dom]),
);
