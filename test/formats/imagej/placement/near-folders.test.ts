import { intendedPath, nearFolder } from '../../../../src/formats/imagej/placement/near-folders.js';

describe('the folder that a path probably means', () => {
  it.each([
    ['Plugins/a.jar', 'Plugins', 'plugins', 'case'],
    ['MM/a', 'MM', 'mm', 'case'],
    ['contents/a', 'contents', 'Contents', 'case'],
    ['plugin/a.jar', 'plugin', 'plugins', 'letter'],
    ['Jras/a.jar', 'Jras', 'jars', 'letter'],
    ['lbi/a', 'lbi', 'lib', 'letter'],
    ['Fiji.app/plugins/a.jar', 'Fiji.app/plugins', 'plugins', 'nested'],
    ['fiji/jars/x/a.jar', 'fiji/jars', 'jars', 'nested'],
    ['ImageJ2/lib/a', 'ImageJ2/lib', 'lib', 'nested'],
    ['My.APP/luts/a.lut', 'My.APP/luts', 'luts', 'nested'],
    ['jars/Linux64/a.jar', 'jars/Linux64', 'jars/linux64', 'platform'],
    ['lib/WIN64/a', 'lib/WIN64', 'lib/win64', 'platform'],
  ])('of %s', (path, written, meant, kind) => {
    expect(nearFolder(path)).toEqual({ written, meant, kind });
  });

  it.each([
    'plugins/a.jar',
    'jars/linux64/a.jar',
    'jars/Linux65/a.jar',
    'plugins/Linux64/a.jar',
    'other/a.jar',
    'mn/a',
    'Fiji.app/Contents/a',
    'Fiji.app/other/a',
    'Fiji.app/Plugins/a',
    'my-fiji/plugins/a',
    'x.apps/plugins/a',
    'jars',
    '',
  ])('is unknown for %s', (path) => {
    expect(nearFolder(path)).toBeUndefined();
  });

  it.each([
    ['plugin', 'plugin', 'plugins', 'plugins/'],
    ['plugin/a.jar', 'plugin', 'plugins', 'plugins/'],
    ['plugin/x/y/a.jar', 'plugin', 'plugins', 'plugins/x/y/'],
    ['Fiji.app/plugins/x/a.jar', 'Fiji.app/plugins', 'plugins', 'plugins/x/'],
  ])('is suggested with the rest of the path: %s', (path, written, meant, intended) => {
    expect(intendedPath(path, { written, meant, kind: 'letter' })).toBe(intended);
  });
});
