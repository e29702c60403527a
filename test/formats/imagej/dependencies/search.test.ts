import type { JarAnalysis } from '../../../../src/formats/imagej/dependencies/analyze-jar.js';
import { availabilityAfter } from '../../../../src/formats/imagej/dependencies/availability.js';
import { createDependencySearch } from '../../../../src/formats/imagej/dependencies/search.js';
import type { Task } from '../../../../src/formats/imagej/dependencies/task.js';
import type { MavenCoordinates, RepositoryJar } from '../../../../src/model/maven.js';
import { imagejIndex, imagejSite, type RecordSpec } from '../../../support/imagej-site.js';
import { makePom, type PomSpec } from '../../../support/maven.js';

const SERVED = 'a'.repeat(40);
const OTHER = 'f'.repeat(40);

/** A jar of the repository, by `group:artifact:version`. */
interface InRepository {
  readonly classes?: readonly string[];
  readonly references?: readonly string[];
  readonly dependencies?: readonly string[];
  readonly checksum?: string;
  /** Whether the repository has only the POM. */
  readonly lacksJar?: boolean;
}

interface Given {
  readonly repository?: Readonly<Record<string, InRepository>>;
  readonly site?: Readonly<Record<string, RecordSpec>>;
  readonly upstream?: Readonly<Record<string, RecordSpec>>;
}

function searchIn({ repository = {}, site = {}, upstream = {} }: Given) {
  const entries = Object.entries(repository);
  const fileOf = (id: string): RepositoryJar => {
    const [, artifactId = '', version = ''] = id.split(':');
    return { artifactId, version, file: `/m2/${artifactId}-${version}.jar`, size: 9, modified: 0 };
  };
  const known = ({ groupId, artifactId, version }: MavenCoordinates) => `${groupId}:${artifactId}:${version}`;
  const byFile = new Map(entries.map(([id, jar]) => [fileOf(id).file, jar]));
  const analyzed: string[] = [];
  const search = createDependencySearch(
    availabilityAfter(imagejIndex(site), [], [imagejSite('Fiji', upstream)]),
    {
      repository: {
        location: '/m2',
        readPom(coordinates) {
          const id = known(coordinates);
          const jar = repository[id];
          return jar && Buffer.from(makePom({ id, dependencies: jar.dependencies ?? [] }));
        },
        findJar(coordinates) {
          const jar = repository[known(coordinates)];
          return jar && jar.lacksJar !== true ? fileOf(known(coordinates)) : undefined;
        },
        jarsNamed: (ids) =>
          entries
            .filter(([, { lacksJar }]) => lacksJar !== true)
            .map(([id]) => fileOf(id))
            .filter(({ artifactId }) => ids.has(artifactId)),
      },
      analyze: (jars) => {
        const results = jars.map(({ file, size, withReferences }): [string, JarAnalysis] => {
          expect(size).toBe(9);
          analyzed.push(`${withReferences ? 'all of ' : ''}${file}`);
          const { classes = [], references = [] } = byFile.get(file) ?? {};
          return [
            file,
            {
              classes,
              references: withReferences ? references : [],
              missingCommands: [],
              java: 8,
              faults: [],
            },
          ];
        });
        return Promise.resolve(new Map(results));
      },
      checksums: (jars) =>
        Promise.resolve(new Map(jars.map(({ file }) => [file, byFile.get(file)?.checksum ?? SERVED]))),
    },
  );
  return { search, analyzed };
}

function taskOf(
  open: readonly string[],
  dependencies?: readonly string[],
  more: Partial<PomSpec> = {},
): Task {
  return {
    component: 'plugins/Tool_.jar',
    path: 'plugins/Tool_-1.0.jar',
    pom: dependencies && Buffer.from(makePom({ id: 'org.me:tool:1.0', dependencies, ...more })),
    needs: new Set(),
    open: new Set(open),
  };
}

