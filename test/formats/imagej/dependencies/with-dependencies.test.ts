import { resolveMissingJars } from '../../../../src/formats/imagej/dependencies/with-dependencies.js';
import type { Artifact } from '../../../../src/model/artifact.js';
import type { MavenCoordinates } from '../../../../src/model/maven.js';
import type { SitePath } from '../../../../src/model/site-path.js';
import { imagejIndex, imagejSite, type RecordSpec } from '../../../support/imagej-site.js';
import { makePom } from '../../../support/maven.js';

interface Given {
  /** Dependencies by local file; `undefined` for a jar without a POM. */
  readonly artifacts?: Readonly<Record<string, readonly string[] | undefined>>;
  readonly destination?: string;
  /** Whether the user named the artifacts. */
  readonly isNamed?: boolean;
  /** Dependencies by `group:artifact:version`. */
  readonly repository?: Readonly<Record<string, readonly string[]>>;
  /** Artifacts of which the repository has only the POM. */
  readonly withoutJar?: readonly string[];
  readonly site?: Readonly<Record<string, RecordSpec>>;
  readonly upstream?: Readonly<Record<string, RecordSpec>>;
}

function resolve({
  artifacts = {},
  destination,
  isNamed = true,
  repository = {},
  withoutJar = [],
  site = {},
  upstream = {},
}: Given) {
  const idOf = ({ groupId, artifactId, version }: MavenCoordinates) => `${groupId}:${artifactId}:${version}`;
  const inspected = Object.entries(artifacts).map(([file, dependencies]) => ({
    artifact: {
      file,
      destination: destination as SitePath | undefined,
      size: 1,
      modified: 0,
      executable: false,
    },
    inspection: {
      checksum: '',
      size: 1,
      historicalChecksums: [],
      hasPluginsConfig: false,
      pom: undefined,
      ownPom: dependencies && Buffer.from(makePom({ id: 'org.me:tool:1.0', dependencies })),
    },
  }));
  return resolveMissingJars({
    artifacts: inspected,
    named: new Set<Artifact>(isNamed ? inspected.map(({ artifact }) => artifact) : []),
    index: imagejIndex(site),
    upstream: [imagejSite('Fiji', upstream)],
    repository: {
      location: '/m2',
      readPom(coordinates) {
        const dependencies = repository[idOf(coordinates)];
        return dependencies && Buffer.from(makePom({ id: idOf(coordinates), dependencies }));
      },
      findJar(coordinates) {
        const id = idOf(coordinates);
        const { artifactId, version } = coordinates;
        return repository[id] === undefined || withoutJar.includes(id)
          ? undefined
          : { artifactId, version, file: `/m2/${artifactId}-${version}.jar`, size: 9, modified: 8 };
      },
      jarsNamed: () => [],
    },
  });
}

const TOOL = 'target/Tool_-1.0.jar';
const jar = (name: string, destination: string, neededBy = 'Tool_.jar') => ({
  file: `/m2/${name}`,
  destination,
  size: 9,
  modified: 8,
  executable: false,
  reason: `${neededBy} needs it`,
});
const HINT =
  'Run the build on this machine first, or set its repository with "maven-repository" (--maven-repository).';

