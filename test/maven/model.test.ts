import { createPomReader, modelOf, type MavenModel } from '../../src/maven/model.js';
import { MAX_VALUE_LENGTH, parseMavenPom } from '../../src/maven/pom.js';
import { resolveDependencies } from '../../src/maven/resolve.js';
import { describeCoordinates, type MavenRepository } from '../../src/model/maven.js';
import { makePom, type PomSpec } from '../support/maven.js';

const IMPORT = '<type>pom</type><scope>import</scope>';

function coordinates(id: string): string {
  const [group = '', artifact = '', version = ''] = id.split(':');
  return `<groupId>${group}</groupId><artifactId>${artifact}</artifactId><version>${version}</version>`;
}

/** A repository of POMs, with the names of those that were read. */
function repositoryOf(poms: Readonly<Record<string, string>>) {
  const read: string[] = [];
  const repository: MavenRepository = {
    location: '/m2',
    readPom: (asked) => {
      const name = describeCoordinates(asked);
      read.push(name);
      return poms[name] === undefined ? undefined : Buffer.from(poms[name]);
    },
    findJar: () => undefined,
    jarsNamed: () => [],
  };
  return { repository, read };
}

/** The model of a POM, with those of a repository. */
function model(root: string, others: readonly PomSpec[] = []): MavenModel {
  const { repository } = repositoryOf(Object.fromEntries(others.map((spec) => [spec.id, makePom(spec)])));
  return modelOf(parseMavenPom(Buffer.from(root)), createPomReader(repository));
}

function dependenciesOf(root: string, others: readonly PomSpec[] = []): readonly string[] {
  return model(root, others).dependencies.map((one) => `${describeCoordinates(one)} ${one.scope}`);
}

/** The version that a dependency on `${…}` gets in a POM. */
function versionOf(text: string, pom: Partial<PomSpec> = {}): string | undefined {
  return model(makePom({ id: 'g:root:1', dependencies: [`g:a:${text}`], ...pom })).dependencies[0]?.version;
}

describe('a property in a POM', () => {
  it.each([
    ['${v}', { properties: { v: '2' } }, '2'],
    ['x${v}y${v}', { properties: { v: '2' } }, 'x2y2'],
    ['${a}', { properties: { a: '${b}', b: '${c}', c: '3' } }, '3'],
    ['${unknown}', {}, '${unknown}'],
    ['${}', {}, '${}'],
    ['${v', { properties: { v: '2' } }, '${v'],
    ['v', { properties: { v: '2' } }, 'v'],
    ['${project.version}', { id: 'g:root:7' }, '7'],
    ['${pom.version}', { id: 'g:root:7' }, '7'],
    ['${version}', { id: 'g:root:7' }, '7'],
    ['${version}', { id: 'g:root:7', properties: { version: '8' } }, '8'],
    ['${project.version}', { id: 'g:root:7', properties: { 'project.version': '8' } }, '7'],
    ['${project.groupId}-${pom.groupId}', {}, 'g-g'],
    ['${project.artifactId}', {}, 'root'],
    ['${project.parent.version}', { parent: 'p:parent:5' }, '5'],
    ['${project.parent.groupId}', { parent: 'p:parent:5' }, 'p'],
    ['${project.parent.version}', { parent: 'p:parent:' }, ''],
    ['[1.2]', {}, '1.2'],
    ['[ 1.2 ]', {}, '1.2'],
    ['[1.2,2)', {}, '[1.2,2)'],
    ['[1.2],[1.4]', {}, '[1.2],[1.4]'],
    ['x[1.2]', {}, 'x[1.2]'],
    ['[1.2]x', {}, '[1.2]x'],
    ['${v}', { properties: { v: ' 2 ' } }, '2'],
  ] as const)('in %s of %j is %s', (text, pom, expected) => {
    expect(versionOf(text, pom)).toBe(expected);
  });

  it('has the group and the version of the parent if the POM states none', () => {
    const root = `<project><parent>${coordinates('p:parent:5')}</parent><artifactId>a</artifactId>
      <dependencies><dependency>${coordinates('${project.groupId}:a:${project.version}')}</dependency></dependencies>
      </project>`;
    expect(dependenciesOf(root)).toEqual(['p:a:5 compile']);
  });

  it('is empty if neither the POM nor a parent states it', () => {
    const root = `<project><dependencies><dependency>${coordinates('g:a:x${project.groupId}${project.artifactId}${project.version}')}
      </dependency></dependencies></project>`;
    expect(dependenciesOf(root)).toEqual(['g:a:x compile']);
  });

  it('is replaced up to the maximum length of a value', () => {
    const longest = 'x'.repeat(MAX_VALUE_LENGTH);
    expect(versionOf('${v}', { properties: { v: longest } })).toBe(longest);
    expect(versionOf('${v}', { properties: { v: `${longest}x` } })).toBe('${v}');
    expect(versionOf('${v}x', { properties: { v: longest } })).toBe('${v}x');
    expect(versionOf(longest)).toBe(longest);
    expect(versionOf(`${longest}x`)).toBe(`${'x'.repeat(80)}…`);
  });

  it('may be declared as an entity, which is not replaced', () => {
    const root = `<!DOCTYPE project [<!ENTITY e "2">]><project><dependencies><dependency>${coordinates('g:a:1')}
      </dependency></dependencies></project>`;
    expect(dependenciesOf(root)).toEqual(['g:a:1 compile']);
  });
});