async function byCode(given: Given, tasks: Task | readonly Task[], artifacts: readonly string[] = []) {
  const all = Array.isArray(tasks) ? (tasks as readonly Task[]) : [tasks as Task];
  const { search, analyzed } = searchIn(given);
  await search.byCode(all, artifacts);
  const missing = search
    .missing()
    .map(
      ({ declared, neededBy, className }) =>
        `${declared.name} for ${neededBy.join('+')}, ${className ?? 'no class'}`,
    );
  return {
    needs: all.flatMap((task) => [...task.needs]),
    open: all.flatMap((task) => [...task.open]),
    missing,
    notices: await search.notices(),
    analyzed,
  };
}

const LIB = { 'org.lib:lib:1.0': { classes: ['org/lib/A', 'org/lib/B'] } };

describe('a class in a jar that the POM declares', () => {
  it('causes a dependency on the file that a site serves', async () => {
    const task = taskOf(['org/lib/A', 'org/lib/B'], ['org.lib:lib:1.0']);
    expect(await byCode({ repository: LIB, upstream: { 'jars/lib-1.0.jar': {} } }, task)).toEqual({
      needs: ['jars/lib.jar'],
      open: [],
      missing: [],
      notices: [],
      analyzed: ['/m2/lib-1.0.jar'],
    });
  });

  it('causes a notice if the served file differs, which names the site', async () => {
    const repository = { 'org.lib:lib:1.0': { classes: ['org/lib/A'], checksum: OTHER } };
    const notice = (name: string, site: string) =>
      `The dependency on jars/lib.jar was found by its name only: /m2/lib-1.0.jar differs from the ${name} that ${site} serves.`;
    const notices = async (given: Given) =>
      (await byCode({ repository, ...given }, taskOf(['org/lib/A'], ['org.lib:lib:1.0']))).notices;
    expect(await notices({ upstream: { 'jars/lib-1.0.jar': {} } })).toEqual([notice('lib-1.0.jar', 'Fiji')]);
    expect(await notices({ site: { 'jars/lib-1.0.jar': {} } })).toEqual([notice('lib-1.0.jar', 'this site')]);
    // Another version always differs.
    expect(await notices({ site: { 'jars/lib-1.1.jar': {} } })).toEqual([notice('lib-1.1.jar', 'this site')]);
  });

  it('is missing if no site serves the jar, and so is what that jar needs', async () => {
    const repository = {
      'org.lib:lib:1.0': {
        classes: ['org/lib/A'],
        references: ['org/core/C', 'org/served/S'],
        dependencies: ['org.core:core:2.0', 'org.served:served:1.0', 'org.unused:unused:1.0'],
      },
      'org.core:core:2.0': { classes: ['org/core/C'] },
      'org.served:served:1.0': { classes: ['org/served/S'] },
      'org.unused:unused:1.0': { classes: ['org/unused/U'] },
    };
    const site = { 'jars/served-1.0.jar': {} };
    expect(await byCode({ repository, site }, taskOf(['org/lib/A'], ['org.lib:lib:1.0']))).toMatchObject({
      needs: [],
      open: [],
      missing: ['lib.jar for plugins/Tool_-1.0.jar, org/lib/A', 'core.jar for lib-1.0.jar, org/core/C'],
      notices: [],
    });
  });

  it('is missing for every file that needs it', async () => {
    const tasks = ['plugins/B_.jar', 'plugins/C_.jar'].map((path) => ({
      ...taskOf(['org/lib/A', 'org/lib/B'], ['org.lib:lib:1.0']),
      component: path,
      path,
    }));
    expect((await byCode({ repository: LIB }, tasks)).missing).toEqual([
      'lib.jar for plugins/B_.jar+plugins/C_.jar, org/lib/A',
    ]);
  });

  it('does not make an optional jar a reason to look for what that jar needs', async () => {
    const repository = {
      'org.lib:lib:1.0': {
        classes: ['org/lib/A'],
        references: ['org/core/C'],
        dependencies: ['org.core:core:2.0'],
      },
      'org.core:core:2.0': { classes: ['org/core/C'] },
    };
    const task = taskOf(['org/lib/A'], ['org.lib:lib:1.0:compile:optional']);
    expect((await byCode({ repository }, task)).missing).toEqual([
      'lib.jar for plugins/Tool_-1.0.jar, org/lib/A',
    ]);
  });

  it('is searched in circles only once', async () => {
    const repository = {
      'org.lib:lib:1.0': {
        classes: ['org/lib/A'],
        references: ['org/core/C'],
        dependencies: ['org.core:core:2.0'],
      },
      'org.core:core:2.0': {
        classes: ['org/core/C'],
        references: ['org/lib/A'],
        dependencies: ['org.lib:lib:1.0'],
      },
    };
    const { missing, analyzed } = await byCode({ repository }, taskOf(['org/lib/A'], ['org.lib:lib:1.0']));
    expect(missing).toEqual([
      'lib.jar for plugins/Tool_-1.0.jar+core-2.0.jar, org/lib/A',
      'core.jar for lib-1.0.jar, org/core/C',
    ]);
    expect(analyzed).toEqual([
      '/m2/lib-1.0.jar',
      '/m2/core-2.0.jar',
      'all of /m2/lib-1.0.jar',
      'all of /m2/core-2.0.jar',
    ]);
  });

  it('is served if one of several jars with it is', async () => {
    const repository = {
      'org.lib:lib:1.0': { classes: ['org/lib/A'] },
      'org.lib:lib-all:1.0': { classes: ['org/lib/A'] },
    };
    const task = taskOf(['org/lib/A'], ['org.lib:lib:1.0', 'org.lib:lib-all:1.0']);
    expect(await byCode({ repository, site: { 'jars/lib-all.jar': {} } }, task)).toMatchObject({
      needs: ['jars/lib-all.jar'],
      missing: [],
    });
  });
});

