import type { ArtifactFiles, FoundFile } from '../../../src/app/ports/files.js';
import { collectArtifacts } from '../../../src/app/publish/collect.js';
import type { FileRule, Settings } from '../../../src/app/publish/settings.js';
import type { ArtifactRules } from '../../../src/formats/format.js';
import type { Problem } from '../../../src/model/problem.js';
import { sitePath } from '../../../src/model/site-path.js';

const found = (file: string, size = 1): FoundFile => ({ file, size, modified: 1, executable: false });
const toFolder = (folder: string) => ({ folder: sitePath(folder) });
const toPath = (path: string) => ({ path: sitePath(path) });

const FORMAT: ArtifactRules = {
  exclusionOf: (name) => (name.endsWith('-sources.jar') ? 'it contains sources' : undefined),
  emptyReasonOf: (name) => (name.endsWith('.ijm') ? 'ImageJ does not read it' : undefined),
  appFolder: { isTrackedPath: (path: string) => path.startsWith('plugins/') } as never,
};

interface Options {
  readonly settings?: Partial<Settings>;
  readonly format?: ArtifactRules;
  /** The files below the application folder, by path. */
  readonly below?: Readonly<Record<string, number>>;
  readonly refused?: readonly Problem[];
}

/** Collects the files that rules match, and returns what was found in words. */
async function collected(
  rules: readonly (readonly [
    pattern: string,
    destination: FileRule['destination'],
    files: readonly FoundFile[],
  ])[],
  { settings = {}, format = FORMAT, below = {}, refused = [] }: Options = {},
) {
  const log: string[] = [];
  const files: ArtifactFiles = {
    match: (pattern) =>
      Promise.resolve({
        files: rules.find(([one]) => one === pattern)?.[2] ?? [],
        problems: refused,
      }),
    below: (folder) =>
      Promise.resolve(
        Object.entries(below).map(([path, size]) => ({ ...found(`${folder}/${path}`, size), path })),
      ),
    present: () => Promise.resolve([]),
  };
  const all = {
    appDir: undefined,
    files: rules.map(([pattern, destination]) => ({ pattern, destination })),
    defaultFiles: false,
    completeSite: false,
    remove: [],
    ...settings,
  } as Partial<Settings> as Settings;
  const print = { info: (text: string) => log.push(text), detail: (text: string) => log.push(text) };
  const { artifacts, named, leftOut, problems } = await collectArtifacts(all, format, files, print);
  const inWords = (list: readonly { readonly file: string; readonly destination: string | undefined }[]) =>
    list.map(({ file, destination }) => `${file} => ${destination ?? ''}`);
  return {
    artifacts: inWords(artifacts),
    named: inWords(named),
    leftOut: inWords(leftOut),
    problems,
    log,
  };
}

test('files go to the folder, to the path or without a destination, each once per destination', async () => {
  const { artifacts, named, problems } = await collected([
    ['*.jar', undefined, [found('a.jar')]],
    ['a.*', undefined, [found('a.jar')]],
    ['b.jar', toFolder('jars'), [found('build\\b.jar')]],
    ['c.jar', toPath('jars/other.jar'), [found('c.jar')]],
  ]);
  expect(artifacts).toEqual(['a.jar => ', 'build\\b.jar => jars/b.jar', 'c.jar => jars/other.jar']);
  expect(named).toHaveLength(4);
  expect(problems).toEqual([]);
});

test('an application folder gives the files that belong on a site', async () => {
  const below = { 'plugins/a.jar': 1, 'README.md': 1 };
  expect(await collected([], { settings: { appDir: 'Fiji.app' }, below })).toEqual({
    artifacts: ['Fiji.app/plugins/a.jar => plugins/a.jar'],
    named: [],
    leftOut: ['Fiji.app/README.md => README.md'],
    problems: [],
    log: ['Fiji.app: 1 of 2 files belong on the site.'],
  });
});

test('an application folder without such files is an error', async () => {
  const { problems } = await collected([], { settings: { appDir: 'Fiji.app' }, below: { 'README.md': 1 } });
  expect(problems).toEqual([
    {
      severity: 'error',
      code: 'no-artifact',
      path: 'Fiji.app',
      message: 'The application folder Fiji.app does not contain files that belong on an update site.',
      hint: 'Check "app-dir" (--app-dir): it is the folder that contains plugins/ and jars/, for example "Fiji.app".',
    },
  ]);
});

test('a format without the layout of an application ignores the folder', async () => {
  const format: ArtifactRules = { exclusionOf: () => undefined };
  const { artifacts } = await collected([], { settings: { appDir: 'Fiji.app' }, format, below: { x: 1 } });
  expect(artifacts).toEqual([]);
});

test('a destination that no site can store is an error', async () => {
  const { artifacts, problems } = await collected([['b*.jar', toFolder('jars'), [found('b\t.jar')]]]);
  expect(artifacts).toEqual([]);
  expect(problems).toEqual([
    {
      severity: 'error',
      code: 'bad-path',
      path: 'b\t.jar',
      message: 'b\t.jar cannot be published as "jars/b\t.jar": it contains a control character.',
      hint: 'Rename the file, or choose another destination.',
    },
  ]);
});

