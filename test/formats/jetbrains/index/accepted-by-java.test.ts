import { loadRepository } from '../../../../src/formats/jetbrains/index/load.js';
import { renderRepository } from '../../../../src/formats/jetbrains/index/render.js';
import { EMPTY_REPOSITORY } from '../../../../src/formats/jetbrains/index/repository.js';
import { hasJava, judgeByJava } from '../../../support/java-xml.js';
import { artifact, BASE, publish, follow } from '../../../support/plan-plugins.js';
import { REAL_INDEXES } from '../../../support/real-indexes.js';

const withoutJava = hasJava() ? undefined : 'skipped, because "java" is not installed';
const MOMENT = { now: BASE.now, newestBranch: undefined, siteUrl: undefined };

type Files = ReadonlyMap<string, Uint8Array>;
const indexesIn = (files: Files) =>
  [...files].flatMap(([path, bytes]) => (path.endsWith('.xml') ? [bytes] : []));

(withoutJava === undefined ? test : test.skip)(
  `the parser of IDEs accepts every index that is written (${withoutJava ?? 'by Java'})`,
  () => {
    const before = Object.values(REAL_INDEXES).map((index) => Buffer.from(index));
    const written = before.flatMap((bytes) => {
      const index = loadRepository(new Map([['updatePlugins.xml', bytes]]));
      const site = publish(index, { artifacts: [artifact({ id: 'org.lab.new', since: '243' })] });
      const { channel } = follow(EMPTY_REPOSITORY, site.index, MOMENT);
      const inChannel = renderRepository(channel).map((file) => [file.path, file.bytes] as const);
      return [...indexesIn(site.files), ...indexesIn(new Map(inChannel))];
    });
    const { index } = publish(EMPTY_REPOSITORY, { artifacts: [artifact({})] });
    const empty = indexesIn(publish(index, { remove: ['org.lab.cells'] }).files);
    expect(judgeByJava(before, { asIde: true }).filter((reason) => reason !== undefined)).toHaveLength(2);
    expect(
      judgeByJava([...written, ...empty], { asIde: true }).filter((reason) => reason !== undefined),
    ).toEqual([]);
    expect(written.length).toBeGreaterThan(400);
    expect(empty.length).toBeGreaterThan(1);
  },
);
