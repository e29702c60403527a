import { EMPTY_REPOSITORY } from '../../../../src/formats/jetbrains/index/repository.js';
import { readAsIde } from '../../../support/ide.js';
import { artifact, codesIn, publish, textOf } from '../../../support/plan-plugins.js';

const FIRST = publish(EMPTY_REPOSITORY, { artifacts: [artifact({}), artifact({ version: '1.1' })] }).index;
const WITHOUT = `<?xml version="1.0" encoding="UTF-8"?>
<plugins>
</plugins>
`;

test('when the last plugin is removed, every index stays empty, with a notice', () => {
  const { plan, files } = publish(FIRST, { remove: ['org.lab.cells'] });
  expect(plan.notices).toEqual([
    'The repository no longer offers a plugin. updatePlugins.xml stays as an empty index, so that IDEs with its address do not report an error.',
  ]);
  const indexes = [...files.keys()].filter((path) => path.endsWith('.xml'));
  expect(indexes.length).toBeGreaterThan(5);
  for (const path of indexes) expect(textOf(files, path)).toBe(WITHOUT);
  expect(readAsIde(WITHOUT)).toEqual([]);
});

test('an empty repository can be published to again', () => {
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

test('removing a withdrawn version again is a warning', () => {
  const { index } = publish(FIRST, { remove: ['org.lab.cells@1.1'] });
  expect(codesIn({ index, remove: ['org.lab.cells@1.1'] })).toEqual(['warning already-obsolete']);
  expect(codesIn({ index, remove: ['org.lab.cells@1.7'] })).toEqual(['error unknown-file']);
});

test('as long as a version is offered, the notice does not appear', () => {
  expect(publish(FIRST, { remove: ['org.lab.cells@1.1'] }).plan.notices).toEqual([]);
});
