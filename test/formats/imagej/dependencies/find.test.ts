import type { ImageJPlan } from '../../../../src/formats/imagej/change.js';
import type { JarAnalysis } from '../../../../src/formats/imagej/dependencies/analyze-jar.js';
import { findDependencies } from '../../../../src/formats/imagej/dependencies/find.js';
import type { JarToRead } from '../../../../src/model/artifact.js';
import type { DependencyMode } from '../../../../src/model/dependency-mode.js';
import type { SitePath } from '../../../../src/model/site-path.js';
import { imagejChange, imagejIndex, type RecordSpec } from '../../../support/imagej-site.js';
import { makePom } from '../../../support/maven.js';

interface Jar extends Partial<JarAnalysis> {
  /** Whether the jar is an artifact that stays as it is. */
  readonly isUnchanged?: boolean;
  readonly dependencies?: readonly string[];
  /** Whether it cannot be read. */
  readonly isUnreadable?: boolean;
}

async function find(
  jars: Readonly<Record<string, Jar>>,
  mode: DependencyMode = 'auto',
  site: Readonly<Record<string, RecordSpec>> = {},
) {
  const entries = Object.entries(jars);
  const index = imagejIndex(site);
  const plan: ImageJPlan = {
    timestamp: 20260101000000,
    changes: entries.flatMap(([path, { isUnchanged }]) => (isUnchanged ? [] : imagejChange(path))),
    unchanged: 0,
    skipped: [],
    payloads: [],
    notices: [],
    problems: [],
    missing: new Set(),
    artifacts: entries.map(([path, { dependencies }]) => ({
      artifact: { file: `/build/${path}`, destination: undefined, size: 3, modified: 0, executable: false },
      inspection: {
        checksum: '',
        size: 3,
        historicalChecksums: [],
        hasPluginsConfig: false,
        pom: undefined,
        ownPom: dependencies && Buffer.from(makePom({ id: 'g:a:1.0', dependencies })),
      },
      path: path as SitePath,
      reason: undefined,
    })),
  };
  const read: JarToRead[] = [];
  const findings = await findDependencies(
    plan,
    { index, upstream: [], mode },
    {
      repository: {
        location: '/m2',
        readPom: () => undefined,
        findJar: () => undefined,
        jarsNamed: () => [],
      },
      analyze: (wanted) => {
        read.push(...wanted);
        const results = wanted.flatMap(({ file, withReferences }): [string, JarAnalysis][] => {
          const { isUnreadable, ...jar } = jars[file.slice('/build/'.length)] ?? {};
          const none = { classes: [], references: [], missingCommands: [], java: 0, faults: [] };
          const analysis = { ...none, ...jar };
          return isUnreadable ? [] : [[file, withReferences ? analysis : { ...analysis, references: [] }]];
        });
        return Promise.resolve(new Map(results));
      },
      checksums: () => Promise.resolve(new Map()),
    },
  );
  const { needs, open, analyses, missing, notices } = findings;
  return {
    needs: [...needs],
    open: [...open].map(([path, names]) => [path, [...names]]),
    analyzed: [...analyses.keys()],
    missing: missing.map(({ declared }) => declared.name),
    notices,
    read,
  };
}

const TOOL = { references: ['x/Lib', 'x/Deep', 'javax/swing/J'] };