describe('a class that the POM does not lead to', () => {
  it('is found in a jar that corresponds to a served file', async () => {
    expect(
      await byCode({ repository: LIB, upstream: { 'jars/lib-1.0.jar': {} } }, taskOf(['org/lib/A'])),
    ).toEqual({
      needs: ['jars/lib.jar'],
      open: [],
      missing: [],
      notices: [],
      analyzed: ['/m2/lib-1.0.jar'],
    });
  });

  it('is not searched in jars that no site serves, or that are artifacts of the run', async () => {
    expect(await byCode({ repository: LIB }, taskOf(['org/lib/A']))).toMatchObject({
      needs: [],
      open: ['org/lib/A'],
      analyzed: [],
    });
    const site = { 'jars/lib-1.0.jar': {} };
    expect(await byCode({ repository: LIB, site }, taskOf(['org/lib/A']), ['lib.jar'])).toMatchObject({
      needs: [],
      analyzed: [],
    });
  });

  it('causes a notice if no jar has it', async () => {
    const end = 'No dependency was recorded for them.';
    expect((await byCode({}, taskOf(['org/x/A']))).notices).toEqual([
      `plugins/Tool_-1.0.jar uses classes that were not found in any jar, org.x.A. ${end}`,
    ]);
    expect((await byCode({}, taskOf(['javax/swing/Z', 'org/x/A', 'org/x/B', 'org/x/C']))).notices).toEqual([
      `plugins/Tool_-1.0.jar uses classes that were not found in any jar, org.x.A and 2 more. ${end}`,
    ]);
  });

  it('may be one of Java, for which nothing is searched', async () => {
    expect(
      await byCode(
        { repository: LIB, site: { 'jars/lib-1.0.jar': {} } },
        taskOf(['javax/swing/A', 'org/w3c/dom/N']),
      ),
    ).toEqual({
      needs: [],
      open: ['javax/swing/A', 'org/w3c/dom/N'],
      missing: [],
      notices: [],
      analyzed: [],
    });
    // A jar that also contains such a class counts if it is searched anyway.
    const repository = { 'org.lib:lib:1.0': { classes: ['javax/lib/A', 'org/lib/B'] } };
    const site = { 'jars/lib-1.0.jar': {} };
    expect(await byCode({ repository, site }, taskOf(['javax/lib/A', 'org/lib/B']))).toMatchObject({
      open: [],
    });
  });
});

