import type { Availability } from '../../../../src/formats/imagej/dependencies/availability.js';
import {
  correspondingJars,
  createDeclaredJars,
  readMavenPom,
  unversionedJarName,
} from '../../../../src/formats/imagej/dependencies/repository-jars.js';
import { makePom } from '../../../support/maven.js';
import type { MavenRepository, RepositoryJar } from '../../../../src/model/maven.js';

/** Returns the version in the repository that is analyzed in place of `served`. */
function pick(served: string, versions: readonly string[]): string | undefined {
  const jars = versions.map((version): RepositoryJar => ({
    artifactId: 'lib',
    version,
    file: `/m2/lib/${version}/lib-${version}.jar`,
    size: 1,
    modified: 0,
  }));
  const repository: MavenRepository = {
    location: '/m2',
    readPom: () => undefined,
    findJar: () => undefined,
    jarsNamed: () => jars,
  };
  const available: Availability = {
    find: () => undefined,
    findJar: () => ({
      component: 'jars/lib.jar',
      path: `jars/lib-${served}.jar`,
      timestamp: undefined,
      checksum: '',
      site: undefined,
    }),
    jarNames: new Set(['lib.jar']),
  };
  return correspondingJars(repository, available, new Set())[0]?.version;
}

describe('the jar of the Maven repository that corresponds to a served file', () => {
  it.each([
    [['1.0-rc1', '1.0'], '1.0'],
    [['1.0', '1.0-rc1'], '1.0'],
    [['1.0-sp', '1.0'], '1.0-sp'],
    [['1.9', '1.10', '1.2'], '1.10'],
    [['2.0-SNAPSHOT', '2.0-beta-3', '2.0-alpha-10'], '2.0-SNAPSHOT'],
  ])('is the newest of %j in the order of Maven, if the same version is missing', (versions, newest) => {
    expect(pick('3.0', versions)).toBe(newest);
  });

  it('is the same version, if the repository has it', () => {
    expect(pick('1.0-rc1', ['1.0', '1.0-rc1', '2.0'])).toBe('1.0-rc1');
  });
});

describe('the jars of the Maven repository that correspond to served files', () => {
  const jarOf = (
    artifactId: string,
    version: string,
    file = `/m2/${artifactId}-${version}.jar`,
  ): RepositoryJar => ({
    artifactId,
    version,
    file,
    size: 1,
    modified: 0,
  });
  const find = (jars: readonly RepositoryJar[], names: readonly string[], except: readonly string[] = []) => {
    const asked: string[] = [];
    const repository: MavenRepository = {
      location: '/m2',
      readPom: () => undefined,
      findJar: () => undefined,
      jarsNamed: (ids) => {
        asked.push(...ids);
        return jars;
      },
    };
    const available = { find: () => undefined, findJar: () => undefined, jarNames: new Set(names) };
    const found = correspondingJars(repository, available, new Set(except));
    return { asked, found: found.map(({ file }) => file) };
  };

  it('are searched by the names of their artifacts, except known ones', () => {
    expect(find([], ['a.jar', 'b.jar', 'c.jar'], ['b.jar'])).toEqual({ asked: ['a', 'c'], found: [] });
  });

  it('are sorted, one for each name', () => {
    const jars = [jarOf('b', '1.0'), jarOf('a', '1.0'), jarOf('b', '2.0')];
    expect(find(jars, ['a.jar', 'b.jar']).found).toEqual(['/m2/a-1.0.jar', '/m2/b-2.0.jar']);
  });

  it('do not include jars with a classifier', () => {
    const jars = [jarOf('a', '1.0', '/m2/a-1.0-sources.jar'), jarOf('b', '1.0', 'C:\\m2\\b-1.0.jar')];
    expect(find(jars, ['a.jar', 'b.jar']).found).toEqual(['C:\\m2\\b-1.0.jar']);
  });
});

