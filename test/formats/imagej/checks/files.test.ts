import { checkFiles, type FileChecksRequest } from '../../../../src/formats/imagej/checks/files.js';
import type { JarAnalysis } from '../../../../src/formats/imagej/dependencies/analyze-jar.js';
import { unversionedPath } from '../../../../src/formats/imagej/file-name.js';
import { imagejChange, imagejIndex, type RecordSpec } from '../../../support/imagej-site.js';

const TOOL = 'plugins/Tool_-1.0.jar';

interface Jar extends RecordSpec, Partial<JarAnalysis> {
  /** Whether the publication includes it; it does if nothing is stated. */
  readonly isPublished?: boolean;
  readonly open?: readonly string[];
}

function check(jars: Readonly<Record<string, Jar>>, more: Partial<FileChecksRequest> = {}) {
  const entries = Object.entries(jars);
  const analyses = entries.map(([path, jar]) => {
    const none = { classes: [], references: [], missingCommands: [], java: 0, faults: [] };
    return [unversionedPath(path), { ...none, ...jar }] as const;
  });
  return checkFiles({
    after: imagejIndex(jars),
    changes: entries.flatMap(([path, { isPublished = true }]) => (isPublished ? imagejChange(path) : [])),
    findings: {
      needs: new Map(),
      missing: [],
      open: new Map(entries.map(([path, { open = [] }]) => [unversionedPath(path), new Set(open)])),
      analyses: new Map(analyses),
      notices: [],
    },
    upstream: [],
    java: undefined,
    isRelease: false,
    ...more,
  });
}

describe('a jar for a newer Java than that of the users', () => {
  it('causes a warning', () => {
    expect(check({ [TOOL]: { java: 21 } }, { java: 8 })).toEqual([
      {
        severity: 'warning',
        code: 'newer-java',
        path: TOOL,
        message: `${TOOL} is compiled for Java 21, but the Fiji of the upstream sites runs Java 8: users would see an UnsupportedClassVersionError.`,
        hint: 'Compile with "maven.compiler.release" (or "scijava.jvm.version") 8, or set "upstream" (--upstream) to the sites that your users follow.',
      },
    ]);
  });

  it('is not one for the same or an older Java, or if the Java of the users is unknown', () => {
    expect(check({ [TOOL]: { java: 8 } }, { java: 8 })).toEqual([]);
    expect(check({ [TOOL]: { java: 8 } }, { java: 21 })).toEqual([]);
    expect(check({ [TOOL]: { java: 21 } })).toEqual([]);
  });

  it('is not checked if this publication does not include it', () => {
    expect(check({ [TOOL]: { java: 21, isPublished: false } }, { java: 8 })).toEqual([]);
    const changes = [imagejChange(TOOL, { kind: 'remove' })];
    expect(check({ [TOOL]: { java: 21 } }, { java: 8, changes })).toEqual([]);
  });
});

test.each([
  [['a/B.class: it is cut short'], 'a/B.class: it is cut short).'],
  [['a/B.class: it is cut short', 'c'], 'a/B.class: it is cut short) and 1 more class file.'],
  [['a/B.class: it is cut short', 'c', 'd'], 'a/B.class: it is cut short) and 2 more class files.'],
])('class files that cannot be read cause a warning: %j', (faults, end) => {
  expect(check({ [TOOL]: { faults } }, { configFile: 'site.yml' })).toMatchObject([
    { hint: 'Some of its dependencies may be missing. Add them with "dependencies: add" in site.yml.' },
  ]);
  expect(check({ [TOOL]: { faults } })).toEqual([
    {
      severity: 'warning',
      code: 'unreadable-class',
      path: TOOL,
      message: `${TOOL} contains a class file that cannot be read (${end}`,
      hint: 'Some of its dependencies may be missing. Add them with "dependencies: add" in .github/update-site.yml.',
    },
  ]);
});

