import fc from 'fast-check';
import { parseIndexXml } from '../../../../src/formats/imagej/index/read.js';
import { EMPTY_INDEX, type SiteIndex } from '../../../../src/formats/imagej/index/site-index.js';
import { KNOWN_FOLDERS } from '../../../../src/formats/imagej/layout.js';
import type { SitePath } from '../../../../src/model/site-path.js';
import { planFiles, type PlanInput } from '../../../support/scenario.js';

const OLD = 'a'.repeat(40);
const NEW = 'b'.repeat(40);

/** Returns the problems of publishing files, each given as `file => path`. */
function problemsOf(
  files: readonly (readonly [file: string, path: string, checksum?: string])[],
  index: SiteIndex = EMPTY_INDEX,
  more: Partial<PlanInput> = {},
) {
  const artifacts = files.map(([file, path, checksum = NEW]) => ({
    artifact: { file, destination: path as SitePath, size: 5, modified: 0, executable: false },
    inspection: {
      checksum,
      size: 5,
      historicalChecksums: [],
      hasPluginsConfig: false,
      pom: undefined,
      ownPom: undefined,
    },
  }));
  return planFiles({ index, artifacts, now: 20260101000000, ...more }).problems;
}

function siteWith(...paths: string[]): SiteIndex {
  const records = paths.map(
    (path) =>
      `<plugin filename="${path}"><version checksum="${OLD}" timestamp="20250101000000" filesize="5"/></plugin>`,
  );
  return parseIndexXml(Buffer.from(`<pluginRecords>${records.join('')}</pluginRecords>`));
}

const brief = (problems: ReturnType<typeof problemsOf>) =>
  problems.map(({ severity, code, path }) => [severity, code, path]);

describe('a destination without its slash', () => {
  test.each([
    ['target/Tool.jar', 'plugins', 'destination-is-folder', 'plugins/'],
    ['target/Tool.jar', 'jars', 'destination-is-folder', 'jars/'],
    ['LICENSE', 'licenses', 'destination-is-folder', 'licenses/'],
    ['libtool.so', 'lib/linux64', 'destination-is-folder', 'lib/linux64/'],
    ['target/Tool.jar', 'Plugins', 'destination-is-folder', 'plugins/'],
    ['target/Tool.jar', 'plugin', 'destination-extension', 'plugins/'],
    ['target/Tool.jar', 'plugins/Helper', 'destination-extension', 'plugins/Helper/'],
    ['a.ijm', 'macros/toolsets', 'destination-extension', 'macros/toolsets/'],
    ['target/Tool.jar', 'plugins/Tool.zip', 'destination-extension', 'plugins/Tool.jar'],
    ['target/tool-1.0.jar', 'jars/tool-1.0', 'destination-extension', 'jars/tool-1.0/'],
  ])('is refused with the intended folder: %s => %s', (file, path, code, meant) => {
    const problems = problemsOf([[file, path]]);
    expect(brief(problems)).toEqual([['error', code, path]]);
    expect(problems[0]?.hint).toContain(`Did you mean "${meant}"?`);
  });

  test.each([
    ['tool-1.0.0-linux', 'lib/tool'],
    ['libtool.so', 'lib/linux64/libtool.so.1.2'],
    ['libtool.so.1', 'lib/linux64/libtool.so.1'],
    ['Tool.JAR', 'plugins/Tool_.jar'],
    ['LICENSE', 'licenses/tool.txt'],
    ['launcher.bin', 'config/jaunch/jaunch-linux-x64'],
    ['mm', 'mm/mm'],
    ['target/tool-1.0.jar', 'jars/tool-1.1.jar'],
  ])('is not reported for %s => %s', (file, path) => {
    expect(problemsOf([[file, path]])).toEqual([]);
  });

  test('may also be a file without its extension, which the hint also names', () => {
    const [refused, ...rest] = problemsOf([['n.txt', 'licenses/LICENSE']]);
    expect(rest).toEqual([]);
    expect(refused).toMatchObject({
      severity: 'error',
      code: 'destination-extension',
      hint: 'Did you mean "licenses/LICENSE/"? The name of a folder must end with "/". If you mean a file, write "licenses/LICENSE.txt".',
    });
    for (const path of ['licenses/LICENSE/n.txt', 'licenses/LICENSE.txt'])
      expect(problemsOf([['n.txt', path]])).toEqual([]);
    // A file on the site cannot be a folder.
    expect(problemsOf([['n.txt', 'licenses/LICENSE']], siteWith('licenses/LICENSE'))).toMatchObject([
      {
        severity: 'warning',
        code: 'destination-extension',
        hint: 'Did you mean "licenses/LICENSE.txt"? To publish it as "licenses/LICENSE", rename the file first.',
      },
    ]);
  });

  test('is a warning if the site already has the file and it is unchanged', () => {
    const [problem, ...rest] = problemsOf([['Tool.jar', 'plugins', OLD]], siteWith('plugins'));
    expect(rest).toEqual([]);
    expect(problem).toMatchObject({ severity: 'warning', code: 'destination-is-folder' });
    expect(problem?.hint).toContain('"remove"');
    expect(brief(problemsOf([['Tool.jar', 'plugins']], siteWith('plugins')))).toEqual([
      ['error', 'destination-is-folder', 'plugins'],
    ]);
  });
});

