import { fileAndFolderProblems } from '../../../../src/formats/imagej/checks/file-and-folder.js';
import { imagejChange, imagejIndex, imagejSite, type RecordSpec } from '../../../support/imagej-site.js';

type Changes = readonly (readonly ['add' | 'update' | 'remove', path: string, previousPath?: string])[];
type Files = Readonly<Record<string, RecordSpec>>;

function check(changes: Changes, site: Files = {}, upstream: Files = {}) {
  return fileAndFolderProblems(
    changes.map(([kind, path, previousPath]) =>
      imagejChange(path, { kind, ...(previousPath === undefined ? {} : { previousPath }) }),
    ),
    imagejIndex(site),
    [imagejSite('Fiji', upstream)],
  );
}

const OTHER = 'Choose another destination';
const SEPARATE =
  'Remove one of them in a separate publication, and publish the other in a later one: updaters cannot do both at once.';

describe('a file in place of a folder', () => {
  it('is refused within a publication, with a guess', () => {
    const both: Changes = [
      ['add', 'lib/tool/a.so'],
      ['add', 'lib/tool'],
    ];
    expect(check(both)).toEqual([
      {
        severity: 'error',
        code: 'file-and-folder',
        path: 'lib/tool',
        message: 'lib/tool cannot be both a file and a folder: there is also lib/tool/a.so.',
        hint: `Did you mean "lib/tool/"? If not, choose another destination.`,
      },
    ]);
  });

  it('is refused beside files of the site, which can be removed first', () => {
    expect(check([['add', 'lib/tool']], { 'lib/tool/a.so': {}, 'lib/tool/b.so': {} })).toEqual([
      {
        severity: 'error',
        code: 'file-and-folder',
        path: 'lib/tool',
        message: 'lib/tool cannot be both a file and a folder: there are also lib/tool/a.so, lib/tool/b.so.',
        hint: 'Did you mean "lib/tool/"? If not, choose another destination, or first remove what the site has, in a separate publication, with the lines "lib/tool/a.so", "lib/tool/b.so" of "remove" (--remove lib/tool/a.so --remove lib/tool/b.so).',
      },
    ]);
    expect(check([['add', 'lib/tool/a.so']], { 'lib/tool': {} })).toEqual([
      {
        severity: 'error',
        code: 'file-and-folder',
        path: 'lib/tool/a.so',
        message: 'lib/tool cannot be both a file and a folder: there is also lib/tool/a.so.',
        hint: `${OTHER}, or first remove what the site has, in a separate publication, with "remove: lib/tool" (--remove lib/tool).`,
      },
    ]);
  });

  it('is refused beside files of an upstream site, which is named', () => {
    expect(check([['add', 'lib/tool']], {}, { 'lib/tool/x/a.so': {} })).toEqual([
      {
        severity: 'error',
        code: 'file-and-folder',
        path: 'lib/tool',
        message:
          'lib/tool cannot be both a file and a folder: there is also lib/tool/x/a.so (upstream site Fiji).',
        hint: 'Did you mean "lib/tool/"? If not, choose another destination.',
      },
    ]);
    expect(check([['add', 'lib/tool/a.so']], {}, { 'lib/tool': {} })).toMatchObject([
      {
        severity: 'error',
        path: 'lib/tool/a.so',
        message:
          'lib/tool cannot be both a file and a folder: there is also lib/tool/a.so (upstream site Fiji).',
        hint: `${OTHER}.`,
      },
    ]);
    const onBoth = check([['add', 'lib/tool']], { 'lib/tool/a.so': {} }, { 'lib/tool/a.so': {} });
    expect(onBoth[0]?.message).not.toContain('upstream');
  });

  it('causes only a warning if the site has both and keeps them', () => {
    expect(check([['add', 'macros/a.ijm']], { 'lib/tool': {}, 'lib/tool/a.so': {} })).toEqual([
      {
        severity: 'warning',
        code: 'file-and-folder',
        path: 'lib/tool',
        message: 'lib/tool cannot be both a file and a folder: there is also lib/tool/a.so.',
        hint: 'Remove one of them from the site, for example with "remove: lib/tool" (--remove lib/tool).',
      },
    ]);
  });

  it('names three files at most', () => {
    const site = Object.fromEntries(['a', 'b', 'c', 'd', 'e'].map((name) => [`lib/tool/${name}`, {}]));
    expect(check([['add', 'lib/tool']], site)[0]?.message).toBe(
      'lib/tool cannot be both a file and a folder: there are also lib/tool/a, lib/tool/b, lib/tool/c and 2 more.',
    );
    const three = Object.fromEntries(['a', 'b', 'c'].map((name) => [`lib/tool/${name}`, {}]));
    expect(check([['add', 'lib/tool']], three)[0]?.message).toMatch(/lib\/tool\/c\.$/);
  });

  it('cannot be published together with the removal of the other', () => {
    for (const [changes, site] of [
      [
        [
          ['add', 'lib/tool'],
          ['remove', 'lib/tool/a.so'],
        ],
        { 'lib/tool/a.so': {} },
      ],
      [
        [
          ['add', 'lib/tool/a.so'],
          ['remove', 'lib/tool'],
        ],
        { 'lib/tool': {} },
      ],
    ] as const)
      expect(check(changes, site)).toMatchObject([{ severity: 'error', hint: SEPARATE }]);
  });

  it('is resolved if one of two files of the site is removed, even if the other is updated', () => {
    const both = { 'lib/tool': {}, 'lib/tool/a.so': {} };
    expect(check([['remove', 'lib/tool']], both)).toEqual([]);
    expect(check([['remove', 'lib/tool/a.so']], both)).toEqual([]);
    expect(
      check(
        [
          ['remove', 'lib/tool/a.so'],
          ['update', 'lib/tool'],
        ],
        both,
      ),
    ).toEqual([]);
    expect(check([['update', 'lib/tool']], both)).toMatchObject([{ severity: 'error' }]);
  });

  it('is found beside files that are renamed away or obsolete only if users get it', () => {
    expect(check([['update', 'jars/b-1.1.jar', 'jars/b-1.0.jar']], { 'jars/b-1.0.jar': {} })).toEqual([]);
    expect(check([['add', 'lib/tool']], { 'lib/tool/a.so': { obsolete: true } })).toEqual([]);
    expect(check([['add', 'lib/tool']], {}, { 'lib/tool/a.so': { obsolete: true } })).toEqual([]);
    // Nothing of this publication is concerned.
    expect(check([], {}, { 'lib/tool': {}, 'lib/tool/a.so': {} })).toEqual([]);
  });

  it('is not a file beside another with the same start', () => {
    expect(check([['add', 'lib/tool']], { 'lib/tools/a.so': {}, 'lib/tool.so': {} })).toEqual([]);
  });

  it.each([
    ['lib/tool/tool', 'Did you mean "lib/tool"? If not, choose another destination'],
    ['lib/tool/other', OTHER],
    ['lib/tool/x/tool', OTHER],
  ])('is perhaps what was meant with one "/" too many: %s', (path, hint) => {
    expect(check([['add', path]], { 'lib/tool': {} })[0]?.hint).toBe(
      `${hint}, or first remove what the site has, in a separate publication, with "remove: lib/tool" (--remove lib/tool).`,
    );
  });

  it.each([
    ['macros/a.ijm/b.ijm', true],
    ['macros/a.ijm/b.txt', false],
  ])('is guessed from the extension: %s', (path, isGuessed) => {
    const hint = check([['add', path]], { 'macros/a.ijm': {} })[0]?.hint ?? '';
    expect(hint.startsWith('Did you mean "macros/a.ijm"?')).toBe(isGuessed);
  });
});
