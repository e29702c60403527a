import fc from 'fast-check';
import { HISTORY_PATH } from '../../../../src/formats/jetbrains/index/history.js';
import { loadRepository } from '../../../../src/formats/jetbrains/index/load.js';
import { EMPTY_REPOSITORY, type Repository } from '../../../../src/formats/jetbrains/index/repository.js';
import { branchFaults } from '../../../../src/formats/jetbrains/verify/branch-checks.js';
import { indexForClients } from '../../../../src/formats/jetbrains/verify/index-checks.js';
import { pluginSteps, requestOf } from '../../../support/arbitrary-plugins.js';
import { artifact, publish } from '../../../support/plan-plugins.js';
import { REAL_INDEXES } from '../../../support/real-indexes.js';

const BRANCH = 'updatePlugins-243.xml';
const releases = [
  artifact({ version: '1.0', until: '242.*' }),
  artifact({ version: '1.1', since: '243', until: '243.*' }),
];
const SITE = publish(EMPTY_REPOSITORY, { artifacts: releases });

/** Returns the faults of the site if one of its files has another text, or does not exist. */
function faultsWith(path: string, edit: (text: string) => string | undefined): readonly string[] {
  const files = new Map(SITE.files);
  const text = edit(Buffer.from(files.get(path) ?? '').toString('utf8'));
  if (text === undefined) files.delete(path);
  else files.set(path, Buffer.from(text));
  return branchFaults(loadRepository(files), files).map((finding) => `${finding.path}: ${finding.message}`);
}

test.each<[string, (text: string) => string | undefined, string | undefined]>([
  ['the file is as it was written', (text) => text, undefined],
  [
    'only white space and the order differ',
    (text) => text.replace('<plugins>', '<plugins>\n\n   '),
    undefined,
  ],
  ['it is missing', () => undefined, 'it does not exist, so IDEs with its address report an error'],
  [
    'an entry was removed',
    () => '<plugins/>',
    'it does not fit updatePlugins.xml: it does not contain org.lab.cells 1.1',
  ],
  [
    'an entry was edited',
    (text) => text.replace('243.*', '251.*'),
    'it does not fit updatePlugins.xml: it has another entry for org.lab.cells 1.1',
  ],
  [
    'it offers another version',
    (text) => text.replace('version="1.1"', 'version="1.2"'),
    'it does not fit updatePlugins.xml: it does not contain org.lab.cells 1.1, it also contains org.lab.cells 1.2',
  ],
  [
    'it has many more entries',
    (text) =>
      text.replace(
        '</plugins>',
        `${Array.from({ length: 7 }, (_, at) => `<plugin id="p${at}" version="1" url="a.zip"/>`).join('')}</plugins>`,
      ),
    'it does not fit updatePlugins.xml: it also contains p0 1, p1 1, p2 1, p3 1, p4 1 and 2 more versions',
  ],
  [
    'it has a document type',
    (text) => text.replace('<plugins>', '<!DOCTYPE plugins>\n<plugins>'),
    'it has a document type (<!DOCTYPE …>), and IDEs since 2025 refuse the whole file',
  ],
  [
    'it is not XML',
    () => '<plugins>',
    'it cannot be read: it is not well-formed XML (line 1, column 10: <plugins> of line 1 is not closed)',
  ],
])('if %s', (_, edit, fault) => {
  expect(faultsWith(BRANCH, edit)).toEqual(fault === undefined ? [] : [`${BRANCH}: ${fault}`]);
});

test('an index that was edited by hand makes the files of its branches stale', () => {
  expect(
    faultsWith('updatePlugins.xml', (text) =>
      text.replace(/ {2}<plugin id="org.lab.cells"[^]*?<\/plugin>\n/, ''),
    ),
  ).toEqual([`${BRANCH}: it does not fit updatePlugins.xml: it also contains org.lab.cells 1.1`]);
});

test('the check of the index reports them', () => {
  const files = new Map([...SITE.files, [BRANCH, Buffer.from('<plugins/>')]]);
  expect(indexForClients(SITE.index, files)).toMatchObject({
    status: 'failed',
    findings: [{ path: BRANCH }],
  });
});

test('a site without a history has no files of branches', () => {
  const index = Buffer.from('<plugins><plugin id="a" version="1" url="a.zip"/></plugins>');
  const files = new Map([['updatePlugins.xml', index]]);
  expect(branchFaults(loadRepository(files), files)).toEqual([]);
});

test('a branch that the history lists twice is checked once', () => {
  const history = JSON.stringify({ version: 1, branches: [242, 242], versions: [] });
  const index = loadRepository(new Map([[HISTORY_PATH, Buffer.from(history)]]));
  expect(branchFaults(index, new Map())).toHaveLength(1);
});

test('passes for any publications and removals', () => {
  fc.assert(
    fc.property(pluginSteps, (steps) => {
      let index: Repository = EMPTY_REPOSITORY;
      for (const one of steps) {
        const published = publish(index, requestOf(one));
        if (published.plan.problems.some(({ severity }) => severity === 'error')) continue;
        if (published.plan.changes.length === 0) continue;
        ({ index } = published);
        expect(branchFaults(index, published.files)).toEqual([]);
      }
    }),
    { numRuns: 200 },
  );
});

test.each(Object.entries(REAL_INDEXES))('passes after a publication to %s', (_, xml) => {
  const before = loadRepository(new Map([['updatePlugins.xml', Buffer.from(xml)]]));
  const { index, files } = publish(before, { artifacts: [artifact({})] });
  expect(branchFaults(index, files)).toEqual([]);
});

test('a version that was superseded is not expected if the index was emptied by hand', () => {
  const first = publish(EMPTY_REPOSITORY, { artifacts: [artifact({ version: '1.0' })] }).index;
  const files = new Map(publish(first, { artifacts: [artifact({ version: '1.1' })] }).files);
  for (const path of files.keys()) if (path.endsWith('.xml')) files.set(path, Buffer.from('<plugins/>'));
  expect(branchFaults(loadRepository(files), files)).toEqual([]);
});
