import {
  compareNewPaths,
  isFixedName,
  isPlatformFolder,
  isTrackedPath,
  launcherPlatform,
  mayContainTrackedFiles,
  placementOf,
  platformName,
  PLATFORMS,
} from '../../../src/formats/imagej/layout.js';

const none = { executable: false, platforms: [] };

describe('the platform of a launcher', () => {
  it.each([
    ['fiji-linux-x64', 'linux64'],
    ['fiji-linux-arm64', 'linux-arm64'],
    ['fiji-windows-x64.exe', 'winx'],
    ['fiji-windows-arm64.exe', 'win-arm64'],
    ['config/jaunch-linux-x64', 'linux64'],
    ['config/jaunch/jaunch-windows-x64.exe', 'winx'],
    ['ImageJ-linux32', 'linux32'],
    ['ImageJ-linux64', 'linux64'],
    ['ImageJ-win32.exe', 'win32'],
    ['ImageJ-win64.exe', 'win64'],
    ['Contents/MacOS/ImageJ-macosx', 'macosx'],
    ['Contents/MacOS/ImageJ-tiger', 'macosx'],
    ['Fiji.app/Contents/Info.plist', 'macosx'],
    ['x/Fiji.app/Info.plist', undefined],
    ['.app', undefined],
    ['Fiji.app', undefined],
    ['lib/fiji-linux-x64', undefined],
    ['fiji', undefined],
  ])('of %s is %s', (path, platform) => {
    expect(launcherPlatform(path)).toBe(platform);
  });
});

describe('a file that updaters find', () => {
  it.each([
    ...['README.md', 'WELCOME.md', 'fiji', 'fiji.bat', 'ImageJ.sh', 'fiji-linux-x64', 'Fiji.app/x'],
    ...['jars/a.jar', 'jars/x/a.class', 'retro/a.jar', 'misc/a.class', 'config/anything', 'models/m.bin'],
    ...['plugins/A.jar', 'plugins/a.txt', 'plugins/a.ijm', 'plugins/a.py', 'plugins/a.rb', 'plugins/a.clj'],
    ...['plugins/a.js', 'plugins/a.bsh', 'plugins/a.groovy', 'plugins/a.gvy', 'plugins/A.class'],
    ...['scripts/a.m', 'scripts/a.ijm', 'macros/a.txt', 'macros/a.ijm', 'macros/a.png', 'luts/a.lut'],
    ...[
      'images/a.png',
      'images/a.tif',
      'images/a.txt',
      'images/a.ico',
      'Contents/a.icns',
      'Contents/a.plist',
    ],
    ...['lib/x', 'licenses/x', 'mm/x', 'mmautofocus/x', 'mmplugins/x', 'scripts/x.tar.py'],
  ])('is %s', (path) => {
    expect(isTrackedPath(path)).toBe(true);
  });

  it.each([
    ...['a.txt', 'lib', 'jars', 'LICENSE', 'sub/fiji', 'Plugins/a.jar', 'jars/a', 'jars/a.JAR', 'jars/jar'],
    ...['scripts/a.txt', 'luts/a.txt', 'macros/a.py', 'other/a.jar', 'lib/.hidden', '.lib/x', 'lib/.x/y'],
    ...['jars/a.old.jar', 'plugins/a.jar.old', 'Fiji.app/.x', 'plugins/A.jar/readme'],
  ])('is not %s', (path) => {
    expect(isTrackedPath(path)).toBe(false);
  });

  it.each([
    ['jars', true],
    ['jars/linux64', true],
    ['Fiji.app', true],
    ['Fiji.app/Contents', true],
    ['x/Fiji.app', false],
    ['other', false],
    ['x/jars', false],
    ['.git', false],
    ['jars/.x', false],
    ['jarsx', false],
  ])('may be in %s: %s', (folder, expected) => {
    expect(mayContainTrackedFiles(folder)).toBe(expected);
  });
});

test('names at the top are fixed, regardless of their extension', () => {
  for (const path of ['README.md', 'fiji-linux-x64', 'ImageJ.sh', 'config/jaunch-linux-arm64'])
    expect(isFixedName(path)).toBe(true);
  for (const path of ['LICENSE', 'Fiji.app/x', 'lib/README.md']) expect(isFixedName(path)).toBe(false);
});

test('only some folders have folders of platforms', () => {
  for (const path of ['jars/linux64', 'lib/win64', 'mm/macosx', 'jars/linux'])
    expect(isPlatformFolder(path)).toBe(true);
  for (const path of [
    'jars',
    'jars/other',
    'plugins/linux64',
    'jars/linux64/x',
    'x/jars/linux64',
    'jars/Linux64',
  ])
    expect(isPlatformFolder(path)).toBe(false);
});

test('the platforms are those of the official updater', () => {
  expect([...PLATFORMS].sort()).toEqual([
    ...['linux-arm64', 'linux32', 'linux64', 'linuxx', 'macos-arm64', 'macos64', 'macosx'],
    ...['win-arm64', 'win32', 'win64', 'winx'],
  ]);
  expect(['linux', 'linux64', 'x'].map(platformName)).toEqual(['linux32', 'linux64', 'x']);
});

describe('the placement of a file', () => {
  it.each([
    ['fiji-linux-x64', false, { executable: true, platforms: ['linux64'] }],
    ['Fiji.app/x', false, { executable: true, platforms: ['macosx'] }],
    ['lib/win64/a.exe', false, { executable: true, platforms: ['win64'] }],
    ['lib/a.exe', false, { executable: true, platforms: [] }],
    ['lib/linux/a.so', false, { executable: false, platforms: ['linux32'] }],
    ['jars/linux64/x/a.jar', true, { executable: true, platforms: ['linux64'] }],
    ['mm/macosx/a', false, { executable: false, platforms: ['macosx'] }],
    ['plugins/win64/a.jar', false, none],
    ['jars/other/a.jar', false, none],
    ['x/lib/win64/a', false, none],
    ['lib/win64', false, none],
    ['jars/a.jar', false, none],
    ['jars/a.jar', true, { executable: true, platforms: [] }],
  ])('of %s with the execute bit %s', (path, executeBit, placement) => {
    expect(placementOf(path, executeBit)).toEqual(placement);
  });
});

test('new files are sorted by their folder: the top, bundles, known folders, others', () => {
  const sorted = [
    ...[
      'README.md',
      'fiji',
      'B.app/a',
      'Fiji.app/x',
      'jars/a.jar',
      'jars/b.jar',
      'retro/a.jar',
      'misc/a.jar',
    ],
    ...['config/a', 'plugins/A.jar', 'scripts/a.m', 'macros/a.txt', 'luts/a.lut', 'images/a.png'],
    ...['Contents/a.plist', 'models/a', 'lib/a', 'licenses/a', 'mm/a', 'mmautofocus/a', 'mmplugins/a'],
    ...['another/a', 'other/a'],
  ];
  expect([...sorted].reverse().sort(compareNewPaths)).toEqual(sorted);
});
