import { EMPTY_REPOSITORY } from '../../../../src/formats/jetbrains/index/repository.js';
import { readAsIde } from '../../../support/ide.js';
import { artifact, codesIn, publish, textOf } from '../../../support/plan-plugins.js';

const FIRST = publish(EMPTY_REPOSITORY, { artifacts: [artifact({}), artifact({ version: '1.1' })] }).index;
const WITHOUT = `<?xml version="1.0" encoding="UTF-8"?>
<plugins>
</plugins>
`;

test('when the last plugin is removed, every index stays, without one, and a notice says so', () => {
  const { plan, files } = publish(FIRST, { remove: ['org.lab.cells'] });
  expect(plan.notices).toEqual([
    'No plugin is left. updatePlugins.xml stays, without one: IDEs that have its address offer nothing from it, and report no error.',
  ]);
  const indexes = [...files.keys()].filter((path) => path.endsWith('.xml'));
  expect(indexes.length).toBeGreaterThan(5);
  for (const path of indexes) expect(textOf(files, path)).toBe(WITHOUT);
  expect(readAsIde(WITHOUT)).toEqual([]);
});

test('the repository goes on from there', () => {
  const { index } = publish(FIRST, { remove: ['org.lab.cells'] });
  const { plan, files } = publish(index, { artifacts: [artifact({ version: '1.2' })] });
  expect(plan.notices).toEqual([]);
  expect(plan.problems).toEqual([]);
  expect(plan.removals).toEqual([
    'plugins/org.lab.cells/1.1/org.lab.cells-1.1.zip',
    'plugins/org.lab.cells/1.0/org.lab.cells-1.0.zip',
  ]);
  expect(readAsIde(textOf(files)).map(({ version }) => version)).toEqual(['1.2']);
});

test('what is withdrawn already is a warning where it is to be removed again', () => {
  const { index } = publish(FIRST, { remove: ['org.lab.cells@1.1'] });
  expect(codesIn({ index, remove: ['org.lab.cells@1.1'] })).toEqual(['warning already-obsolete']);
  expect(codesIn({ index, remove: ['org.lab.cells@1.7'] })).toEqual(['error unknown-file']);
});

test('while something is offered, nothing is said', () => {
  expect(publish(FIRST, { remove: ['org.lab.cells@1.1'] }).plan.notices).toEqual([]);
});
