import { checkPlatforms, checkWindowsNames } from '../../../../src/formats/imagej/checks/platforms.js';
import { recordsByComponent } from '../../../../src/formats/imagej/index/record-map.js';
import { imagejChange, imagejIndex, imagejSite, type RecordSpec } from '../../../support/imagej-site.js';

const recordsOf = (files: Readonly<Record<string, RecordSpec>>) => recordsByComponent(imagejIndex(files));

describe('a native file without a platform', () => {
  const check = (path: string, spec: RecordSpec = {}, edits = {}) =>
    checkPlatforms(imagejChange(path, { edits }), recordsOf({ [path]: spec }), []);

  it.each([
    ['lib/libtool.so', 'lib/win64/'],
    ['lib/tool.dll', 'lib/win64/'],
    ['jars/tool-1.0-natives-linux-amd64.jar', 'jars/linux64/'],
    ['jars/tool-1.0-natives-macosx-arm64.jar', 'jars/macos-arm64/'],
    ['jars/tool-1.0-natives-android-arm64.jar', 'jars/win64/'],
  ])('causes a warning with a folder of its type: %s', (path, folder) => {
    expect(check(path)).toEqual([
      {
        severity: 'warning',
        code: 'no-platform',
        path,
        message: `${path} runs only on some machines, but all users would get it.`,
        hint: `Publish it into "${folder}" (or the folder of another platform), or set "platforms" for it in .github/update-site.yml.`,
      },
    ]);
  });

  it('is accepted if the maintainer configures its platforms, even none', () => {
    expect(check('lib/libtool.so', {}, { platforms: [] })).toEqual([]);
    expect(check('lib/libtool.so', {}, { authors: [] })).toHaveLength(1);
  });

  it('is accepted if its record has a platform', () => {
    expect(check('lib/linux64/libtool.so', { platforms: ['linux64'] })).toEqual([]);
  });

  it('is not checked without a record', () => {
    expect(checkPlatforms(imagejChange('lib/libtool.so'), recordsOf({}), [])).toEqual([]);
  });

  it.each(['jars/tool.jar', 'macros/so.ijm', 'lib/tool'])('is not %s', (path) => {
    expect(check(path)).toEqual([]);
  });
});

describe('a file for all platforms that needs a file for some', () => {
  const check = (
    files: Readonly<Record<string, RecordSpec>>,
    upstream: ReturnType<typeof imagejSite>[] = [],
  ) => checkPlatforms(imagejChange('plugins/Tool_.jar'), recordsOf(files), upstream);

  it('causes a warning with the files and their platforms', () => {
    const files = {
      'plugins/Tool_.jar': { needs: ['jars/a.jar', 'jars/b.jar', 'jars/c.jar'] },
      'jars/a-1.0.jar': { platforms: ['linux64', 'win64'] },
      'jars/b-1.0.jar': {},
      'jars/c.jar': { platforms: ['macosx'] },
    };
    expect(check(files)).toEqual([
      {
        severity: 'warning',
        code: 'platform-dependency',
        path: 'plugins/Tool_.jar',
        message:
          'plugins/Tool_.jar is for all platforms, but depends on files that only some users get: jars/a-1.0.jar (linux64, win64), jars/c.jar (macosx).',
        hint: 'Set "platforms" for it in .github/update-site.yml, or delete the dependency with "dependencies: remove".',
      },
    ]);
  });

  it('causes a warning if an upstream site serves that file, unless this site also does', () => {
    const tool = { needs: ['jars/a.jar'] };
    const upstream = [imagejSite('Fiji', { 'jars/a-2.0.jar': { platforms: ['win64'] } })];
    expect(check({ 'plugins/Tool_.jar': tool }, upstream)).toMatchObject([
      { message: expect.stringContaining('jars/a-2.0.jar (win64)') as string },
    ]);
    expect(check({ 'plugins/Tool_.jar': tool, 'jars/a-1.0.jar': {} }, upstream)).toEqual([]);
    expect(check({ 'plugins/Tool_.jar': tool, 'jars/a-1.0.jar': { obsolete: true } }, upstream)).toHaveLength(
      1,
    );
  });

  it('is accepted if it overrides that file, or if users do not get that file', () => {
    const limited = { platforms: ['win64'] };
    expect(check({ 'plugins/Tool_.jar': { overrides: ['jars/a.jar'] }, 'jars/a.jar': limited })).toEqual([]);
    expect(
      check({ 'plugins/Tool_.jar': { needs: ['jars/a.jar'] }, 'jars/a.jar': { ...limited, obsolete: true } }),
    ).toEqual([]);
    expect(check({ 'plugins/Tool_.jar': { needs: ['jars/a.jar'] } })).toEqual([]);
    expect(check({ 'plugins/Tool_.jar': { obsolete: true } })).toEqual([]);
  });
});

test('the hints name the configuration of the run', () => {
  const files = {
    'lib/tool.so': { needs: ['jars/a.jar'] },
    'jars/a.jar': { platforms: ['win64'] },
  };
  expect(checkPlatforms(imagejChange('lib/tool.so'), recordsOf(files), [], 'site.yml')).toMatchObject([
    {
      code: 'no-platform',
      hint: 'Publish it into "lib/win64/" (or the folder of another platform), or set "platforms" for it in site.yml.',
    },
    {
      code: 'platform-dependency',
      hint: 'Set "platforms" for it in site.yml, or delete the dependency with "dependencies: remove".',
    },
  ]);
  expect(checkWindowsNames([imagejChange('macros/a*.ijm')], recordsOf({}), 'site.yml')).toMatchObject([
    {
      hint: 'Updates fail on Windows because of such a name. Rename the file, or restrict it to other platforms with "platforms" in site.yml.',
    },
  ]);
});

describe('a name that Windows cannot store', () => {
  const HINT =
    'Updates fail on Windows because of such a name. Rename the file, or restrict it to other platforms with "platforms" in .github/update-site.yml.';

  it('causes a warning with the reason', () => {
    expect(checkWindowsNames([imagejChange('macros/a*.ijm')], recordsOf({}))).toEqual([
      {
        severity: 'warning',
        code: 'windows-name',
        path: 'macros/a*.ijm',
        message: 'Windows cannot store macros/a*.ijm: it contains *.',
        hint: HINT,
      },
    ]);
  });

  it('causes one warning for many files', () => {
    const paths = Array.from({ length: 11 }, (_, at) => `macros/${at}*.ijm`);
    expect(
      checkWindowsNames(
        paths.map((path) => imagejChange(path)),
        recordsOf({}),
      ),
    ).toEqual([
      {
        severity: 'warning',
        code: 'windows-name',
        path: 'macros/0*.ijm',
        message: `Windows cannot store files with these names: ${paths.slice(0, 10).join(', ')} and 1 more.`,
        hint: HINT,
      },
    ]);
  });

  it.each([
    [[], 1],
    [['linux64', 'win32'], 1],
    [['linux64', 'macosx'], 0],
  ])('matters for the platforms %j: %d', (platforms, times) => {
    const found = checkWindowsNames([imagejChange('lib/a|b')], recordsOf({ 'lib/a|b': { platforms } }));
    expect(found).toHaveLength(times);
  });

  it('is not any other name', () => {
    expect(checkWindowsNames([imagejChange('macros/a.ijm')], recordsOf({}))).toEqual([]);
  });
});
