import { readState, unknownIn } from '../../src/app/read-state.js';
import { format } from '../../src/formats/imagej/format.js';
import { gzipIndex } from '../../src/formats/imagej/index/gzip.js';
import { bytesOf, idOf, keeping, siteWith } from '../support/kept-site.js';

const FIRST = 20260101000000;
const SECOND = 20260201000000;

const A = { 'macros/a.ijm': { timestamp: FIRST } };
const OLD = bytesOf(A);
const NEW = bytesOf({ ...A, 'macros/b.ijm': { timestamp: SECOND } });

/** An index with both versions of a file. */
const BOTH = gzipIndex(
  `<pluginRecords><plugin filename="a-2.jar">
    <previous-version timestamp="${FIRST}" timestamp-obsolete="${SECOND}" checksum="1" filename="a-1.jar"/>
    <version checksum="2" timestamp="${SECOND}" filesize="5"/>
  </plugin></pluginRecords>`,
);

test('the state of now is that of the index', async () => {
  const { index, files, publication } = await readState(format, siteWith(NEW), undefined);
  expect(index.records.map(({ filename }) => filename)).toEqual(['macros/a.ijm', 'macros/b.ijm']);
  expect([files, publication]).toEqual([new Map([['db.xml.gz', NEW]]), undefined]);
});

test.each([String(FIRST), idOf(1)])('a place that keeps states has the index of %s', async (at) => {
  const { index, files, publication } = await readState(format, keeping(OLD, NEW).site, at);
  expect(index.records).toHaveLength(1);
  expect(files).toEqual(new Map([['db.xml.gz', OLD]]));
  expect(publication).toEqual({ timestamp: FIRST, commit: idOf(1) });
});

test('another place knows of an earlier state only what its index tells', async () => {
  const { index, files, publication } = await readState(format, siteWith(BOTH), String(FIRST));
  expect(index.records).toMatchObject([
    { filename: 'a-1.jar', current: { checksum: '1', timestamp: FIRST }, previous: [] },
  ]);
  expect(index.records[0]?.current?.filesize).toBeUndefined();
  expect([files, publication]).toEqual([undefined, { timestamp: FIRST, commit: undefined }]);
  const newest = await readState(format, siteWith(BOTH), String(SECOND));
  expect(newest.files).toEqual(new Map([['db.xml.gz', BOTH]]));
});

test('a moment that is not known is refused', async () => {
  await expect(readState(format, siteWith(BOTH), '1a2b3c4')).rejects.toMatchObject({
    code: 'usage',
    message: 'The commit 1a2b3c4 is not known: this place does not have commits.',
    hint: 'Write a timestamp as "update-site history" prints it, or name the branch that the site is published from.',
  });
  await expect(readState(format, siteWith(BOTH), '20260115000000')).rejects.toMatchObject({
    code: 'usage',
    message: 'The history does not list a publication 20260115000000.',
    hint: expect.stringContaining(`The nearest ones are ${FIRST} and ${SECOND}.`) as unknown,
  });
  await expect(readState(format, keeping(OLD).site, '1a2b3c4')).rejects.toThrow(
    'The history does not list a publication 1a2b3c4.',
  );
});

test('a sentence explains what is not known', () => {
  expect(unknownIn('this state')).toMatch(/^Only a later index describes this state: .*\.$/);
});
