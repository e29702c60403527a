import fc from 'fast-check';
import { checkNameClashes } from '../../../../src/formats/imagej/checks/name-clashes.js';
import { removeLines } from '../../../../src/formats/imagej/several-files.js';
import {
  foldedPath,
  isMachineState,
  unfetchablePart,
  windowsFault,
} from '../../../../src/formats/imagej/names.js';

describe('the part of a name that leads clients to another URL', () => {
  test.each([
    ['macros/a#b.ijm', '#'],
    ['macros/what?.ijm', '?'],
    ['macros/100%25.ijm', '%25'],
    ['macros/a%fF', '%fF'],
    ['macros/50%.ijm', undefined],
    ['macros/50% off.ijm', undefined],
    ['macros/a%2', undefined],
    ['macros/a%g0 + [x] {y} & ^z.ijm', undefined],
  ])('is correct for %s', (path, part) => {
    expect(unfetchablePart(path)).toBe(part);
  });
});

describe('the check for names that Windows cannot store', () => {
  test.each([
    ['macros/con.ijm', true],
    ['macros/CON', true],
    ['macros/nul.tar.gz', true],
    ['aux/x.ijm', true],
    ['macros/Prn .txt', true],
    ['macros/com1.txt', true],
    ['macros/LPT9', true],
    ['macros/com¹', true],
    ['macros/com0.txt', false],
    ['macros/com10.txt', false],
    ['macros/console.ijm', false],
    ['macros/x.con', false],
    ['macros/a:b', true],
    ['macros/a*', true],
    ['macros/"a"', true],
    ['macros/<a>', true],
    ['macros/a|b', true],
    ['lib/end./x', true],
    ['lib/end /x', true],
    ['macros/.a', false],
    ['macros/ a', false],
    ["macros/it's (fine) [1] {2} & ^3 %+~.ijm", false],
  ])('judges %s', (path, isRefused) => {
    expect(windowsFault(path) !== undefined).toBe(isRefused);
  });
});

describe('names that Windows and macOS treat as the same', () => {
  test.each([
    ['macros/F.ijm', 'macros/f.ijm'],
    ['Plugins/A.jar', 'plugins/a.jar'],
    ['macros/É.ijm', 'macros/e\u0301.ijm'],
    ['macros/ΟΔΟΣ.ijm', 'macros/οδος.ijm'],
    ['macros/σ.ijm', 'macros/ς.ijm'],
    ['macros/\u212B.ijm', 'macros/å.ijm'],
    ['macros/𐐀.ijm', 'macros/𐐨.ijm'],
  ])('include %s and %s', (one, other) => {
    expect(foldedPath(one)).toBe(foldedPath(other));
  });

  test.each([
    ['macros/straße.ijm', 'macros/strasse.ijm'],
    ['macros/e.ijm', 'macros/é.ijm'],
    ['macros/a.ijm', 'macros/a .ijm'],
  ])('do not include %s and %s', (one, other) => {
    expect(foldedPath(one)).not.toBe(foldedPath(other));
  });

  test('are found for every Unicode form, and folding twice changes nothing', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 20 }), (text) => {
        const folded = foldedPath(text);
        expect(foldedPath(folded)).toBe(folded);
        expect(foldedPath(text.normalize('NFD'))).toBe(folded);
        expect(foldedPath(text.normalize('NFC'))).toBe(folded);
      }),
      { numRuns: 500 },
    );
  });

  const clashes = (published: string[], standing: string[], updated: string[] = []) =>
    checkNameClashes({ published, standing, updated: new Set(updated) });
  const problems = (published: string[], standing: string[]) =>
    clashes(published, standing).map(({ severity, path }) => `${severity} ${path ?? ''}`);

  test('are one error per group if this publication adds one of them', () => {
    expect(problems(['macros/a', 'macros/A'], ['macros/x'])).toEqual(['error macros/a']);
    expect(problems(['macros/a'], ['MACROS/a', 'macros/A'])).toEqual(['error macros/a']);
    expect(problems(['macros/b'], ['macros/a', 'macros/A', 'luts/x', 'luts/X'])).toEqual([
      'warning macros/a',
    ]);
  });

  test('are reported with the line that removes one of them if the site has both', () => {
    const hint = (published: string[], standing: string[], updated: string[]) =>
      clashes(published, standing, updated).map((problem) => problem.hint);
    for (const standing of [['macros/X.ijm'], ['macros/y.ijm', 'macros/X.ijm']])
      expect(hint(['macros/x.ijm'], standing, ['macros/x.ijm'])).toEqual([
        expect.stringContaining('"remove: macros/X.ijm" (--remove macros/X.ijm)'),
      ]);
    const both = ['macros/x.ijm', 'macros/X.ijm'];
    expect(hint(both, [], both)).toEqual([expect.stringContaining('(--remove macros/X.ijm)')]);
    expect(hint(['lib/tool'], ['lib/Tool/a', 'lib/Tool/b'], ['lib/tool'])).toEqual([
      expect.stringContaining('(--remove lib/Tool/a --remove lib/Tool/b)'),
    ]);
    // A new file only has to take the name on the site.
    expect(hint(['macros/x.ijm'], ['macros/X.ijm'], [])).toEqual([
      expect.stringContaining('the destination "macros/X.ijm"'),
    ]);
  });

  test('include a file and a folder', () => {
    expect(problems(['lib/Tool/x'], ['lib/tool'])).toEqual(['error lib/Tool/x']);
    expect(problems(['lib/tool'], ['lib/Tool/x', 'lib/Tool/y'])).toEqual(['error lib/tool']);
    for (const [published, standing] of [
      ['Jars', 'jars/bar-1.0.jar'],
      ['lib/foo/x', 'lib/Foo'],
    ] as const)
      expect(clashes([published], [standing])).toMatchObject([
        { hint: 'Rename one of them, or leave it out.' },
      ]);
    // Folders may differ in spelling: their files end up in the same folder.
    expect(problems(['lib/Tool/x'], ['lib/tool/y'])).toEqual([]);
  });
});

test('only .cfg files in config/jaunch/ are the state of a machine', () => {
  expect(isMachineState('config/jaunch/fiji.cfg')).toBe(true);
  for (const path of [
    'config/jaunch/fiji.toml',
    'config/x.cfg',
    'config/jaunch/a/b.cfg',
    'lib/config/jaunch/a.cfg',
  ])
    expect(isMachineState(path)).toBe(false);
});

test('removeLines quotes names so that the lines can be copied', () => {
  expect(removeLines(['macros/a.ijm'])).toBe('"remove: macros/a.ijm" (--remove macros/a.ijm)');
  expect(removeLines(["it's", 'b c'])).toBe(
    `the lines "it's", "b c" of "remove" (--remove 'it'\\''s' --remove 'b c')`,
  );
});
