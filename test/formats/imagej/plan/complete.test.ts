import type { ImageJChange } from '../../../../src/formats/imagej/change.js';
import type { DependencyFindings } from '../../../../src/formats/imagej/dependencies/find.js';
import { completePlan, type CompletionInput } from '../../../../src/formats/imagej/plan/complete.js';
import type { FileConfig, SiteConfig } from '../../../../src/model/site-config.js';
import type { SitePath } from '../../../../src/model/site-path.js';
import { imagejIndex, imagejSite, type RecordSpec } from '../../../support/imagej-site.js';
import { planFiles } from '../../../support/scenario.js';

const NOW = 20260101000000;
type Files = Readonly<Record<string, RecordSpec>>;

interface Given {
  readonly site?: Files;
  readonly upstream?: Files;
  /** Paths of the published files. */
  readonly publish?: readonly string[];
  /** Checksum of these files. */
  readonly checksum?: string;
  readonly remove?: readonly string[];
  readonly findings?: Partial<DependencyFindings>;
  readonly mode?: CompletionInput['mode'];
  readonly files?: readonly FileConfig[];
  readonly onShadow?: 'force';
}

function complete({
  site = {},
  upstream = {},
  publish = [],
  checksum = 'b'.repeat(40),
  remove = [],
  findings = {},
  mode = 'auto',
  files,
  onShadow,
}: Given) {
  const index = imagejIndex(site);
  const sites = [imagejSite('Fiji', upstream)];
  const artifacts = publish.map((path) => ({
    artifact: { file: path, destination: path as SitePath, size: 5, modified: 0, executable: false },
    inspection: {
      checksum,
      size: 5,
      historicalChecksums: [],
      hasPluginsConfig: false,
      pom: undefined,
      ownPom: undefined,
    },
  }));
  const config: SiteConfig | undefined = files && {
    file: 'my.yml',
    name: undefined,
    url: undefined,
    description: undefined,
    files,
    problems: {},
  };
  const plan = planFiles({
    index,
    upstream: sites,
    artifacts,
    remove,
    now: NOW,
    ...(onShadow === undefined ? {} : { onShadow }),
  });
  return completePlan(plan, {
    index,
    upstream: sites,
    findings: {
      needs: new Map(),
      missing: [],
      open: new Map(),
      analyses: new Map(),
      notices: [],
      ...findings,
    },
    mode,
    config,
    java: undefined,
    isRelease: false,
  });
}

const needsIn = (change: ImageJChange | undefined) =>
  change?.edits?.dependencies?.map(({ filename, timestamp }) => [filename, timestamp]);
const dependencies = (more: Partial<Required<FileConfig>['dependencies']>) => ({
  add: [],
  remove: [],
  overrides: [],
  ...more,
});
const TOOL = 'plugins/Tool_.jar';

describe('the dependencies of a published file', () => {
  const site = {
    'jars/old.jar': { timestamp: 20250301000000 },
    'jars/lib-1.0.jar': { timestamp: 20250401000000 },
  };

  it('are the recorded ones and the detected ones, with the timestamps that users get', () => {
    const { changes, problems } = complete({
      site: { ...site, [TOOL]: { needs: ['jars/old.jar'] } },
      publish: [TOOL, 'jars/new-1.0.jar'],
      findings: { needs: new Map([[TOOL, ['jars/lib.jar', 'jars/new.jar']]]) },
    });
    expect(needsIn(changes[0])).toEqual([
      ['jars/old.jar', 20250301000000],
      ['jars/lib.jar', 20250401000000],
      ['jars/new.jar', NOW],
    ]);
    expect(changes[1]?.edits).toEqual({ dependencies: [] });
    expect(problems).toEqual([]);
  });

  it('keep the recorded timestamps if dependencies are not to be detected', () => {
    const { changes } = complete({
      site: { ...site, [TOOL]: { needs: ['jars/old.jar'] } },
      publish: [TOOL],
      mode: 'none',
    });
    expect(needsIn(changes[0])).toEqual([['jars/old.jar', 20240101000000]]);
  });

  it('start with those of the upstream file that it replaces', () => {
    const upstream = { [TOOL]: { needs: ['jars/old.jar'] }, 'jars/old.jar': { timestamp: 20250505000000 } };
    const { changes } = complete({ upstream, publish: [TOOL], onShadow: 'force' });
    expect(needsIn(changes[0])).toEqual([['jars/old.jar', 20250505000000]]);
  });

  it('cause a warning if users cannot get a recorded one any more', () => {
    const { problems } = complete({ site: { [TOOL]: { needs: ['jars/gone.jar'] } }, publish: [TOOL] });
    expect(problems.map(({ code, path }) => [code, path])).toEqual([['dropped-dependency', TOOL]]);
  });
});