describe('the jars that published ones need', () => {
  const repository = {
    'g:lib:1.0': ['g:deep:2.0'],
    'g:deep:2.0': [],
    'g:served:1.0': ['g:beyond:1.0'],
    'g:beyond:1.0': [],
  };

  it('are published in jars/, transitively, each once', () => {
    const artifacts = { [TOOL]: ['g:lib:1.0'], 'target/Other_.jar': ['g:lib:1.0', 'g:served:1.0'] };
    expect(resolve({ artifacts, repository })).toEqual({
      artifacts: [
        jar('lib-1.0.jar', 'jars/lib-1.0.jar'),
        jar('deep-2.0.jar', 'jars/deep-2.0.jar'),
        jar('served-1.0.jar', 'jars/served-1.0.jar', 'Other_.jar'),
        jar('beyond-1.0.jar', 'jars/beyond-1.0.jar', 'Other_.jar'),
      ],
      leftOut: [],
      problems: [],
    });
  });

  it('are published where the site has them', () => {
    const site = { 'plugins/lib-0.9.jar': {}, 'lib/deep-1.0.jar': { obsolete: true } };
    expect(
      resolve({ artifacts: { [TOOL]: ['g:lib:1.0'] }, repository, site }).artifacts.map(
        (one) => one.destination,
      ),
    ).toEqual(['plugins/lib-1.0.jar', 'lib/deep-2.0.jar']);
  });

  it('do not include those that an upstream site serves, or what these need', () => {
    const upstream = { 'jars/served-3.0.jar': {}, 'jars/old-1.0.jar': { obsolete: true } };
    expect(resolve({ artifacts: { [TOOL]: ['g:served:1.0'] }, repository, upstream })).toEqual({
      artifacts: [],
      leftOut: [{ file: 'served-1.0.jar', destination: undefined }],
      problems: [],
    });
  });

  it('do not include published ones, or those that are needed only for tests or provided', () => {
    const artifacts = {
      [TOOL]: ['g:lib:1.0', 'g:served:1.0:test', 'g:beyond:1.0:provided'],
      'target/lib-1.1.jar': [],
      'C:\\target\\deep-2.0.jar': [],
    };
    expect(resolve({ artifacts, repository })).toEqual({ artifacts: [], leftOut: [], problems: [] });
    const renamed = resolve({
      artifacts: { [TOOL]: ['g:lib:1.0'] },
      destination: 'jars/lib-1.0.jar',
      repository,
    });
    expect(renamed.artifacts.map(({ file }) => file)).toEqual(['/m2/deep-2.0.jar']);
  });

  it('include those that are needed at run time', () => {
    expect(resolve({ artifacts: { [TOOL]: ['g:deep:2.0:runtime'] }, repository }).artifacts).toHaveLength(1);
  });

  it('do not include other types', () => {
    const type = (name: string) =>
      `<groupId>g</groupId><artifactId>deep</artifactId><version>2.0</version><type>${name}</type>`;
    expect(resolve({ artifacts: { [TOOL]: [type('zip')] }, repository })).toEqual({
      artifacts: [],
      leftOut: [],
      problems: [],
    });
    expect(resolve({ artifacts: { [TOOL]: [type('jar')] }, repository }).artifacts).toHaveLength(1);
  });

  it('are not searched for a file that is not a jar, or that an upstream site serves', () => {
    const needs = ['g:lib:1.0'];
    expect(resolve({ artifacts: { 'a/x.txt': needs }, repository }).artifacts).toEqual([]);
    expect(
      resolve({ artifacts: { [TOOL]: needs }, repository, upstream: { 'plugins/Tool_-0.9.jar': {} } }),
    ).toEqual({ artifacts: [], leftOut: [], problems: [] });
  });
});

describe('a jar whose needs cannot be found', () => {
  it('causes a warning if it has no POM, and the user named it', () => {
    expect(resolve({ artifacts: { [TOOL]: undefined } })).toEqual({
      artifacts: [],
      leftOut: [],
      problems: [
        {
          severity: 'warning',
          code: 'no-pom',
          path: TOOL,
          message: `${TOOL} does not contain a readable POM, so its dependencies are unknown.`,
          hint: 'List the jars that it needs in "files" (--files). Maven adds the POM to a jar unless addMavenDescriptor is off.',
        },
      ],
    });
    expect(resolve({ artifacts: { [TOOL]: undefined }, isNamed: false }).problems).toEqual([]);
  });

  it('is an error if the repository lacks a jar', () => {
    expect(
      resolve({
        artifacts: { [TOOL]: ['g:lib:1.0'] },
        repository: { 'g:lib:1.0': [] },
        withoutJar: ['g:lib:1.0'],
      }),
    ).toEqual({
      artifacts: [],
      leftOut: [],
      problems: [
        {
          severity: 'error',
          code: 'unresolved-dependency',
          path: TOOL,
          message: `${TOOL} needs g:lib:1.0, and the Maven repository /m2 lacks it.`,
          hint: HINT,
        },
      ],
    });
  });

  it.each([
    [1, 'lacks the POM of g:a0:1.0.'],
    [2, 'lacks the POMs of g:a0:1.0, g:a1:1.0.'],
    [5, 'lacks the POMs of g:a0:1.0, g:a1:1.0, g:a2:1.0, g:a3:1.0, g:a4:1.0.'],
    [7, 'lacks the POMs of g:a0:1.0, g:a1:1.0, g:a2:1.0, g:a3:1.0, g:a4:1.0 and 2 more.'],
  ])('is an error if the repository lacks %d POMs', (count, end) => {
    const needs = Array.from({ length: count }, (_, at) => `g:a${at}:1.0`);
    expect(resolve({ artifacts: { [TOOL]: needs } }).problems[0]).toEqual({
      severity: 'error',
      code: 'unresolved-dependency',
      path: TOOL,
      message: `The dependencies of ${TOOL} cannot be resolved: the Maven repository /m2 ${end}`,
      hint: HINT,
    });
  });
});
