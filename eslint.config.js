import js from '@eslint/js';
import tseslint from 'typescript-eslint';
import { ROOMS } from './scripts/rooms.mjs';

/** Effects that only some rooms may use (scripts/rooms.mjs). Imports are checked by dependency-cruiser. */
const EDGE_ONLY = {
  'no-restricted-properties': [
    'error',
    { object: 'process', property: 'env', message: 'Only src/entry reads the environment.' },
    { object: 'process', property: 'exit', message: 'Only src/entry ends the process.' },
    { object: 'Date', property: 'now', message: 'The clock is an argument.' },
    { object: 'Math', property: 'random', message: 'Randomness is an argument.' },
  ],
  'no-restricted-syntax': [
    'error',
    {
      selector: "NewExpression[callee.name='Date'][arguments.length=0]",
      message: 'The clock is an argument.',
    },
  ],
};
const EDGE = Object.keys(ROOMS).filter((room) => ROOMS[room].edge);

export default tseslint.config(
  { ignores: ['dist/', 'build/', 'coverage/', 'test/fixtures/'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  js.configs.recommended,
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      // As strict as the preset, except that numbers are allowed. The other options must be repeated, because their
      // defaults in the rule are lax.
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        {
          allowAny: false,
          allowBoolean: false,
          allowNever: false,
          allowNullish: false,
          allowNumber: true,
          allowRegExp: false,
        },
      ],
      eqeqeq: 'error',
      'no-console': 'error',
    },
  },
  {
    files: ['**/*.{js,mjs}'],
    languageOptions: {
      globals: {
        process: 'readonly',
        console: 'readonly',
        Buffer: 'readonly',
        URL: 'readonly',
        performance: 'readonly',
      },
    },
  },
  {
    files: ['src/**/*.ts'],
    rules: { 'max-lines': ['error', { max: 250, skipComments: true, skipBlankLines: true }] },
  },
  // A table, not code.
  { files: ['src/model/problem-codes.ts'], rules: { 'max-lines': 'off' } },
  { files: ['src/**/*.ts'], ignores: EDGE.map((room) => `src/${room}/**`), rules: EDGE_ONLY },
);
