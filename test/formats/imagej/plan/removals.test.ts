import {
  leftOutComponents,
  massRemoval,
  planRemovals,
} from '../../../../src/formats/imagej/plan/removals.js';
import { recordsByComponent } from '../../../../src/formats/imagej/index/record-map.js';
import { imagejIndex } from '../../../support/imagej-site.js';

const SITE = imagejIndex({
  'jars/lib-1.0.jar': {},
  'jars/other.jar': {},
  'macros/Old.ijm': { obsolete: true },
});
const RECORDS = recordsByComponent(SITE);

interface Input {
  remove?: readonly string[];
  complete?: boolean;
  published?: readonly string[];
  kept?: readonly string[];
}

function plan({ remove = [], complete = false, published = [], kept = [] }: Input) {
  const { records, problems } = planRemovals(remove, complete, RECORDS, new Set(published), new Set(kept));
  return { removed: records.map(({ record, reason }) => `${record.filename}: ${reason}`), problems };
}

describe('a file that the user removes', () => {
  it('may be named with or without its version, once or several times', () => {
    for (const remove of [['jars/lib-1.0.jar'], ['jars/lib.jar'], ['jars/lib.jar', 'jars/lib-1.0.jar']])
      expect(plan({ remove })).toEqual({ removed: ['jars/lib-1.0.jar: removed by request'], problems: [] });
  });

  it('is named in an error if the site does not have it', () => {
    expect(plan({ remove: ['jars/othr.jar'] })).toEqual({
      removed: [],
      problems: [
        {
          severity: 'error',
          code: 'unknown-file',
          path: 'jars/othr.jar',
          message: 'jars/othr.jar cannot be removed: the site has no such file.',
          hint: 'Did you mean "jars/other.jar" or "jars/lib.jar"?',
        },
      ],
    });
    expect(plan({ remove: ['scripts/something.py'] }).problems).toMatchObject([
      { hint: 'Name a file as in the index, with or without its version.' },
    ]);
    // Only current files are suggested.
    expect(plan({ remove: ['macros/Odd.ijm'] }).problems).toMatchObject([
      { hint: 'Name a file as in the index, with or without its version.' },
    ]);
  });

  it('is named in an error with the right version if the site has another one', () => {
    expect(plan({ remove: ['jars/lib-2.0.jar'] })).toMatchObject({
      removed: [],
      problems: [
        { code: 'unknown-file', path: 'jars/lib-2.0.jar', hint: 'Did you mean "jars/lib-1.0.jar"?' },
      ],
    });
  });

  it('is named in an error if it is not a path', () => {
    const [problem] = plan({ remove: ['../lib.jar'] }).problems;
    expect(problem).toMatchObject({
      severity: 'error',
      code: 'unknown-file',
      path: '../lib.jar',
      hint: 'Write the path as in the index.',
    });
    expect(problem?.message).toMatch(/^"\.\.\/lib\.jar" is not a path on the site: .+\.$/);
  });

  it('cannot also be published', () => {
    expect(plan({ remove: ['jars/lib.jar'], published: ['jars/lib.jar'] })).toEqual({
      removed: [],
      problems: [
        {
          severity: 'error',
          code: 'remove-and-publish',
          path: 'jars/lib.jar',
          message: 'jars/lib.jar is to be removed, but it is also among the files to publish.',
          hint: 'Name it in only one of the two.',
        },
      ],
    });
  });

  it('causes a warning if it is already obsolete', () => {
    expect(plan({ remove: ['macros/Old.ijm'] })).toEqual({
      removed: [],
      problems: [
        {
          severity: 'warning',
          code: 'already-obsolete',
          path: 'macros/Old.ijm',
          message: 'macros/Old.ijm is already obsolete, so it does not need to be removed.',
          hint: 'Delete it from "remove" (--remove).',
        },
      ],
    });
  });

  it('is removed even if it was found but not published', () => {
    expect(plan({ remove: ['jars/lib.jar'], kept: ['jars/lib.jar'] }).removed).toEqual([
      'jars/lib-1.0.jar: removed by request',
    ]);
  });
});

test('a complete site removes the other current files', () => {
  const reason = 'it is not among the files of the complete site';
  expect(plan({ complete: true })).toEqual({
    removed: [`jars/lib-1.0.jar: ${reason}`, `jars/other.jar: ${reason}`],
    problems: [],
  });
  expect(plan({ complete: true, published: ['jars/lib.jar'] }).removed).toEqual([
    `jars/other.jar: ${reason}`,
  ]);
  expect(plan({ complete: true, kept: ['jars/lib.jar'] }).removed).toEqual([`jars/other.jar: ${reason}`]);
  expect(plan({ complete: true, remove: ['jars/lib.jar'] }).removed).toEqual([
    'jars/lib-1.0.jar: removed by request',
    `jars/other.jar: ${reason}`,
  ]);
});

test('files that were left out are found by their destination, or else by their name in any folder', () => {
  const records = recordsByComponent(
    imagejIndex({ 'jars/lib-1.0.jar': {}, 'plugins/lib.jar': {}, 'jars/a.jar': {} }),
  );
  const found = (file: string, destination?: string) => [
    ...leftOutComponents([{ file, destination }], records),
  ];
  expect(found('target/lib-2.0.jar')).toEqual(['jars/lib.jar', 'plugins/lib.jar']);
  expect(found('C:\\target\\lib-2.0.jar')).toEqual(['jars/lib.jar', 'plugins/lib.jar']);
  expect(found('target/lib-2.0.jar', 'jars/a-1.0.jar')).toEqual(['jars/a.jar']);
  expect(found('target/none.jar')).toEqual([]);
});

describe('the removal of more than half of a site', () => {
  const check = (files: number, removed: number) => {
    const names = Array.from({ length: files }, (_, at) => `macros/${at}.ijm`);
    const index = imagejIndex({
      ...Object.fromEntries(names.map((name) => [name, {}])),
      'macros/old.ijm': { obsolete: true },
    });
    const removals = index.records.slice(0, removed).map((record) => ({ record, reason: '' }));
    return massRemoval(removals, index);
  };

  it('is refused', () => {
    expect(check(10, 6)).toEqual([
      {
        severity: 'error',
        code: 'mass-removal',
        message:
          '6 of the 10 files of the site would become obsolete: macros/0.ijm, macros/1.ijm, macros/2.ijm, macros/3.ijm, macros/4.ijm, macros/5.ijm.',
        hint: 'Check that the build is complete. If the removal is intended, set "allow-mass-removal" (--allow-mass-removal).',
      },
    ]);
  });

  it('names ten files', () => {
    expect(check(20, 12)[0]?.message).toMatch(/: macros\/0\.ijm, .*, macros\/9\.ijm and 2 more\.$/);
    expect(check(12, 10)[0]?.message).toMatch(/, macros\/9\.ijm\.$/);
  });

  it.each([
    [10, 5],
    [9, 9],
    [10, 0],
    [1, 1],
  ])('is not, among %d files, that of %d', (files, removed) => {
    expect(check(files, removed)).toEqual([]);
  });
});