describe('a command without a class', () => {
  it('is an error if the class is in no jar', () => {
    const missingCommands = ['org/x/Gone', 'org/x/Elsewhere'];
    expect(check({ [TOOL]: { missingCommands, open: ['org/x/Gone'] } })).toEqual([
      {
        severity: 'error',
        code: 'missing-command',
        path: TOOL,
        message: `The plugins.config of ${TOOL} names the class org.x.Gone, which is not in the jar.`,
        hint: 'Correct the name, or delete the line. Otherwise, the command fails.',
      },
    ]);
  });

  it('is accepted if ImageJ provides the class', () => {
    const classes = ['ij/plugin/Old', 'ijx/Gone'];
    expect(check({ [TOOL]: { missingCommands: classes, open: classes } })).toMatchObject([
      { message: expect.stringContaining('ijx.Gone') as string },
    ]);
  });
});

describe('a class in several jars', () => {
  const two = (one: Jar, other: Jar) => check({ 'jars/a-1.0.jar': one, 'jars/b-1.0.jar': other });

  it('causes a warning for the jars of this publication', () => {
    const problem = {
      severity: 'warning',
      code: 'duplicate-class',
      message:
        'jars/a-1.0.jar and jars/b-1.0.jar contain the same class x.Y: which one runs is left to chance.',
      hint: 'Keep them in one of the jars. For example, do not shade a library that is also published separately.',
    };
    const [a, b] = [{ classes: ['x/Y', 'a/A'] }, { classes: ['x/Y', 'b/B'] }];
    expect(two(a, b)).toEqual([{ ...problem, path: 'jars/a-1.0.jar' }]);
    expect(two({ ...a, isPublished: false }, b)).toEqual([{ ...problem, path: 'jars/b-1.0.jar' }]);
    expect(two({ ...a, isPublished: false }, { ...b, isPublished: false })).toEqual([]);
  });

  it('causes one warning for all classes that the same jars contain', () => {
    const classes = ['x/Y', 'x/Z'];
    expect(
      check({
        'jars/a.jar': { classes },
        'jars/b.jar': { classes: ['x/Z', 'x/Y', 'x/W'] },
        'jars/c.jar': { classes },
      }),
    ).toMatchObject([
      {
        message:
          'jars/a.jar, jars/b.jar and jars/c.jar contain the same 2 classes, such as x.Y: which one runs is left to chance.',
      },
    ]);
    expect(
      check({
        'jars/a.jar': { classes: ['x/Y', 'x/Z'] },
        'jars/b.jar': { classes: ['x/Y'] },
        'jars/c.jar': { classes: ['x/Z'] },
      }).map(({ message }) => message.slice(0, message.indexOf(':'))),
    ).toEqual([
      'jars/a.jar and jars/b.jar contain the same class x.Y',
      'jars/a.jar and jars/c.jar contain the same class x.Z',
    ]);
  });

  it('does not matter in a jar that users do not get', () => {
    expect(two({ classes: ['x/Y'] }, { classes: ['x/Y'], obsolete: true })).toEqual([]);
  });

  it.each([
    [['linux64'], ['win64'], 0],
    [['linux64', 'win64'], ['win64'], 1],
    [['linux64'], [], 1],
    [[], ['linux64'], 1],
  ])('matters for the platforms %j and %j: %d', (one, other, times) => {
    const classes = ['x/Y'];
    expect(two({ classes, platforms: one }, { classes, platforms: other })).toHaveLength(times);
  });

  it('matters in three jars if two of them are for one platform', () => {
    const [linux, windows] = [
      { classes: ['x/Y'], platforms: ['linux64'] },
      { classes: ['x/Y'], platforms: ['win64'] },
    ];
    expect(check({ 'jars/a.jar': linux, 'jars/b.jar': windows, 'jars/c.jar': windows })).toHaveLength(1);
  });
});

test('each file is also checked for its platform and its version', () => {
  const paths = ['lib/tool.dll', 'jars/tool-1.0.0-SNAPSHOT.jar', 'macros/a*.ijm'];
  const codes = (isRelease: boolean) =>
    check(Object.fromEntries(paths.map((path) => [path, {}])), { isRelease }).map(
      ({ code, path }) => `${code} ${path ?? ''}`,
    );
  expect(codes(false)).toEqual([
    'no-platform lib/tool.dll',
    'snapshot jars/tool-1.0.0-SNAPSHOT.jar',
    'windows-name macros/a*.ijm',
  ]);
  expect(codes(true)).toContain('snapshot-on-tag jars/tool-1.0.0-SNAPSHOT.jar');
});