describe('a declared jar that the repository lacks', () => {
  const open = ['org/lib/A', 'org/lib/B'];

  it('causes a dependency if a site serves it', async () => {
    const task = taskOf(open, ['org.other:other:1.0']);
    expect(await byCode({ site: { 'jars/other-1.0.jar': {} } }, task)).toMatchObject({
      needs: ['jars/other.jar'],
      missing: [],
      notices: [],
    });
  });

  it.each([
    ['org.lib:something:1.0', 'org/lib/A'],
    ['org.lib.more:something:1.0', 'org/lib/A'],
    ['unrelated:lib:1.0', 'org/lib/A'],
    ['unrelated:lib-b:1.0', 'org/lib/b/C'],
    ['unrelated:lib.b:1.0', 'org/lib/b/C'],
  ])('is missing if it probably has the class: %s', async (id, className) => {
    const task = taskOf([className, 'com/else/X'], [id]);
    const { missing, notices } = await byCode({}, task);
    const name = `${id.split(':')[1] ?? ''}.jar`;
    expect(missing).toEqual([`${name} for plugins/Tool_-1.0.jar, ${className}`]);
    expect(notices).toEqual([]);
  });

  it.each(['org.library:something:1.0', 'org:something:1.0', 'unrelated:li:1.0', 'lib:A:1.0'])(
    'is not missing if it probably does not have the class: %s',
    async (id) => {
      const { missing, notices } = await byCode({}, taskOf(open, [id]));
      expect(missing).toEqual([]);
      expect(notices).toHaveLength(1);
    },
  );

  it('is not missing if it is optional', async () => {
    expect((await byCode({}, taskOf(open, ['org.lib:lib:1.0:provided']))).missing).toEqual([]);
    expect((await byCode({}, taskOf(open, ['org.lib:lib:1.0:compile:optional']))).missing).toEqual([]);
  });

  it('does not matter if all classes were found', async () => {
    const task = taskOf(['javax/swing/A'], ['org.lib:lib:1.0']);
    expect(await byCode({ site: { 'jars/lib-1.0.jar': {} } }, task)).toMatchObject({
      needs: [],
      missing: [],
    });
  });

  it('does not matter if it was searched', async () => {
    const task = taskOf(['org/lib/Z'], ['org.lib:lib:1.0']);
    expect(await byCode({ repository: LIB }, task)).toMatchObject({
      needs: [],
      missing: [],
      open: ['org/lib/Z'],
    });
    const artifact = taskOf(['org/lib/Z'], ['org.lib:lib:1.0']);
    expect((await byCode({}, artifact, ['lib.jar'])).missing).toEqual([]);
  });
});

describe('the search by POM', () => {
  it('adds what the POM declares, without reading code', async () => {
    const given = {
      repository: { ...LIB, 'org.deep:deep:1.0': {} },
      site: { 'jars/lib-1.0.jar': {}, 'jars/given.jar': {} },
    };
    const { search, analyzed } = searchIn(given);
    const task = taskOf(
      ['org/x/Y'],
      [
        'org.lib:lib:1.0',
        'org.gone:gone:1.0',
        'org.given:given:1.0:provided',
        'org.maybe:maybe:1.0:compile:optional',
        'junit:junit:4.0:test',
        '<groupId>g</groupId><artifactId>docs</artifactId><version>1.0</version><type>zip</type>',
      ],
    );
    search.byPom(task);
    expect([...task.needs]).toEqual(['jars/lib.jar', 'jars/given.jar']);
    expect(search.missing().map(({ declared, className }) => [declared.name, className])).toEqual([
      ['gone.jar', undefined],
    ]);
    expect(analyzed).toEqual([]);
    expect(await search.notices()).toEqual([]);
  });

  it('finds nothing without a POM', () => {
    const { search } = searchIn({});
    const task = taskOf([]);
    search.byPom(task);
    search.byPom({ ...task, pom: { fault: 'it is too large' } });
    search.byPom({ ...task, pom: Buffer.from('<project') });
    expect([...task.needs, ...search.missing()]).toEqual([]);
  });

  it('never finds that a file needs itself, or a file that is never needed', () => {
    const { search } = searchIn({ site: { 'plugins/Tool_.jar': {} } });
    const task = taskOf([], ['org.me:Tool_:1.0', 'x:javac:1.0']);
    search.byPom(task);
    expect([...task.needs, ...search.missing()]).toEqual([]);
  });
});
