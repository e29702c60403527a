import type { Availability } from '../../../../src/formats/imagej/dependencies/availability.js';
import { correspondingJars } from '../../../../src/formats/imagej/dependencies/repository-jars.js';
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
