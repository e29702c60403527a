import { checkPlaces } from '../../../../src/formats/imagej/placement/checks.js';
import { checkPaths, placeArtifacts, readingOf } from '../../../../src/formats/imagej/placement/place.js';
import type { SitePath } from '../../../../src/model/site-path.js';
import { imagejIndex, imagejSite } from '../../../support/imagej-site.js';

const [OWN, THEIRS, OTHER] = ['a'.repeat(40), 'b'.repeat(40), 'c'.repeat(40)];
const artifact = (file: string, destination?: string) => ({
  file,
  destination: destination as SitePath | undefined,
  size: 1,
  modified: 0,
  executable: false,
});
const inspection = {
  checksum: 'd'.repeat(40),
  size: 1,
  historicalChecksums: [],
  hasPluginsConfig: false,
  pom: undefined,
  ownPom: undefined,
};
const placed = (file: string, path: string) => ({
  artifact: artifact(file, path),
  inspection,
  path: path as SitePath,
  reason: undefined,
});
const NOTHING = imagejIndex({});

describe('the path under which a file is read', () => {
  const site = imagejIndex({ 'plugins/lib-1.0.jar': { checksum: OWN }, 'jars/old.jar': { obsolete: true } });
  const upstream = [
    imagejSite('Core', { 'plugins/lib-0.9.jar': { checksum: OTHER }, 'jars/old.jar': { checksum: OTHER } }),
    imagejSite('Fiji', { 'jars/old-1.0.jar': { checksum: THEIRS }, 'jars/x.jar': { obsolete: true } }),
  ];

  it.each([
    ['a/lib-2.0.jar', undefined, 'plugins/lib-2.0.jar', [OWN]],
    ['C:\\a\\lib-2.0.jar', undefined, 'plugins/lib-2.0.jar', [OWN]],
    ['a/lib-2.0.jar', 'jars/new.jar', 'jars/new.jar', []],
    ['a/old-2.0.jar', undefined, 'jars/old-2.0.jar', [THEIRS, OTHER]],
    ['a/unknown.jar', undefined, 'unknown.jar', []],
    ['a/b', 'jars/x-1.0.jar', 'jars/x-1.0.jar', []],
    ['a/b.ijm', undefined, 'macros/b.ijm', []],
  ])('of %s => %s', (file, destination, sitePath, knownChecksums) => {
    expect(readingOf(artifact(file, destination), site, upstream)).toEqual({ sitePath, knownChecksums });
  });
});

describe('the place of a file', () => {
  it('is the destination of the user, or is found', () => {
    const named = { ...artifact('x', 'lib/x'), reason: 'tool needs it' };
    const artifacts = [named, artifact('a/b.ijm')].map((one) => ({ artifact: one, inspection }));
    expect(placeArtifacts(artifacts, NOTHING)).toEqual({
      artifacts: [
        { artifact: named, inspection, path: 'lib/x', reason: 'tool needs it' },
        {
          artifact: artifact('a/b.ijm'),
          inspection,
          path: 'macros/b.ijm',
          reason: '.ijm files go to macros/',
        },
      ],
      problems: [],
    });
  });

  it('must be named if it is not found', () => {
    expect(placeArtifacts([{ artifact: artifact('a/LICENSE'), inspection }], NOTHING)).toEqual({
      artifacts: [],
      problems: [
        {
          severity: 'error',
          code: 'no-destination',
          path: 'a/LICENSE',
          message: 'No destination was found for a/LICENSE.',
          hint: 'Name the destination, for example "LICENSE => lib/".',
        },
      ],
    });
  });

  it('must be named if the found one is not a path on a site', () => {
    const pom = Buffer.from(
      '<project><properties><scijava.app.subdirectory>../x</scijava.app.subdirectory></properties></project>',
    );
    const { artifacts, problems } = placeArtifacts(
      [{ artifact: artifact('a/b.jar'), inspection: { ...inspection, pom } }],
      NOTHING,
    );
    expect(artifacts).toEqual([]);
    expect(problems).toMatchObject([{ code: 'no-destination', path: 'a/b.jar' }]);
    expect(problems[0]?.message).toMatch(/^No destination was found for a\/b\.jar: .+\.$/);
  });

  it('may be in doubt', () => {
    const { artifacts, problems } = placeArtifacts(
      [{ artifact: artifact('a/b_c.jar'), inspection }],
      NOTHING,
    );
    expect(artifacts.map(({ path }) => path)).toEqual(['jars/b_c.jar']);
    expect(problems.map(({ code }) => code)).toEqual(['destination-in-doubt']);
  });
});