describe('a managed dependency', () => {
  const imports = (id: string, more = IMPORT) => `${coordinates(id)}${more}`;

  it('gives version, scope and exclusions to a dependency that states none', () => {
    const exclusions = (name: string) =>
      `<exclusions><exclusion><groupId>g</groupId><artifactId>${name}</artifactId></exclusion></exclusions>`;
    const { dependencies } = model(
      makePom({
        id: 'g:root:1',
        dependencies: [
          `<groupId>g</groupId><artifactId>a</artifactId>${exclusions('x')}`,
          'g:b:2:compile',
          'g:c',
        ],
        managed: [
          `${coordinates('g:a:1')}<scope>runtime</scope>${exclusions('y')}`,
          'g:b:1:runtime',
          'g:c:3',
        ],
      }),
    );
    expect(dependencies).toMatchObject([
      { version: '1', scope: 'runtime', exclusions: [{ artifactId: 'x' }, { artifactId: 'y' }] },
      { version: '2', scope: 'compile', exclusions: [] },
      { version: '3', scope: 'compile' },
    ]);
  });

  it('is another one with another type or classifier', () => {
    const [one] = model(
      makePom({
        id: 'g:root:1',
        dependencies: [`${coordinates('g:a:')}<type>zip</type>`],
        managed: ['g:a:1', `${coordinates('g:a:2')}<classifier>tests</classifier>`],
      }),
    ).dependencies;
    expect(one).toMatchObject({ version: '', type: 'zip' });
  });

  it('is imported from a list only by scope and type', () => {
    const { managed, missing } = model(
      makePom({
        id: 'g:root:1',
        managed: [
          imports('g:bom:1'),
          imports('g:other:1', '<scope>import</scope>'),
          imports('g:third:1', '<type>pom</type>'),
        ],
      }),
      [
        { id: 'g:bom:1', managed: ['g:a:1'] },
        { id: 'g:other:1', managed: ['g:b:1'] },
        { id: 'g:third:1', managed: ['g:c:1'] },
      ],
    );
    expect([...managed.keys()]).toEqual(['g:third:pom:', 'g:a:jar:']);
    expect(missing).toEqual([]);
  });

  it('wins over one of a list, and the first list over the next', () => {
    const { managed } = model(
      makePom({ id: 'g:root:1', managed: [imports('g:bom:1'), imports('g:bom:2'), 'g:a:1'] }),
      [
        { id: 'g:bom:1', managed: ['g:a:2', 'g:b:2'] },
        { id: 'g:bom:2', managed: ['g:b:3', 'g:c:3'] },
      ],
    );
    expect([...managed.values()].map(describeCoordinates)).toEqual(['g:a:1', 'g:b:2', 'g:c:3']);
  });

  it('reports lists and parents that are missing, also those of a list', () => {
    const { missing } = model(
      makePom({ id: 'g:root:1', parent: 'g:parent:1', managed: [imports('g:bom:1'), imports('g:gone:1')] }),
      [{ id: 'g:bom:1', parent: 'g:lost:1', managed: [imports('g:away:1')] }],
    );
    expect(missing).toEqual(['g:parent:1', 'g:lost:1', 'g:away:1', 'g:gone:1']);
  });
});

const A = { groupId: 'g', artifactId: 'a', version: '1', classifier: '' };

describe('a POM', () => {
  it('has at most 32 parents', () => {
    const parents = Array.from({ length: 40 }, (_, at) => ({
      id: `g:p:${at}`,
      parent: `g:p:${at + 1}`,
      dependencies: [`g:d${at}:1`],
    }));
    const { dependencies, missing } = model(makePom({ id: 'g:root:1', parent: 'g:p:0' }), parents);
    expect(dependencies.map(({ artifactId }) => artifactId)).toEqual(
      Array.from({ length: 32 }, (_, at) => `d${at}`),
    );
    expect(missing).toEqual([]);
  });

  it('that is its own ancestor is missing there', () => {
    const { missing } = model(makePom({ id: 'g:root:1', parent: 'g:p:1' }), [
      { id: 'g:p:1', parent: 'g:p:1' },
    ]);
    expect(missing).toEqual(['g:p:1']);
  });

  it('is read once from the repository', () => {
    const { repository, read } = repositoryOf({ 'g:a:1': makePom({ id: 'g:a:1' }) });
    const reader = createPomReader(repository);
    const [a, b] = ['a', 'b'].map((artifactId) => ({ ...A, artifactId, classifier: 'x' })) as [
      typeof A,
      typeof A,
    ];
    for (const id of [a, b, a, b]) reader.model(id);
    expect(read).toEqual(['g:a:1:x', 'g:b:1:x']);
  });

  it('that is not well-formed counts as missing', () => {
    const { repository } = repositoryOf({ 'g:a:1': '<project>' });
    expect(createPomReader(repository).model(A)).toBeUndefined();
  });

  it('fails the run if the repository does', () => {
    const { repository } = repositoryOf({});
    const failing = {
      ...repository,
      readPom: () => {
        throw new Error('the disk is broken');
      },
    };
    expect(() => createPomReader(failing).pom(A)).toThrow('the disk is broken');
  });
});

test('what is served elsewhere is listed, but its own dependencies are not followed', () => {
  const { repository } = repositoryOf({
    'g:a:1': makePom({ id: 'g:a:1', dependencies: ['g:b:1'] }),
    'g:b:1': makePom({ id: 'g:b:1', dependencies: ['g:c:1'] }),
  });
  const root = parseMavenPom(Buffer.from(makePom({ id: 'g:root:1', dependencies: ['g:a:1'] })));
  const { dependencies, missing } = resolveDependencies(
    root,
    createPomReader(repository),
    new Set(['compile']),
    ({ artifactId }) => artifactId === 'b',
  );
  expect(dependencies.map(describeCoordinates)).toEqual(['g:a:1', 'g:b:1']);
  expect(missing).toEqual([]);
});
