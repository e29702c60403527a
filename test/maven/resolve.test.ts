import path from 'node:path';
import { createMavenRepository } from '../../src/io/files/maven-repository.js';
import { createPomReader } from '../../src/maven/model.js';
import { parseMavenPom } from '../../src/maven/pom.js';
import { resolveDependencies } from '../../src/maven/resolve.js';
import { describeCoordinates } from '../../src/model/maven.js';
import { makeFolder } from '../support/folders.js';
import { install, makePom, type PomSpec } from '../support/maven.js';

const RUNTIME = new Set(['compile', 'runtime']);

/** Resolves the dependencies of `root`, with the other POMs in the repository. */
function resolve(root: PomSpec, installed: readonly PomSpec[] = [], scopes = RUNTIME) {
  const folder = makeFolder();
  for (const spec of installed) install(folder, spec);
  const reader = createPomReader(createMavenRepository(folder));
  const { dependencies, missing } = resolveDependencies(
    parseMavenPom(Buffer.from(makePom(root))),
    reader,
    scopes,
  );
  return {
    found: dependencies.map((one) => `${describeCoordinates(one)} ${one.scope}`),
    missing: [...missing],
  };
}

describe('the dependencies of an artifact', () => {
  test('are followed transitively, except for test scope and optional ones', () => {
    const { found, missing } = resolve(
      {
        id: 'g:root:1',
        dependencies: ['g:a:1', 'g:t:1:test', 'g:p:1:provided', 'g:r:1:runtime', 'g:o:1::optional'],
      },
      [
        {
          id: 'g:a:1',
          dependencies: ['g:b:1', 'g:t2:1:test', 'g:p2:1:provided', 'g:o2:1::optional', 'g:br:1:runtime'],
        },
        { id: 'g:b:1' },
        { id: 'g:br:1' },
        { id: 'g:r:1', dependencies: ['g:rb:1'] },
        { id: 'g:rb:1' },
        { id: 'g:o:1' },
      ],
    );
    expect(found).toEqual([
      'g:a:1 compile',
      'g:r:1 runtime',
      'g:o:1 compile',
      'g:b:1 compile',
      'g:br:1 runtime',
      'g:rb:1 runtime',
    ]);
    expect(missing).toEqual([]);
  });

  test('include the nearest of several versions, and the first of equally near ones', () => {
    const { found } = resolve({ id: 'g:root:1', dependencies: ['g:a:1', 'g:b:1'] }, [
      { id: 'g:a:1', dependencies: ['g:x:1', 'g:deep:1'] },
      { id: 'g:b:1', dependencies: ['g:x:2'] },
      { id: 'g:deep:1', dependencies: ['g:b:9'] },
      { id: 'g:x:1' },
      { id: 'g:x:2' },
      { id: 'g:b:9' },
    ]);
    expect(found).toEqual(['g:a:1 compile', 'g:b:1 compile', 'g:x:1 compile', 'g:deep:1 compile']);
  });

  test('have the versions that the artifact, its parents and their imports manage', () => {
    const { found, missing } = resolve(
      {
        id: 'g:root:1',
        parent: 'g:parent:1',
        dependencies: ['g:a', 'g:b', 'g:c:3'],
        properties: { 'b.version': '2.5' },
      },
      [
        {
          id: 'g:parent:1',
          parent: 'g:grand:1',
          managed: ['g:a:1.0', 'g:b:${b.version}'],
          properties: { 'b.version': '2.0' },
        },
        {
          id: 'g:grand:1',
          managed: [
            'g:a:0.9',
            '<groupId>g</groupId><artifactId>bom</artifactId><version>1</version><type>pom</type><scope>import</scope>',
          ],
          dependencies: ['g:inherited'],
        },
        { id: 'g:bom:1', managed: ['g:inherited:7', 'g:a:0.1', 'g:x:${project.version}'] },
        { id: 'g:a:1.0', dependencies: ['g:x:99'] },
        { id: 'g:b:2.5' },
        { id: 'g:c:3' },
        { id: 'g:inherited:7' },
        { id: 'g:x:1' },
      ],
    );
    expect(found).toEqual([
      'g:a:1.0 compile',
      'g:b:2.5 compile',
      'g:c:3 compile',
      'g:inherited:7 compile',
      'g:x:1 compile',
    ]);
    expect(missing).toEqual([]);
  });

  test('have the widest scope in which they are needed, unless the artifact itself declares it', () => {
    const { found } = resolve(
      { id: 'g:root:1', dependencies: ['g:p:1:provided', 'g:c:1', 'g:own:1:runtime'] },
      [
        { id: 'g:p:1', dependencies: ['g:shared:1', 'g:only:1'] },
        { id: 'g:c:1', dependencies: ['g:mid:1', 'g:own:1'] },
        { id: 'g:mid:1', dependencies: ['g:shared:1'] },
        { id: 'g:shared:1', dependencies: ['g:deep:1'] },
        { id: 'g:deep:1' },
        { id: 'g:only:1' },
        { id: 'g:own:1' },
      ],
      new Set(['compile', 'runtime', 'provided']),
    );
    expect(Object.fromEntries(found.map((one) => one.split(' ')) as [string, string][])).toEqual({
      'g:p:1': 'provided',
      'g:c:1': 'compile',
      'g:own:1': 'runtime',
      'g:shared:1': 'compile',
      'g:only:1': 'provided',
      'g:mid:1': 'compile',
      'g:deep:1': 'compile',
    });
  });

  test('include the last one that a POM declares twice', () => {
    const { found } = resolve({ id: 'g:root:1', dependencies: ['g:a:1', 'g:a:2'] }, [{ id: 'g:a:2' }]);
    expect(found).toEqual(['g:a:2 compile']);
  });

  test('do not include excluded ones, even with wildcards', () => {
    const excluding = (artifact: string, group: string, excluded: string) =>
      `<groupId>g</groupId><artifactId>${artifact}</artifactId><version>1</version><exclusions><exclusion><groupId>${group}</groupId><artifactId>${excluded}</artifactId></exclusion></exclusions>`;
    const { found } = resolve(
      { id: 'g:root:1', dependencies: [excluding('a', 'g', 'x'), excluding('b', '*', '*')] },
      [
        { id: 'g:a:1', dependencies: ['g:m:1'] },
        { id: 'g:m:1', dependencies: ['g:x:1', 'g:y:1'] },
        { id: 'g:b:1', dependencies: ['g:z:1'] },
        { id: 'g:y:1' },
      ],
    );
    expect(found).toEqual(['g:a:1 compile', 'g:b:1 compile', 'g:m:1 compile', 'g:y:1 compile']);
  });

  test('are followed to their relocation', () => {
    const { found } = resolve({ id: 'g:root:1', dependencies: ['g:old:1'] }, [
      {
        id: 'g:old:1',
        xml: '<distributionManagement><relocation><groupId>h</groupId><artifactId>new</artifactId></relocation></distributionManagement>',
      },
      { id: 'h:new:1', dependencies: ['h:more:1'] },
      { id: 'h:more:1' },
    ]);
    expect(found).toEqual(['h:new:1 compile', 'h:more:1 compile']);
  });

  test('are returned with the missing POMs', () => {
    expect(resolve({ id: 'g:root:1', parent: 'g:parent:1', dependencies: ['g:a:1'] }).missing).toEqual([
      'g:parent:1',
      'g:a:1',
    ]);
  });

  test('are finite if POMs need each other, or refer to themselves', () => {
    const { found } = resolve(
      { id: 'g:root:1', dependencies: ['g:a:1', 'g:v:${v}'], properties: { v: '${w}${w}', w: '${v}${v}' } },
      [
        { id: 'g:a:1', parent: 'g:b:1', dependencies: ['g:b:1'] },
        {
          id: 'g:b:1',
          parent: 'g:a:1',
          dependencies: ['g:a:1'],
          managed: [
            '<groupId>g</groupId><artifactId>b</artifactId><version>1</version><type>pom</type><scope>import</scope>',
          ],
        },
      ],
    );
    expect(found[0]).toBe('g:a:1 compile');
    expect(found.some((one) => one.startsWith('g:b:1'))).toBe(true);
  });

  test('are not read outside the repository', () => {
    const folder = makeFolder();
    install(path.join(folder, 'secret'), { id: 'g:x:1' });
    const repository = createMavenRepository(path.join(folder, 'repository'));
    const lookFor = (groupId: string, artifactId: string, version: string) =>
      repository.readPom({ groupId, artifactId, version, classifier: '' });
    expect(lookFor('../secret/g', 'x', '1')).toBeUndefined();
    expect(lookFor('g', '../../secret/g/x', '1')).toBeUndefined();
    expect(lookFor('g', 'x', '..')).toBeUndefined();
  });
});
