import { readFileSync } from 'node:fs';
import { globSync } from 'tinyglobby';

/** What a phrase may be broken by: the end of a line, and what begins the next line of a comment. */
const GAP = String.raw`(?:[ \t]|\r?\n[ \t]*(?:\*|//|#|>)?)+`;

const FILES = globSync(
  [
    '*.md',
    '{,import/,rollback/,verify/}action.yml',
    'docs/**/*.{md,json}',
    'examples/**',
    '.github/**',
    '{src,scripts,bench,test}/**/*.{ts,mjs,js,md}',
  ],
  { ignore: ['test/fixtures', 'test/scripts/prose.test.ts'], dot: true },
).sort();

const CONTRIBUTING = 'CONTRIBUTING.md';
const TABLE = /^\| Avoid[^]*?\n\n/m;

/** The first column of the word list of CONTRIBUTING.md. */
function wordList(): readonly string[] {
  const [table = ''] = TABLE.exec(readFileSync(CONTRIBUTING, 'utf8')) ?? [];
  return [...table.matchAll(/^\| `([^`]+)`/gm)].map(([, phrase = '']) => phrase.trim());
}

/** Matches a phrase of the list, also over two lines. `is no` does not match "is no longer". */
function patternOf(phrase: string): RegExp {
  const words = phrase.split(' ');
  const end = words.at(-1) === 'no' ? `(?!${GAP}longer\\b)(?![\\w-])` : '\\b';
  return new RegExp(`\\b${words.join(GAP)}${end}`, 'gi');
}

function findings(text: string, phrases: readonly string[]): readonly string[] {
  return phrases.flatMap((phrase) =>
    [...text.matchAll(patternOf(phrase))].map(({ index }) => {
      const line = text.slice(0, index).split('\n').length;
      return `line ${line}: "${phrase}"`;
    }),
  );
}

describe('the word list', () => {
  const phrases = wordList();

  it('is read from CONTRIBUTING.md', () => {
    expect(phrases).toEqual(expect.arrayContaining(['is no', 'undefined where', 'nobody', 'told']));
  });

  it.each([
    ['It is no jar.', ['line 1: "is no"']],
    ['// It is\n// no jar.', ['line 1: "is no"']],
    ['\n * Undefined\n * where it is unknown.', ['line 2: "undefined where"']],
    ['It is no longer a jar.', []],
    ['It is not a jar; notold, untold.', []],
  ])('is applied to %j', (text, expected) => {
    expect(findings(text, phrases)).toEqual(expected);
  });

  it.each(FILES)('is kept by %s', (file) => {
    const text = readFileSync(file, 'utf8');
    expect(findings(file === CONTRIBUTING ? text.replace(TABLE, '') : text, phrases)).toEqual([]);
  });
});

test('bounds are called MAX_ and MIN_', () => {
  const others = /\bconst ((?:MOST|LONGEST|LARGEST|HIGHEST|SHORTEST|SMALLEST|LOWEST)(?:_\w+)?)\b/g;
  const found = FILES.filter((file) => file.endsWith('.ts')).flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(others)].map(([, name = '']) => `${file}: ${name}`),
  );
  expect(found).toEqual([]);
});
