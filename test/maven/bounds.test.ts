import fc from 'fast-check';
import type { ImageJInspection } from '../../src/formats/imagej/artifacts/inspect.js';
import { resolveMissingJars } from '../../src/formats/imagej/dependencies/with-dependencies.js';
import { EMPTY_INDEX } from '../../src/formats/imagej/index/site-index.js';
import { isExcluded, type Exclusions } from '../../src/maven/exclusions.js';
import { createPomReader, modelOf } from '../../src/maven/model.js';
import { parseMavenPom } from '../../src/maven/pom.js';
import { resolveDependencies } from '../../src/maven/resolve.js';
import { firstProblems } from '../../src/model/first-problems.js';
import { jarNameOf, type MavenRepository } from '../../src/model/maven.js';
import { makePom, type PomSpec } from '../support/maven.js';

const SCOPES = new Set(['compile', 'runtime', 'provided']);

function repositoryOf(poms: ReadonlyMap<string, string>): MavenRepository {
  return {
    location: '/m2',
    readPom: (coordinates) => {
      const text = poms.get(jarNameOf(coordinates));
      return text === undefined ? undefined : Buffer.from(text);
    },
    findJar: () => undefined,
    jarsNamed: () => [],
  };
}

/** Returns the dependencies of a single POM, the number of their characters, and that of the POM. */
function modelSizes(spec: PomSpec) {
  const text = makePom(spec);
  const reader = createPomReader(repositoryOf(new Map()));
  const { dependencies } = modelOf(parseMavenPom(Buffer.from(text)), reader);
  return { dependencies, characters: charactersIn(dependencies), pom: text.length };
}

function charactersIn(value: unknown): number {
  if (typeof value === 'string') return value.length;
  if (typeof value !== 'object' || value === null) return 0;
  return Object.values(value).reduce((sum: number, one) => sum + charactersIn(one), 0);
}

/** Returns properties that each repeat the previous one `times` times. */
function doubling(steps: number, times: number): Record<string, string> {
  const properties: Record<string, string> = { p0: 'x'.repeat(16) };
  for (let at = 1; at <= steps; at++) properties[`p${at}`] = `\${p${at - 1}}`.repeat(times);
  return properties;
}

describe('the properties of a POM', () => {
  it.each([
    ['multiply in one round', doubling(1, 800)],
    ['multiply in each of several rounds', doubling(12, 8)],
    ['contain themselves', { p1: '${p1}${p1}' }],
    ['contain each other', { p1: '${p2}${p2}', p2: '${p1}${p1}' }],
    ['contain names of properties in names of properties', { p1: '${${q}${q}}', q: '${q}${q}' }],
    ['are long', { p1: 'x'.repeat(4000) }],
  ])('add a bounded number of characters if they %s', (_, properties) => {
    const last = `\${p${Object.keys(properties).length > 2 ? Object.keys(properties).length - 1 : 1}}`;
    const dependencies = Array.from({ length: 20 }, (__, at) => `g:a${at}:${last.repeat(1 + (at % 3))}`);
    const { characters, pom } = modelSizes({ id: 'g:root:1', properties, dependencies });
    expect(characters).toBeLessThan(4 * pom + 2048 * dependencies.length);
  });

  it('stay in a value that would become too long, so that users see which', () => {
    const { dependencies } = modelSizes({
      id: 'g:root:1',
      properties: { ...doubling(3, 800), short: '1.0' },
      dependencies: ['g:a:${p3}', 'g:b:${short}'],
    });
    expect(dependencies.map(({ version }) => version)).toEqual(['${p3}', '1.0']);
  });

  it('add a bounded number of characters to all dependencies of a model together', () => {
    const { characters, dependencies } = modelSizes({
      id: 'g:root:1',
      properties: { long: 'x'.repeat(1000) },
      dependencies: Array.from({ length: 3000 }, (_, at) => `g:a${at}:\${long}`),
    });
    // Without the limit, three million.
    expect(characters).toBeLessThan(600_000);
    expect(dependencies[0]?.version).toBe('x'.repeat(1000));
    expect(dependencies.at(-1)?.version).toBe('${long}');
  });

  it('are replaced if they have the usual size', () => {
    const word = fc.stringMatching(/^[a-z0-9.-]{1,12}$/);
    fc.assert(
      fc.property(
        fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd'), word, { noNullPrototype: true }),
        word,
        (words, rest) => {
          const properties = { ...words, e: '${a}.${b}', f: '${e}-${c}', g: '${${h}}', h: 'd' };
          const expected = (name: string) => words[name] ?? `\${${name}}`;
          const { dependencies } = modelSizes({
            id: 'g:root:1',
            properties,
            dependencies: [`\${f}:\${g}:${rest}\${project.version}`],
          });
          expect(dependencies[0]).toMatchObject({
            groupId: `${expected('a')}.${expected('b')}-${expected('c')}`,
            artifactId: expected('d'),
            version: `${rest}1`,
          });
        },
      ),
    );
  });
});

