import { checkVersion } from '../../../../src/formats/imagej/checks/versions.js';
import { imagejChange } from '../../../support/imagej-site.js';

describe('a snapshot', () => {
  it('causes a warning with what its name reveals about the state of the code', () => {
    const path = 'jars/tool-1.0.0-SNAPSHOT.jar';
    expect(checkVersion(imagejChange(path), false)).toEqual([
      {
        severity: 'warning',
        code: 'snapshot',
        path,
        message: `${path} is a SNAPSHOT: users cannot find out which state of the code they have.`,
        hint: 'Publish releases, or keep snapshots on a site of their own.',
      },
    ]);
    const stamped = 'jars/tool-1.0.0-20260102.030405-7.jar';
    expect(checkVersion(imagejChange(stamped), false)).toEqual([
      {
        severity: 'warning',
        code: 'snapshot',
        path: stamped,
        message: `${stamped} is a SNAPSHOT (its version contains the time of the build): a state of the code between two releases.`,
        hint: 'Publish releases, or keep snapshots on a site of their own.',
      },
    ]);
  });

  it.each(['jars/tool-1.0.0-SNAPSHOT.jar', 'jars/tool-1.0.0-20260102.030405-7.jar', 'lib/tool-SNAPSHOT.bin'])(
    'causes another warning in a release: %s',
    (path) => {
      expect(checkVersion(imagejChange(path), true)).toEqual([
        {
          severity: 'warning',
          code: 'snapshot-on-tag',
          path,
          message: `${path} is a SNAPSHOT, but this run publishes a release.`,
          hint: 'Set the release version before the build.',
        },
      ]);
    },
  );

  it.each(['jars/tool-1.0.0.jar', 'jars/tool.jar', 'jars/x-SNAPSHOT/tool-1.0.0.jar', 'macros/a.ijm'])(
    'is not %s',
    (path) => {
      expect(checkVersion(imagejChange(path), false)).toEqual([]);
      expect(checkVersion(imagejChange(path), true)).toEqual([]);
    },
  );
});

describe('a version that replaces a higher one', () => {
  const check = (path: string, previousPath?: string) =>
    checkVersion(
      imagejChange(path, {
        kind: 'update',
        reason: 'its content has changed',
        ...(previousPath === undefined ? {} : { previousPath }),
      }),
      false,
    ).filter(({ code }) => code === 'older-version');

  it('causes a warning', () => {
    expect(check('jars/tool-1.9.jar', 'jars/tool-1.10.jar')).toEqual([
      {
        severity: 'warning',
        code: 'older-version',
        path: 'jars/tool-1.9.jar',
        message:
          'jars/tool-1.9.jar replaces jars/tool-1.10.jar, which has a higher version (its content has changed).',
        hint: 'If that is not intended, check which build is published, and publish the newer one again.',
      },
    ]);
  });

  it.each([
    ['jars/tool-1.0-SNAPSHOT.jar', 'jars/tool-1.0.jar', 1],
    ['jars/tool-1.0.0-20260102.030405-7.jar', 'jars/tool-1.0.0.jar', 1],
    ['jars/tool-1.0.0-20260102.030405-7.jar', 'jars/tool-1.0.0-20260103.030405-8.jar', 1],
    ['jars/tool-1.0.0-20260103.030405-8.jar', 'jars/tool-1.0.0-20260102.030405-7.jar', 0],
    // A deployed snapshot and a local one cannot be compared.
    ['jars/tool-1.0.0-20260102.030405-7.jar', 'jars/tool-1.0.0-SNAPSHOT.jar', 0],
    ['jars/tool-1.0.0-SNAPSHOT.jar', 'jars/tool-1.0.0-20260102.030405-7.jar', 0],
    ['jars/tool-1.0.jar', 'jars/tool-1.0.0.jar', 0],
    ['jars/tool-1.10.jar', 'jars/tool-1.9.jar', 0],
    ['jars/tool.jar', 'jars/tool-1.9.jar', 0],
    ['jars/tool-1.9.jar', 'jars/tool.jar', 0],
    ['jars/tool-1.9.jar', undefined, 0],
  ])('is found in %s instead of %s: %d', (path, previousPath, times) => {
    expect(check(path, previousPath)).toHaveLength(times);
  });
});
