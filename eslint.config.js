import js from '@eslint/js';
import tseslint from 'typescript-eslint';

/**
 * Who may import whom (docs/architecture.md). Each room lists the other rooms it sees; `effects` are files, processes
 * and the network, `edge` is what belongs to the program as a whole: the runner, the environment, the clock, chance.
 */
const ROOMS = {
  model: { sees: [] },
  archive: { sees: ['model'] },
  xml: { sees: ['model'] },
  imagej: { sees: ['archive', 'model', 'xml'] },
  jetbrains: { sees: ['archive', 'model', 'xml'] },
  report: { sees: ['model'] },
  app: { sees: ['report', 'model'] },
  io: { sees: ['app/ports.js', 'model'], effects: true, toolkit: true },
  entry: {
    sees: ['app', 'archive', 'imagej', 'io', 'jetbrains', 'model', 'report', 'xml'],
    toolkit: true,
    edge: true,
  },
};
const EFFECTS = /^node:(fs|child_process|http|https|http2|net|dgram|tls|os|cluster)(\/.*)?$/.source;
const THREADS = /^node:worker_threads$/.source;
const TOOLKIT = /^@actions\//.source;

function room(name, files, { sees, effects = false, toolkit = false, edge = false }) {
  const own = [...sees, name].map((seen) => seen.replaceAll('.', '\\.') + (seen.includes('/') ? '$' : '/'));
  const patterns = [
    {
      regex: `^(\\.\\./)+(?=(${Object.keys(ROOMS).join('|')})/)(?!${own.join('|')})`,
      message: `src/${name} sees ${['only itself', ...sees].join(', ')} (docs/architecture.md).`,
    },
  ];
  if (!effects) patterns.push({ regex: EFFECTS, message: 'Effects live in src/io.' });
  if (!effects && !edge) patterns.push({ regex: THREADS, message: 'Effects live in src/io.' });
  if (!toolkit)
    patterns.push({ regex: TOOLKIT, message: 'The runner belongs to src/entry and the adapters of src/io.' });
  const rules = { 'no-restricted-imports': ['error', { patterns }] };
  if (!edge) {
    rules['no-restricted-properties'] = [
      'error',
      { object: 'process', property: 'env', message: 'Only src/entry reads the environment.' },
      { object: 'process', property: 'exit', message: 'Only src/entry ends the process.' },
      { object: 'Date', property: 'now', message: 'The clock is an argument.' },
      { object: 'Math', property: 'random', message: 'Chance is an argument.' },
    ];
    rules['no-restricted-syntax'] = [
      'error',
      {
        selector: "NewExpression[callee.name='Date'][arguments.length=0]",
        message: 'The clock is an argument.',
      },
    ];
  }
  return { files, rules };
}

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
      // As strict as the preset, except that a number always reads as one expects. Its options have to be said again:
      // those that are not named here would be the lax ones of the rule.
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
  ...Object.entries(ROOMS).map(([name, rules]) => room(name, [`src/${name}/**/*.ts`], rules)),
  // The places of app that name the formats: the registry, and its part that threads load.
  room('app', ['src/app/registry.ts', 'src/app/inspect-file.ts'], {
    sees: ['imagej', 'jetbrains', ...ROOMS.app.sees],
  }),
);