describe('a missing jar', () => {
  const declared = {
    coordinates: { groupId: 'g', artifactId: 'lib', version: '1.0', classifier: '' },
    name: 'lib.jar',
    isOptional: false,
    jar: { artifactId: 'lib', version: '1.0', file: '/m2/lib-1.0.jar', size: 1, modified: 0 },
  };
  const findings = { missing: [{ declared, neededBy: [TOOL, 'plugins/Other_.jar'], className: 'g/A' }] };
  const publish = [TOOL, 'plugins/Other_.jar'];
  const without = (pattern: string) => ({
    pattern,
    dependencies: dependencies({ remove: ['jars/lib.jar'] }),
  });

  it('is an error', () => {
    const { problems } = complete({ publish, findings });
    expect(problems).toMatchObject([
      {
        code: 'missing-dependency',
        path: TOOL,
        message: expect.stringMatching(
          /^plugins\/Tool_\.jar, plugins\/Other_\.jar need lib-1\.0\.jar/,
        ) as string,
        hint: expect.stringContaining('"with-dependencies: true" (--with-dependencies)') as string,
      },
    ]);
  });

  it('is not an error for a file of which the configuration removes it', () => {
    const { problems } = complete({ publish, findings, files: [without(TOOL)] });
    expect(problems).toMatchObject([
      { path: 'plugins/Other_.jar', message: expect.stringMatching(/^plugins\/Other_\.jar needs/) as string },
    ]);
    expect(complete({ publish, findings, files: [without('plugins/*')] }).problems).toEqual([]);
  });
});

describe('a configured file', () => {
  const site = { 'jars/a-1.0.jar': {}, 'jars/b.jar': {}, 'macros/Old.ijm': { obsolete: true } };

  it('gets new metadata, even if it is not published', () => {
    const plan = complete({ site, files: [{ pattern: 'jars/a.jar', description: 'New' }] });
    expect(plan.changes).toEqual([
      {
        kind: 'metadata',
        path: 'jars/a-1.0.jar',
        reason: 'my.yml changes its metadata',
        component: 'jars/a.jar',
        placement: { executable: false, platforms: [] },
        metadata: { description: undefined, authors: [] },
        coordinate: undefined,
        inherits: [],
        edits: {
          pattern: 'jars/a.jar',
          description: 'New',
          dependencies: [],
        },
      },
    ]);
    expect(plan.unchanged).toBe(0);
  });

  it('is not counted as unchanged if it is also among the artifacts', () => {
    const files = [{ pattern: 'jars/*.jar', description: 'New' }];
    const plan = complete({ site, files, publish: ['jars/a-1.0.jar'], checksum: 'a'.repeat(40) });
    expect(plan.unchanged).toBe(0);
    expect(plan.changes.map(({ path }) => path)).toEqual(['jars/a-1.0.jar', 'jars/b.jar']);
    const without = complete({ site, publish: ['jars/a-1.0.jar'], checksum: 'a'.repeat(40) });
    expect(without.unchanged).toBe(1);
  });

  it('stays as it is if it already has the metadata, or if it is removed', () => {
    expect(complete({ site, files: [{ pattern: 'jars/a.jar', executable: false }] }).changes).toEqual([]);
    const removed = complete({
      site,
      remove: ['jars/a.jar'],
      files: [{ pattern: 'jars/a.jar', description: 'x' }],
    });
    expect(removed.changes.map(({ kind, edits }) => [kind, edits])).toEqual([['remove', undefined]]);
  });

  it('gets the metadata when it is published', () => {
    const { changes } = complete({ publish: [TOOL], files: [{ pattern: TOOL, authors: ['Ann'] }] });
    expect(changes).toMatchObject([{ kind: 'add', edits: { authors: ['Ann'], dependencies: [] } }]);
  });

  it('may get a dependency on a file of this publication or of an upstream site', () => {
    const files = [{ pattern: TOOL, dependencies: dependencies({ add: ['jars/up.jar', 'jars/new.jar'] }) }];
    const upstream = { 'jars/up-1.0.jar': { timestamp: 20250707000000 } };
    const { changes, problems } = complete({
      site: { [TOOL]: {} },
      upstream,
      publish: ['jars/new.jar'],
      files,
    });
    expect(problems).toEqual([]);
    expect(needsIn(changes.find(({ kind }) => kind === 'metadata'))).toEqual([
      ['jars/up.jar', 20250707000000],
      ['jars/new.jar', NOW],
    ]);
  });

  it('cannot get a dependency on an obsolete or unknown file', () => {
    const add = ['macros/Old.ijm', 'jars/past.jar', 'zzzzzz/unknown-thing.jar'];
    const files = [{ pattern: 'jars/b.jar', dependencies: dependencies({ add }) }];
    const { problems } = complete({ site, upstream: { 'jars/past.jar': { obsolete: true } }, files });
    expect(problems.map(({ code }) => code)).toEqual([
      'obsolete-dependency',
      'obsolete-dependency',
      'unknown-dependency',
    ]);
    expect(problems[0]?.message).toBe(
      'my.yml states that jars/b.jar depends on macros/Old.ijm, which is obsolete.',
    );
  });
});