describe('empty files', () => {
  const EMPTY = [found('a.ijm', 0), found('b.ijm', 0)];

  test('are left out with one warning', async () => {
    const { artifacts, leftOut, problems } = await collected([['*.ijm', toFolder('macros'), EMPTY]]);
    expect([artifacts, leftOut]).toEqual([[], ['a.ijm => macros/a.ijm', 'b.ijm => macros/b.ijm']]);
    expect(problems).toEqual([
      {
        severity: 'warning',
        code: 'empty-file',
        path: 'a.ijm',
        message: 'Left out 2 empty files: a.ijm, b.ijm.',
        hint: 'ImageJ does not read it. Put a comment or a line break into a file to publish it.',
      },
    ]);
  });

  test('are counted if there are many', async () => {
    const many = Array.from({ length: 12 }, (_, at) => found(`${at}.ijm`, 0));
    const { problems } = await collected([['*.ijm', undefined, many]]);
    expect(problems[0]?.message).toMatch(/^Left out 12 empty files: 0\.ijm, .*, 9\.ijm and 2 more\.$/);
  });

  test('are published if they are named, or if their kind may be empty', async () => {
    const { artifacts } = await collected([
      ['./a.ijm', undefined, [found('a.ijm', 0)]],
      ['*.txt', undefined, [found('c.txt', 0)]],
    ]);
    expect(artifacts).toEqual(['a.ijm => ', 'c.txt => ']);
  });
});

describe('by-products', () => {
  const BOTH = [found('a.jar'), found('a-sources.jar')];

  test('are left out without a destination', async () => {
    const { artifacts, leftOut, log } = await collected([['*.jar', undefined, BOTH]]);
    expect([artifacts, leftOut]).toEqual([['a.jar => '], ['a-sources.jar => ']]);
    expect(log).toEqual(['Left out a-sources.jar: it contains sources. Give a destination to publish it.']);
  });

  test('are published to a destination, with a warning if a pattern matches others too', async () => {
    const { artifacts, problems } = await collected([['*.jar', toFolder('jars'), BOTH]]);
    expect(artifacts).toHaveLength(2);
    expect(problems).toEqual([
      {
        severity: 'warning',
        code: 'by-product',
        path: 'a-sources.jar',
        message: 'a-sources.jar is also published, because "*.jar" matches it: it contains sources.',
        hint: 'If that is not intended, make the pattern narrower, or omit the destination to skip this file.',
      },
    ]);
    const alone = await collected([['*-sources.jar', toFolder('jars'), [found('a-sources.jar')]]]);
    expect(alone.problems).toEqual([]);
  });
});

test('several files for one path are an error, and none of them is published', async () => {
  const { artifacts, problems } = await collected([
    ['*.jar', toPath('jars/x.jar'), [found('a.jar'), found('b.jar')]],
  ]);
  expect(artifacts).toEqual([]);
  expect(problems).toEqual([
    {
      severity: 'error',
      code: 'several-files',
      path: 'jars/x.jar',
      message: '"*.jar" matches 2 files, which cannot all be jars/x.jar: a.jar, b.jar.',
      hint: 'Make the pattern narrower, or end the destination with "/" to make it a folder.',
    },
  ]);
});

describe('a pattern without files', () => {
  test.each([
    ['a.jar -> jars/', {}, 'Write "=>" before the destination: GLOB => DEST.'],
    ['a.jar → jars/', {}, 'Write "=>" before the destination: GLOB => DEST.'],
    [
      '*.jar',
      { defaultFiles: true },
      'Run the build before this step, or choose the files to publish with "files" (--files).',
    ],
    [
      '*.jar',
      {},
      'Check the pattern, which is relative to the working directory. Run the build before this step.',
    ],
  ])('%s with %j is an error', async (pattern, settings, hint) => {
    const { problems } = await collected([[pattern, undefined, []]], { settings });
    expect(problems).toEqual([
      {
        severity: 'error',
        code: 'no-artifact',
        path: pattern,
        message: `No file matches "${pattern}".`,
        hint,
      },
    ]);
  });

  test('is expected if the run only removes files', async () => {
    const settings = { defaultFiles: true, remove: ['a.jar'] };
    expect((await collected([['*.jar', undefined, []]], { settings })).problems).toEqual([]);
    const whole = { settings: { ...settings, completeSite: true } };
    expect((await collected([['*.jar', undefined, []]], whole)).problems).toHaveLength(1);
    const own = { settings: { ...settings, defaultFiles: false } };
    expect((await collected([['*.jar', undefined, []]], own)).problems).toHaveLength(1);
  });

  test('is explained by the files that were refused', async () => {
    const refused: Problem[] = [{ severity: 'error', code: 'bad-path', message: 'It is a link.' }];
    expect((await collected([['*.jar', undefined, []]], { refused })).problems).toEqual(refused);
  });
});