describe('the dependencies among the jars of a run', () => {
  it('follow from the classes that they contain, sorted', async () => {
    const jars = {
      'plugins/Tool_-1.0.jar': TOOL,
      'jars/z-1.0.jar': { classes: ['x/Lib'] },
      'jars/a.jar': { classes: ['x/Deep'], isUnchanged: true },
    };
    expect(await find(jars)).toEqual({
      needs: [
        ['plugins/Tool_.jar', ['jars/a.jar', 'jars/z.jar']],
        ['jars/z.jar', []],
      ],
      open: [
        ['plugins/Tool_.jar', ['javax/swing/J']],
        ['jars/z.jar', []],
      ],
      analyzed: ['plugins/Tool_.jar', 'jars/z.jar', 'jars/a.jar'],
      missing: [],
      notices: [],
      read: [
        { file: '/build/plugins/Tool_-1.0.jar', size: 3, withReferences: true },
        { file: '/build/jars/z-1.0.jar', size: 3, withReferences: true },
        { file: '/build/jars/a.jar', size: 3, withReferences: false },
      ],
    });
  });

  it('do not include a jar that never counts, but its classes are found', async () => {
    const jars = { 'plugins/Tool_.jar': { references: ['x/A'] }, 'jars/javac.jar': { classes: ['x/A'] } };
    expect(await find(jars)).toMatchObject({
      needs: [
        ['plugins/Tool_.jar', []],
        ['jars/javac.jar', []],
      ],
      open: [
        ['plugins/Tool_.jar', []],
        ['jars/javac.jar', []],
      ],
    });
  });

  it('come only from jars that provide classes', async () => {
    const jars = {
      'plugins/Tool_.jar': { references: ['x/A', 'x/B'] },
      'lib/a.jar': { classes: ['x/A'] },
      'lib/b.jar': { classes: ['x/B'], isUnchanged: true },
      'macros/c.ijm': {},
    };
    const { needs, read, notices } = await find(jars);
    expect(needs).toEqual([
      ['plugins/Tool_.jar', []],
      ['lib/a.jar', []],
    ]);
    expect(read.map(({ file }) => file)).toEqual(['/build/plugins/Tool_.jar', '/build/lib/a.jar']);
    expect(notices).toEqual([
      'plugins/Tool_.jar uses classes that were not found in any jar, x.A and 1 more. No dependency was recorded for them.',
    ]);
  });

  it('are not searched if nothing is published, or no jar', async () => {
    const nothing = { needs: [], open: [], analyzed: [], missing: [], notices: [], read: [] };
    expect(await find({ 'plugins/Tool_.jar': { ...TOOL, isUnchanged: true } })).toEqual(nothing);
    expect(await find({ 'macros/a.ijm': {}, 'jars/a.jar': { isUnchanged: true } })).toEqual(nothing);
  });

  it('are unknown for a jar that cannot be read', async () => {
    expect(await find({ 'plugins/Tool_.jar': { ...TOOL, isUnreadable: true } })).toMatchObject({
      needs: [['plugins/Tool_.jar', []]],
      open: [['plugins/Tool_.jar', []]],
      analyzed: [],
    });
  });

  it('include those of commands whose class is in another jar', async () => {
    const jars = {
      'plugins/Tool_.jar': { missingCommands: ['x/Run', 'x/Gone'] },
      'jars/run.jar': { classes: ['x/Run'] },
    };
    expect(await find(jars)).toMatchObject({
      needs: [
        ['plugins/Tool_.jar', ['jars/run.jar']],
        ['jars/run.jar', []],
      ],
      open: [
        ['plugins/Tool_.jar', ['x/Gone']],
        ['jars/run.jar', []],
      ],
    });
  });
});

describe('the mode', () => {
  const jars = {
    'plugins/Tool_.jar': {
      references: ['x/Lib'],
      dependencies: ['org.served:served:1.0', 'org.gone:gone:1.0'],
    },
    'jars/lib.jar': { classes: ['x/Lib'] },
  };
  const site = { 'jars/served.jar': {} };

  it('auto uses classes, and the POM only for the rest', async () => {
    expect(await find(jars, 'auto', site)).toMatchObject({
      needs: [
        ['plugins/Tool_.jar', ['jars/lib.jar']],
        ['jars/lib.jar', []],
      ],
      missing: [],
    });
    const more = {
      ...jars,
      'plugins/Tool_.jar': { ...jars['plugins/Tool_.jar'], references: ['x/Lib', 'org/gone/G'] },
    };
    expect(await find(more, 'auto', site)).toMatchObject({
      needs: [
        ['plugins/Tool_.jar', ['jars/lib.jar', 'jars/served.jar']],
        ['jars/lib.jar', []],
      ],
      missing: ['gone.jar'],
    });
  });

  it('pom uses only the POM', async () => {
    expect(await find(jars, 'pom', site)).toMatchObject({
      needs: [
        ['plugins/Tool_.jar', ['jars/served.jar']],
        ['jars/lib.jar', []],
      ],
      missing: ['gone.jar'],
    });
  });

  it('none records nothing, but still finds the classes of commands', async () => {
    expect(await find(jars, 'none', site)).toMatchObject({ needs: [], missing: [], notices: [] });
    const commands = {
      'plugins/Tool_.jar': { missingCommands: ['x/Run'] },
      'jars/r.jar': { classes: ['x/Run'] },
    };
    expect((await find(commands, 'none')).open).toEqual([
      ['plugins/Tool_.jar', []],
      ['jars/r.jar', []],
    ]);
  });
});