describe('a folder that ImageJ does not have', () => {
  test('is refused if it differs from a folder of ImageJ only in case', () => {
    const [problem, ...rest] = problemsOf([['Tool.jar', 'Plugins/Sub/Tool.jar']]);
    expect(rest).toEqual([]);
    expect(problem).toMatchObject({
      severity: 'error',
      code: 'folder-case',
      hint: 'Did you mean "plugins/Sub/"?',
    });
  });

  test.each([
    ['plugin/Tool.jar', 'plugins'],
    ['jar/Tool.jar', 'jars'],
    ['libs/Tool.jar', 'lib'],
    ['Macro/Tool.jar', 'macros'],
  ])('causes a warning with the closest folder: %s', (path, near) => {
    const problems = problemsOf([['Tool.jar', path]]);
    expect(brief(problems)).toEqual([['warning', 'not-picked-up', path]]);
    expect(problems[0]?.hint).toContain(`Did you mean "${near}/"?`);
  });

  test.each([
    ['jras/Tool.jar', 'not-picked-up', 'jars/'],
    ['Fiji.app/plugins/Tool.jar', 'not-picked-up', 'plugins/'],
    ['Fiji.app/plugins/Sub/Tool.jar', 'not-picked-up', 'plugins/Sub/'],
    ['ImageJ.app/lib/Tool.jar', 'not-picked-up', 'lib/'],
    ['Fiji/jars/Tool.jar', 'not-picked-up', 'jars/'],
    ['jars/Linux64/Tool.jar', 'folder-case', 'jars/linux64/'],
    ['lib/WIN64/bin/Tool.jar', 'folder-case', 'lib/win64/bin/'],
    ['mm/MacOS-arm64/Tool.jar', 'folder-case', 'mm/macos-arm64/'],
  ])('causes a warning if it probably means another folder or platform: %s', (path, code, near) => {
    const [problem, ...rest] = problemsOf([['Tool.jar', path]]);
    expect(rest).toEqual([]);
    expect(problem).toMatchObject({ severity: 'warning', code, path });
    expect(problem?.hint).toContain(`Did you mean "${near}"?`);
    const folder = path.split('/').slice(0, 2).join('/');
    expect(problemsOf([['Tool.jar', path]], siteWith(`${folder}/Other.jar`))).not.toContainEqual(problem);
  });

  test.each([
    ['Tool.jar', 'Fiji.app/plugins', 'plugins/'],
    ['Tool.jar', 'jars/Linux64', 'jars/linux64/'],
    ['LICENSE', 'jars/Linux64', 'jars/linux64/'],
  ])('is reported together with a missing slash: %s => %s', (file, path, near) => {
    const problems = problemsOf([[file, path]]);
    expect(brief(problems)).toEqual([['error', 'destination-is-folder', path]]);
    expect(problems[0]?.hint).toContain(`Did you mean "${near}"?`);
  });

  test.each(['Fiji.app/Contents/Info.plist', 'Fiji.app/readme.txt', 'jars/linux64/a.jar', 'lib/Linux/a.so'])(
    'is not reported for %s',
    (path) => {
      expect(problemsOf([[path, path]])).toEqual([]);
    },
  );

  test('causes one warning for all its files', () => {
    const names = Array.from({ length: 30 }, (_, at) => `Fiji.app/plugins/${at}.jar`);
    expect(brief(problemsOf(names.map((name) => [name, name])))).toEqual([
      ['warning', 'not-picked-up', 'Fiji.app/plugins/0.jar'],
    ]);
  });

  test('is accepted if the site has files in it', () => {
    for (const folder of ['Plugins', 'plugin']) {
      const problems = problemsOf([['Tool.jar', `${folder}/Tool.jar`]], siteWith(`${folder}/Other.jar`));
      expect(brief(problems)).toEqual([['warning', 'not-picked-up', `${folder}/Tool.jar`]]);
      expect(problems[0]?.hint).not.toContain('Did you mean');
    }
  });

  test('does not cause a guess if it is not close to any folder', () => {
    expect(problemsOf([['a.pdf', 'docs/a.pdf']])[0]?.hint).not.toContain('Did you mean');
  });
});