describe('the text of a POM', () => {
  it('is cut if a part of a coordinate is longer than a file name can be', () => {
    const long = 'y'.repeat(1_000_000);
    const { dependencies, characters } = modelSizes({
      id: 'g:root:1',
      parent: `g:${long}:1`,
      dependencies: [`g:${long}:1`],
    });
    expect(characters).toBeLessThan(2000);
    expect(dependencies[0]?.artifactId).toMatch(/^y{80}…$/);
    const pom = parseMavenPom(Buffer.from(makePom({ id: 'g:root:1', parent: `g:${long}:1` })));
    const { missing } = resolveDependencies(pom, createPomReader(repositoryOf(new Map())), SCOPES);
    expect(missing.join('').length).toBeLessThan(2000);
  });
});

describe('thousands of dependencies that the repository lacks', () => {
  it('are reported individually up to a hundred, and then counted, as an error if one of them is an error', () => {
    const problem = (at: number, severity: 'error' | 'warning') => ({
      severity,
      code: 'missing-dependency' as const,
      path: 'jars/a.jar',
      message: `${at}`,
    });
    const few = Array.from({ length: 100 }, (_, at) => problem(at, 'error'));
    expect(firstProblems(few)).toBe(few);
    const many = Array.from({ length: 50_000 }, (_, at) => problem(at, at === 40_000 ? 'error' : 'warning'));
    const shown = firstProblems(many);
    expect(shown).toHaveLength(100);
    expect(shown.slice(0, 99)).toEqual(many.slice(0, 99));
    expect(shown.at(-1)).toMatchObject({
      severity: 'error',
      code: 'missing-dependency',
      message: 'There are 49901 more problems of this kind ("missing-dependency").',
    });
  });

  it('cause only a short log', () => {
    const pom = makePom({
      id: 'g:root:1',
      dependencies: Array.from({ length: 3000 }, (_, at) => `g:a${at}:1`),
    });
    const inspection = { ownPom: Buffer.from(pom) } as unknown as ImageJInspection;
    const artifact = { file: 'root-1.jar', size: 1, modified: 0, executable: false, destination: undefined };
    const { problems } = resolveMissingJars({
      artifacts: [{ artifact, inspection }],
      named: new Set([artifact]),
      index: EMPTY_INDEX,
      upstream: [],
      repository: repositoryOf(new Map()),
    });
    const log = problems.map(({ message, hint }) => `${message}\n${hint ?? ''}`).join('\n');
    expect(problems.every(({ severity }) => severity === 'error')).toBe(true);
    expect(log.length).toBeLessThan(50_000);
  });
});

describe('exclusions', () => {
  const coordinates = (groupId: string, artifactId: string) => ({ groupId, artifactId });

  it('match by name, or by a wildcard for the group, the artifact or both', () => {
    const matches = (groupId: string, artifactId: string) =>
      isExcluded(coordinates('g', 'a'), {
        lists: [[], [coordinates(groupId, artifactId)]],
        before: undefined,
      });
    expect([matches('g', 'a'), matches('*', 'a'), matches('g', '*'), matches('*', '*')]).toEqual([
      true,
      true,
      true,
      true,
    ]);
    expect([matches('g', 'b'), matches('h', 'a'), matches('*', 'b'), matches('h', '*')]).toEqual([
      false,
      false,
      false,
      false,
    ]);
    expect(isExcluded(coordinates('g', 'a'), undefined)).toBe(false);
  });

  it('are read once for all dependencies below them', () => {
    let reads = 0;
    const list = new Proxy(
      Array.from({ length: 1000 }, (_, at) => coordinates('x', `x${at}`)),
      {
        get(target, key, receiver) {
          if (typeof key === 'string' && /^\d+$/.test(key)) reads++;
          return Reflect.get(target, key, receiver) as unknown;
        },
      },
    );
    let exclusions: Exclusions = { lists: [list], before: undefined };
    for (let depth = 0; depth < 10; depth++)
      exclusions = { lists: [[coordinates('y', 'y')]], before: exclusions };
    for (let at = 0; at < 500; at++) expect(isExcluded(coordinates('z', `z${at}`), exclusions)).toBe(false);
    expect(isExcluded(coordinates('x', 'x999'), exclusions)).toBe(true);
    expect(reads).toBe(1000);
  });
});