test('hints name the configuration of the user', () => {
  const native = 'lib/libtool.so';
  const hintsOf = (files?: readonly FileConfig[]) =>
    complete({
      site: { 'jars/a.jar': {}, 'jars/b.jar': { needs: ['jars/a.jar'] } },
      publish: [native],
      remove: ['jars/a.jar'],
      ...(files && { files }),
    }).problems.map(({ code, hint }) => `${code} ${/in (\S+\.yml)\.$/.exec(hint ?? '')?.[1] ?? ''}`);
  const usual = '.github/update-site.yml';
  expect(hintsOf()).toEqual([`no-platform ${usual}`, `removed-dependency ${usual}`]);
  expect(hintsOf([])).toEqual(['no-platform my.yml', 'removed-dependency my.yml']);
});

describe('a pattern of the configuration', () => {
  const site = { 'plugins/Tool_-1.0.jar': {}, 'macros/Old.ijm': { obsolete: true } };
  const check = (pattern: string, more: Given = {}) =>
    complete({ site, files: [{ pattern }], ...more }).problems;

  it('is an error if it matches no file, with a guess', () => {
    expect(check('plugins/Tol_.jar')).toEqual([
      {
        severity: 'error',
        code: 'config-matches-nothing',
        path: 'plugins/Tol_.jar',
        message: 'my.yml configures "plugins/Tol_.jar", but the site does not have such a file.',
        hint: 'Did you mean "plugins/Tool_.jar"?',
      },
    ]);
    expect(check('licenses/*')).toMatchObject([
      { hint: 'Write the path on the site, without version, or a glob such as "plugins/*.jar".' },
    ]);
  });

  it('is a warning if it matches only obsolete files', () => {
    expect(check('macros/*')).toEqual([
      {
        severity: 'warning',
        code: 'config-matches-obsolete',
        path: 'macros/*',
        message: 'my.yml configures "macros/*", which is obsolete.',
        hint: 'Delete it there.',
      },
    ]);
  });

  it('may match a file of the site, with or without version, or of this publication', () => {
    for (const pattern of ['plugins/Tool_.jar', 'plugins/Tool_-2.0.jar', 'plugins/*'])
      expect(check(pattern)).toEqual([]);
    expect(check('macros/New.ijm', { publish: ['macros/New.ijm'] })).toEqual([]);
    expect(check('macros/New.ijm')).toMatchObject([{ code: 'config-matches-nothing' }]);
  });
});

test('the problems of the plan, its files and its dependencies are all reported', () => {
  const { problems } = complete({
    site: { 'jars/lib.jar': {}, [TOOL]: { needs: ['jars/lib.jar'] } },
    publish: ['lib/tool.dll'],
    remove: ['jars/lib.jar', 'jars/none.jar'],
  });
  expect(problems.map(({ code, path }) => [code, path])).toEqual([
    ['unknown-file', 'jars/none.jar'],
    ['no-platform', 'lib/tool.dll'],
    ['removed-dependency', 'jars/lib.jar'],
  ]);
});
