import type { FieldChange } from '../../src/model/change-details.js';
import type { Change } from '../../src/model/change.js';
import { dependencyGraph } from '../../src/report/dependency-graph.js';

function file(path: string, ...fields: FieldChange[]): Change {
  return {
    kind: 'update',
    path,
    reason: 'r',
    details: {
      versionBefore: undefined,
      versionAfter: undefined,
      sizeBefore: undefined,
      platforms: [],
      fields,
      dependents: [],
    },
  };
}
const gained = (after: string): FieldChange => ({ field: 'dependency', before: undefined, after });
const lost = (before: string): FieldChange => ({ field: 'dependency', before, after: undefined });

test('draws dependencies that files gain and lose, and marks the changed files', () => {
  const graph = dependencyGraph([
    file('plugins/A.jar', gained('jars/b.jar'), lost('jars/c.jar'), gained('jars/b.jar')),
    file('jars/b.jar', { field: 'author', before: undefined, after: 'jars/x.jar' }),
  ]);
  expect(graph).toEqual({
    files: 3,
    source: `graph LR
  f0["A.jar"]:::changed
  f1["b.jar"]:::changed
  f2["c.jar"]
  f0 --> f1
  f0 -.-> f2
  classDef changed stroke-width:3px
`,
  });
});

test('is absent without dependencies that change, and with more than 40 files', () => {
  const dependencies = (number: number) =>
    Array.from({ length: number }, (_, at) => gained(`jars/${at}.jar`));
  expect(dependencyGraph([])).toBeUndefined();
  expect(dependencyGraph([{ kind: 'add', path: 'a', reason: 'r' }, file('b')])).toBeUndefined();
  expect(dependencyGraph([file('a', ...dependencies(39))])?.files).toBe(40);
  expect(dependencyGraph([file('a', ...dependencies(40))])).toBeUndefined();
});

test('names are shown as text, and cut', () => {
  const source = dependencyGraph([
    file('plugins/a"]; click f0 <b>', gained(`jars/${'x'.repeat(61)}`), gained('%%\n`é`')),
  ])?.source;
  expect(source).toContain('  f0["a#34;#93;#59; click f0 #60;b#62;"]:::changed\n');
  expect(source).toContain(`  f1["${'x'.repeat(60)}…"]\n`);
  expect(source).toContain('  f2["#37;#37; #96;é#96;"]\n');
});