describe('a file in place of a folder', () => {
  test('is refused within a publication in any order', () => {
    for (const files of [
      [
        ['x', 'lib/x'],
        ['y.so', 'lib/x/y.so'],
      ],
      [
        ['y.so', 'lib/x/y.so'],
        ['x', 'lib/x'],
      ],
    ] as [string, string][][]) {
      const problems = problemsOf(files);
      expect(brief(problems)).toEqual([['error', 'file-and-folder', 'lib/x']]);
      expect(problems[0]).toMatchObject({
        message: 'lib/x cannot be both a file and a folder: there is also lib/x/y.so.',
      });
    }
  });

  test('is refused beside files on the site', () => {
    const problems = problemsOf([['x', 'lib/x']], siteWith('lib/x/a/b.so', 'lib/x/c.so'));
    expect(brief(problems)).toEqual([['error', 'file-and-folder', 'lib/x']]);
    expect(problems[0]?.hint).toContain('Did you mean "lib/x/"?');
    expect(brief(problemsOf([['y.so', 'lib/x/y.so']], siteWith('lib/x')))).toEqual([
      ['error', 'file-and-folder', 'lib/x/y.so'],
    ]);
  });

  test.each([
    ['lib/tool/LICENSE', undefined],
    ['lib/tool/bin/tool', undefined],
    ['lib/tool/tool', 'lib/tool'],
  ])('is never suggested as the path that was written: %s', (path, meant) => {
    const upstream = [{ name: 'Fiji', location: 'x', index: siteWith('lib/tool') }];
    for (const [problem, ...rest] of [
      problemsOf([[path, path]], siteWith('lib/tool')),
      problemsOf([[path, path]], EMPTY_INDEX, { upstream }),
    ]) {
      expect(rest).toEqual([]);
      expect(problem).toMatchObject({ severity: 'error', code: 'file-and-folder', path });
      expect(/Did you mean "(.*?)"\?/.exec(problem?.hint ?? '')?.[1]).toBe(meant);
    }
    expect(problemsOf([[path, path]], siteWith('lib/tool'))[0]?.hint).toContain('(--remove lib/tool)');
  });

  test('is refused with the intended file if its folder is a file of the same type', () => {
    const site = siteWith('macros/A.ijm');
    for (const path of ['macros/A.ijm/A.ijm', 'macros/A.ijm/B.ijm'])
      expect(problemsOf([['x.ijm', path]], site)[0]?.hint).toContain('Did you mean "macros/A.ijm"?');
    expect(problemsOf([['x.txt', 'macros/A.ijm/x.txt']], site)[0]?.hint).not.toContain('Did you mean');
  });

  test('is refused beside files of an upstream site, which is named', () => {
    const upstream = [{ name: 'Fiji', location: 'x', index: siteWith('macros/toolsets/a.ijm') }];
    const problems = problemsOf([['t', 'macros/toolsets']], EMPTY_INDEX, { upstream });
    expect(brief(problems)).toContainEqual(['error', 'file-and-folder', 'macros/toolsets']);
    expect(problems.map(({ message }) => message).join()).toContain('(upstream site Fiji)');
  });

  test('can be replaced only in the publication after its removal', () => {
    const site = siteWith('lib/x');
    const both = problemsOf([['y.so', 'lib/x/y.so']], site, { remove: ['lib/x'] });
    expect(brief(both)).toEqual([['error', 'file-and-folder', 'lib/x/y.so']]);
    expect(both[0]?.hint).toContain('separate publication');
    const gone = parseIndexXml(
      Buffer.from(
        `<pluginRecords><plugin filename="lib/x"><previous-version timestamp="1" timestamp-obsolete="2" checksum="${OLD}"/></plugin></pluginRecords>`,
      ),
    );
    expect(problemsOf([['y.so', 'lib/x/y.so']], gone)).toEqual([]);
  });

  test('causes a warning if the site already has it, and can always be removed', () => {
    const site = siteWith('plugins', 'plugins/A.jar');
    expect(brief(problemsOf([['B.lut', 'luts/B.lut']], site))).toEqual([
      ['warning', 'file-and-folder', 'plugins'],
    ]);
    expect(brief(problemsOf([['A.jar', 'plugins/A.jar']], site))).toEqual([
      ['error', 'file-and-folder', 'plugins/A.jar'],
    ]);
    expect(problemsOf([], site, { remove: ['plugins'] })).toEqual([]);
    expect(problemsOf([['A.jar', 'plugins/A.jar']], site, { remove: ['plugins'] })).toEqual([]);
  });
});

