import { loadRepository } from '../../src/jetbrains/load-repository.js';
import { hasJava, judgeByJava } from '../support/java-xml.js';
import { artifact, publish } from '../support/plan-plugins.js';
import { REAL_INDEXES } from '../support/real-indexes.js';

const withoutJava = hasJava() ? undefined : 'skipped, since there is no "java" on this machine';

(withoutJava === undefined ? test : test.skip)(
  `what is written is accepted by the parser of IDEs, whatever the index was (${withoutJava ?? 'by Java'})`,
  () => {
    const before = Object.values(REAL_INDEXES).map((index) => Buffer.from(index));
    const written = before.flatMap((bytes) => {
      const index = loadRepository(new Map([['updatePlugins.xml', bytes]]));
      const { files } = publish(index, { artifacts: [artifact({ id: 'org.lab.new', since: '243' })] });
      return [...files].flatMap(([path, content]) => (path.endsWith('.xml') ? [content] : []));
    });
    expect(judgeByJava(before, { asIde: true }).filter((reason) => reason !== undefined)).toHaveLength(2);
    expect(judgeByJava(written, { asIde: true }).filter((reason) => reason !== undefined)).toEqual([]);
    expect(written.length).toBeGreaterThan(200);
  },
);