describe('the check of places', () => {
  it('refuses two versions of one file', () => {
    const artifacts = [
      placed('a/lib-1.0.jar', 'jars/lib-1.0.jar'),
      placed('a/x.jar', 'jars/x.jar'),
      placed('b/lib-1.1.jar', 'jars/lib-1.1.jar'),
    ];
    expect(checkPaths(artifacts, NOTHING)).toEqual([
      {
        severity: 'error',
        code: 'several-versions',
        path: 'jars/lib.jar',
        message:
          '2 artifacts are versions of the same file, jars/lib.jar: jars/lib-1.0.jar (a/lib-1.0.jar), jars/lib-1.1.jar (b/lib-1.1.jar).',
        hint: 'Publish only one of them: delete the others, or use a narrower pattern.',
      },
    ]);
  });

  it('reports one fault of a file, and leaves reserved names to another check', () => {
    expect(checkPaths([placed('a.txt', 'site.json')], NOTHING)).toEqual([]);
    const codes = checkPaths(
      [placed('a.jar', 'jars/Linux64'), placed('b.jar', 'jars/Linux64/b.jar')],
      NOTHING,
    );
    expect(codes.map(({ code, path }) => `${code} ${path ?? ''}`)).toEqual([
      'destination-is-folder jars/Linux64',
      'folder-case jars/Linux64/b.jar',
    ]);
  });
});

describe('a folder that is probably mistaken', () => {
  it('causes one warning for its files: the ImageJ folder itself', () => {
    expect(
      checkPlaces(['Fiji.app/plugins/x/a.jar', 'Fiji.app/plugins/b.jar', 'jars/a.jar'], NOTHING),
    ).toEqual([
      {
        severity: 'warning',
        code: 'not-picked-up',
        path: 'Fiji.app/plugins/x/a.jar',
        message:
          'ImageJ does not load files from "Fiji.app/plugins", and only users on macOS get them: Fiji.app/plugins/x/a.jar, Fiji.app/plugins/b.jar.',
        hint: 'Did you mean "plugins/x/"? Paths are relative to the ImageJ folder; "app-dir" (--app-dir) names that folder itself.',
      },
    ]);
  });

  it('causes one warning for its files: a platform in other letters', () => {
    const paths = ['lib/WIN64/a', 'lib/WIN64/x/b', 'jars/Linux64/a.jar'];
    expect(checkPlaces(paths, NOTHING)).toEqual([
      {
        severity: 'warning',
        code: 'folder-case',
        path: 'lib/WIN64/a',
        message:
          '"lib/WIN64" would be a new folder for users of all platforms, but "lib/win64" is the one for win64: lib/WIN64/a, lib/WIN64/x/b.',
        hint: 'Did you mean "lib/win64/"?',
      },
      expect.objectContaining({
        path: 'jars/Linux64/a.jar',
        hint: 'Did you mean "jars/linux64/"?',
      }) as object,
    ]);
  });

  it('is accepted if the site has files in it, or if only a letter or case of its top differs', () => {
    const site = imagejIndex({ 'lib/WIN64/old': {}, 'Fiji.app/plugins/old': {} });
    expect(checkPlaces(['lib/WIN64/a', 'Fiji.app/plugins/a.jar'], site)).toEqual([]);
    expect(checkPlaces(['plugin/a.jar', 'Plugins/a.jar', 'other/a'], NOTHING)).toEqual([]);
  });
});
