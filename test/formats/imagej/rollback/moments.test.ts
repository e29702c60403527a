import { parseIndexXml } from '../../../../src/formats/imagej/index/read.js';
import { storedSizes } from '../../../../src/formats/imagej/index/stored-path.js';
import { renderIndexXml } from '../../../../src/formats/imagej/index/write.js';
import { stateAfter, withoutLater } from '../../../../src/formats/imagej/rollback/moments.js';

const [T1, T2, T3] = [20260101000000, 20260201000000, 20260301000000];
const previous = (checksum: string, from: number, to: number, name: string) =>
  `<previous-version timestamp="${from}" timestamp-obsolete="${to}" checksum="${checksum}" filename="${name}"/>`;
const index = parseIndexXml(
  Buffer.from(`<pluginRecords>
<plugin filename="a-3.jar">${previous('1', T1, T2, 'a-1.jar')}${previous('2', T2, T3, 'a-2.jar')}<version checksum="3" timestamp="${T3}" filesize="7"/></plugin>
<plugin filename="b.jar">${previous('b', T1, T2, 'b.jar')}</plugin>
<plugin filename="c.jar"><version checksum="c" timestamp="${T1}" filesize="5"/></plugin>
</pluginRecords>`),
);

test('an earlier state has no sizes of contents that were replaced since', () => {
  const then = stateAfter(index, T2);
  expect(then.records.map(({ current }) => current?.filesize)).toEqual([undefined, undefined, 5]);
  expect([...storedSizes(then)]).toEqual([[`c.jar-${T1}`, 5]]);
  expect(renderIndexXml(then)).toContain(`checksum="2" timestamp="${T2}" filesize="0"`);
});

test('a state can be shown without the versions that followed it', () => {
  const versionsAt = (moment: number) =>
    withoutLater(stateAfter(index, moment), moment).records.map(
      ({ filename, current, previous: earlier }) => [
        filename,
        current?.checksum,
        earlier.map(({ checksum }) => checksum).join(' '),
      ],
    );
  expect(versionsAt(T1)).toEqual([
    ['a-1.jar', '1', ''],
    ['b.jar', 'b', ''],
    ['c.jar', 'c', ''],
  ]);
  expect(versionsAt(T2)).toEqual([
    ['a-2.jar', '2', '1'],
    ['b.jar', undefined, 'b'],
    ['c.jar', 'c', ''],
  ]);
  // Records that do not change stay the same.
  expect(withoutLater(index, T3).records).toEqual(index.records);
});