describe('the jars that a POM declares', () => {
  const POMS: Readonly<Record<string, readonly string[]>> = { 'lib:1.0': ['g:deep:1.0'], 'deep:1.0': [] };
  const repository: MavenRepository = {
    location: '/m2',
    readPom: ({ groupId, artifactId, version }) => {
      const dependencies = POMS[`${artifactId}:${version}`];
      return (
        dependencies && Buffer.from(makePom({ id: `${groupId}:${artifactId}:${version}`, dependencies }))
      );
    },
    findJar: ({ artifactId, version }) =>
      artifactId === 'lib' ? { artifactId, version, file: '/m2/lib.jar', size: 1, modified: 0 } : undefined,
    jarsNamed: () => [],
  };
  const other = (artifact: string, type: string, more = '') =>
    `<groupId>g</groupId><artifactId>${artifact}</artifactId><version>1.0</version><type>${type}</type>${more}`;
  const pomOf = (...dependencies: string[]) => Buffer.from(makePom({ id: 'g:tool:1.0', dependencies }));

  it('are described', () => {
    expect(createDeclaredJars(repository).direct(pomOf('g:lib:1.0'))).toEqual([
      {
        coordinates: { groupId: 'g', artifactId: 'lib', version: '1.0', classifier: '' },
        name: 'lib.jar',
        isOptional: false,
        jar: { artifactId: 'lib', version: '1.0', file: '/m2/lib.jar', size: 1, modified: 0 },
      },
    ]);
  });

  it('are those of the POM itself, or also those that they need', () => {
    const jars = createDeclaredJars(repository);
    const pom = pomOf('g:lib:1.0');
    expect(jars.direct(pom).map(({ name }) => name)).toEqual(['lib.jar']);
    expect(jars.needed(pom).map(({ name }) => name)).toEqual(['lib.jar', 'deep.jar']);
    // The result for the same bytes is kept.
    expect(jars.needed(pom)).toBe(jars.needed(pom));
  });

  it('have a type that Maven packs as a jar, and a scope other than that of tests', () => {
    const types = ['jar', 'bundle', 'ejb', 'eclipse-plugin', 'zip', 'pom', 'war'];
    const pom = pomOf(
      ...types.map((type) => other(`a-${type}`, type)),
      'g:scoped:1.0:test',
      'g:run:1.0:runtime',
    );
    const names = ['a-jar.jar', 'a-bundle.jar', 'a-ejb.jar', 'a-eclipse-plugin.jar', 'run.jar'];
    const jars = createDeclaredJars(repository);
    for (const found of [jars.direct(pom), jars.needed(pom)])
      expect(found.map(({ name }) => name)).toEqual(names);
  });

  it('are optional if the POM states it, or if the environment provides them', () => {
    const pom = pomOf('g:a:1.0', 'g:b:1.0:provided', 'g:c:1.0:compile:optional');
    expect(
      createDeclaredJars(repository)
        .direct(pom)
        .map(({ isOptional }) => isOptional),
    ).toEqual([false, true, true]);
  });

  it('are none without a POM that can be read', () => {
    const jars = createDeclaredJars(repository);
    for (const pom of [undefined, { fault: 'it is too large' }, Buffer.from('<project')]) {
      expect(jars.direct(pom)).toEqual([]);
      expect(jars.needed(pom)).toEqual([]);
      expect(readMavenPom(pom)).toBeUndefined();
    }
    expect(readMavenPom(pomOf())).toMatchObject({ artifactId: 'tool' });
  });

  it('are named without their version, but with their classifier', () => {
    const coordinates = { groupId: 'g', artifactId: 'lib', version: '', classifier: '' };
    expect(unversionedJarName(coordinates)).toBe('lib.jar');
    expect(unversionedJarName({ ...coordinates, version: '${v}' })).toBe('lib.jar');
    expect(unversionedJarName({ ...coordinates, classifier: 'natives-linux-amd64' })).toBe(
      'lib-natives-linux-amd64.jar',
    );
  });
});
