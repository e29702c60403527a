import js from '@eslint/js';
import tseslint from 'typescript-eslint';

/** Effects that only `io` and `entry` may have (docs/architecture.md). */
const effects = [
  'node:fs',
  'node:fs/*',
  'node:child_process',
  'node:http',
  'node:https',
  'node:net',
  'node:os',
];
const edge = ['@actions/*', 'node:process'];

/**
 * The arrows of the house: what each room must not import.
 * A room may import itself; `rooms` lists the other rooms that it may see.
 */
function room(name, mayImport, { mayHaveEffects = false, mayUseToolkit = false } = {}) {
  const others = ['model', 'archive', 'imagej', 'jetbrains', 'app', 'io', 'report', 'entry'].filter(
    (other) => other !== name && !mayImport.includes(other),
  );
  const patterns = [
    {
      group: others.flatMap((other) => [`../${other}/**`, `../../${other}/**`]),
      message: `src/${name} may import only itself${mayImport.map((m) => `, ${m}`).join('')} (docs/architecture.md).`,
    },
  ];
  if (!mayHaveEffects) patterns.push({ group: effects, message: 'Effects live in src/io.' });
  if (!mayUseToolkit)
    patterns.push({ group: edge, message: 'The runner and the process belong to src/entry.' });
  const noAmbient = mayUseToolkit
    ? {}
    : {
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
  return {
    files: [`src/${name}/**/*.ts`],
    rules: { 'no-restricted-imports': ['error', { patterns }], ...noAmbient },
  };
}

export default tseslint.config(
  { ignores: ['dist/', 'build/', 'coverage/', 'test/fixtures/'] },
  js.configs.recommended,
  ...tseslint.configs.strict,
  {
    files: ['**/*.ts'],
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      eqeqeq: 'error',
      'no-console': 'error',
    },
  },
  {
    files: ['**/*.{js,mjs}'],
    languageOptions: {
      globals: { process: 'readonly', console: 'readonly', Buffer: 'readonly', URL: 'readonly' },
    },
  },
  {
    files: ['src/**/*.ts'],
    rules: { 'max-lines': ['error', { max: 300, skipComments: true, skipBlankLines: true }] },
  },
  room('model', []),
  room('archive', ['model']),
  room('imagej', ['archive', 'model']),
  room('jetbrains', ['archive', 'model']),
  room('report', ['model']),
  room('app', ['model', 'imagej', 'jetbrains', 'report']),
  room('io', ['model', 'app'], { mayHaveEffects: true }),
  room('entry', ['model', 'archive', 'imagej', 'jetbrains', 'app', 'io', 'report'], {
    mayHaveEffects: true,
    mayUseToolkit: true,
  }),
  {
    // io sees the types of the ports that it implements, and nothing else of app.
    files: ['src/io/**/*.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              regex: '\\.\\./(imagej|jetbrains|archive|report|entry)/',
              message: 'src/io may import only model and the types of app/ports.',
            },
            { regex: '\\.\\./app/(?!ports)', message: 'Of src/app, io sees only ports.' },
          ],
        },
      ],
    },
  },
  {
    // The one place of app that names the formats.
    files: ['src/app/**/*.ts'],
    ignores: ['src/app/registry.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              regex: '\\.\\./(imagej|jetbrains|archive|io|entry)/',
              message: 'app names a format only in its registry.',
            },
            { group: effects, message: 'Effects live in src/io.' },
            { group: edge, message: 'The runner and the process belong to src/entry.' },
          ],
        },
      ],
    },
  },
);