test('a plan without errors never has a file in place of a folder', () => {
  const part = fc.constantFrom('x', 'y', 'z.so');
  const path = fc.array(part, { minLength: 1, maxLength: 3 }).map((parts) => `lib/${parts.join('/')}`);
  const paths = fc.uniqueArray(path, { maxLength: 6 });
  fc.assert(
    fc.property(paths, paths, paths, (onSite, published, removed) => {
      const site = siteWith(...onSite);
      const remove = removed.filter((name) => onSite.includes(name) && !published.includes(name));
      const problems = problemsOf(
        published.map((name) => [name, name] as const),
        site,
        { remove },
      );
      const after = new Set([...onSite.filter((name) => !remove.includes(name)), ...published]);
      const clash = [...after].some((a) =>
        [...after].some((b) => b.startsWith(`${a}/`) && (published.includes(a) || published.includes(b))),
      );
      if (clash) expect(problems.map(({ code }) => code)).toContain('file-and-folder');
      else
        expect(
          problems.filter(
            ({ severity, hint }) => severity === 'error' && !hint?.includes('separate publication'),
          ),
        ).toEqual([]);
    }),
    { numRuns: 300 },
  );
});

test('the name of a folder of ImageJ is refused for a file', () => {
  for (const folder of KNOWN_FOLDERS)
    expect(problemsOf([['x', folder]])).toMatchObject([{ severity: 'error', code: 'destination-is-folder' }]);
});
