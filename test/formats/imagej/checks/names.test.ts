import fc from 'fast-check';
import { checkNames } from '../../../../src/formats/imagej/checks/names.js';
import { checkNameClashes } from '../../../../src/formats/imagej/checks/name-clashes.js';
import { removeLines } from '../../../../src/formats/imagej/several-files.js';
import {
  foldedPath,
  isMachineState,
  reservedReason,
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
    ['macros/è.ijm', 'macros/é.ijm'],
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

  test('are explained in full', () => {
    expect(clashes(['macros/a'], ['macros/A', 'MACROS/a'])).toEqual([
      {
        severity: 'error',
        code: 'same-name',
        path: 'macros/a',
        message:
          'macros/a and macros/A, MACROS/a differ only in upper and lower case, or in how their characters are encoded: Windows and macOS treat them as the same.',
        hint: 'Publish it under the name on the site, with the destination "macros/A", or under a clearly different one.',
      },
    ]);
    expect(clashes(['macros/a'], ['macros/A'], ['macros/a'])[0]?.hint).toBe(
      'The site already has them. First remove all but one in a separate publication, for example with "remove: macros/A" (--remove macros/A). Then publish only the one that stays.',
    );
    expect(clashes(['macros/a', 'macros/A'], [])[0]?.hint).toBe('Rename one of them, or leave it out.');
    expect(clashes([], ['macros/a', 'macros/A', 'luts/x', 'luts/X', 'luts/y'])).toEqual([
      {
        severity: 'warning',
        code: 'same-name',
        path: 'macros/a',
        message:
          'The site has files with names that Windows and macOS treat as the same: macros/a and macros/A, luts/x and luts/X.',
        hint: 'Keep one of each, and remove the others, for example with the lines "macros/A", "luts/X" of "remove" (--remove macros/A --remove luts/X).',
      },
    ]);
    expect(clashes(['macros/a', 'macros/a'], ['macros/b'])).toEqual([]);
  });

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

describe('the check of names', () => {
  const check = (published: readonly string[], standing: readonly string[] = []) =>
    checkNames({ published, standing });

  test('refuses a reserved name', () => {
    expect(check(['site.json'])).toEqual([
      {
        severity: 'error',
        code: 'reserved-path',
        path: 'site.json',
        message: 'site.json cannot be published: the name is reserved for the description of the site.',
        hint: 'Choose another destination.',
      },
    ]);
  });

  test('refuses a name that clients cannot request', () => {
    expect(check(['macros/a#b.ijm'])).toEqual([
      {
        severity: 'error',
        code: 'unfetchable-name',
        path: 'macros/a#b.ijm',
        message:
          'macros/a#b.ijm cannot be downloaded: "#" in its name has another meaning in the URL that clients request. The whole update would fail for every user.',
        hint: 'Rename the file, or choose a destination without "#".',
      },
    ]);
  });

  test('warns of such names on the site', () => {
    expect(check([], ['macros/a.ijm', 'macros/a#b.ijm', 'lib/.x'])).toEqual([
      {
        severity: 'warning',
        code: 'unfetchable-name',
        path: 'macros/a#b.ijm',
        message:
          'The site has a file that no client can download: macros/a#b.ijm. Every update that includes it fails as a whole.',
        hint: `Remove it with "remove: macros/a#b.ijm" (--remove 'macros/a#b.ijm').`,
      },
      {
        severity: 'warning',
        code: 'reserved-path',
        path: 'lib/.x',
        message: 'The site has a file with a name that is reserved or hidden: lib/.x.',
        hint: 'Publish it under another name, and remove it with "remove: lib/.x" (--remove lib/.x).',
      },
    ]);
    expect(
      check([], ['a?', 'b?', 'lib/.x', 'lib/.y']).map(({ message, hint }) => `${message} ${hint ?? ''}`),
    ).toEqual([
      `The site has files that no client can download: a?, b?. Every update that includes one of them fails as a whole. Remove them with the lines "a?", "b?" of "remove" (--remove 'a?' --remove 'b?').`,
      'The site has files with names that are reserved or hidden: lib/.x, lib/.y. Publish them under another name, and remove them with the lines "lib/.x", "lib/.y" of "remove" (--remove lib/.x --remove lib/.y).',
    ]);
  });

  test('warns of characters beyond ASCII, once for many files', () => {
    const hint =
      'Clients with Java 8 on Windows cannot download such files, and their whole update fails. Use the letters A to Z without accents.';
    expect(check(['macros/é.ijm', 'macros/e.ijm'], ['macros/ö.ijm'])).toEqual([
      {
        severity: 'warning',
        code: 'non-ascii-name',
        path: 'macros/é.ijm',
        message: 'The name macros/é.ijm contains characters beyond ASCII.',
        hint,
      },
    ]);
    const many = Array.from({ length: 12 }, (_, at) => `macros/é${at}.ijm`);
    expect(check(many.slice(0, 10))).toHaveLength(10);
    expect(check(many)).toEqual([
      {
        severity: 'warning',
        code: 'non-ascii-name',
        path: 'macros/é0.ijm',
        message: `These names contain characters beyond ASCII: ${many.slice(0, 10).join(', ')} and 2 more.`,
        hint,
      },
    ]);
  });

  test('warns of files that store the state of a machine', () => {
    expect(check(['config/jaunch/fiji.cfg'])).toEqual([
      {
        severity: 'warning',
        code: 'machine-state',
        path: 'config/jaunch/fiji.cfg',
        message:
          'config/jaunch/fiji.cfg stores the state of one machine, and would overwrite that of every user.',
        hint: 'Leave it out, unless all users must have the same state.',
      },
    ]);
    const many = Array.from({ length: 11 }, (_, at) => `config/jaunch/${at}.cfg`);
    expect(check(many)[0]?.message).toBe(
      `${many.slice(0, 10).join(', ')} and 1 more store the state of one machine, and would overwrite that of every user.`,
    );
  });
});

describe('reserved names', () => {
  test.each([
    ['index.html', 'the name is reserved for the web page of the site'],
    ['Site.JSON', 'the name is reserved for the description of the site'],
    ['feed.xml', 'the name is reserved for the feed of the site'],
    ['changelog.json', 'the name is reserved for the changelog of the site'],
    ['badge.json', 'the name is reserved for the badge of the site'],
    ['SHA256SUMS', 'the name is reserved for the list of SHA-256 sums'],
    ['updatePlugins-versions.json', 'the name is reserved for the history of a plugin repository'],
    ['channels.txt', 'the name is reserved for the list of channels'],
    ['db.xml.gz', 'the name is reserved for the index'],
    ['DB.xml.gz-old', 'the name is reserved for the index'],
    ['beta/db.xml.gz', 'the name is reserved for the index of a channel'],
    ['updatePlugins.xml', 'the name is reserved for the index of a plugin repository'],
    ['updatePlugins-2024.xml', 'the name is reserved for the index of a plugin repository'],
    ['lib/.hidden/x', 'names that begin with "." are hidden and never installed'],
    ['.hidden', 'names that begin with "." are hidden and never installed'],
  ])('include %s', (path, reason) => {
    expect(reservedReason(path)).toBe(reason);
  });

  test.each([
    'macros/index.html',
    'xdb.xml.gz',
    'lib/db.xml.gz-old',
    'a/b/db.xml.gz',
    'db.xml.gz/x',
    'lib/updatePlugins.xml',
    'updatePlugins/a.xml',
    'updatePlugins.xml.txt',
    'xupdatePlugins.xml',
    'lib/a.b',
  ])('do not include %s', (path) => {
    expect(reservedReason(path)).toBeUndefined();
  });

  test('include those that git refuses', () => {
    expect(reservedReason('lib/.git/x')).not.toBe('names that begin with "." are hidden and never installed');
    expect(reservedReason('lib/.git/x')).toContain('git');
  });
});

test.each([
  ['macros/a:b', 'it contains :'],
  ['macros/Con.txt', '"Con.txt" is the name of a device'],
  ['lib/end./x', '"end." ends with a dot'],
  ['lib/end /x', '"end " ends with a space'],
])('Windows cannot store %s, with the reason', (path, reason) => {
  expect(windowsFault(path)).toBe(reason);
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
