import { compareIndexes } from '../../../../src/formats/imagej/index/compare.js';
import { editRecord } from '../../../../src/formats/imagej/index/edit-record.js';
import { parseIndexXml } from '../../../../src/formats/imagej/index/read.js';
import {
  EMPTY_INDEX,
  type PluginRecord,
  type SiteIndex,
} from '../../../../src/formats/imagej/index/site-index.js';
import { renderIndexXml } from '../../../../src/formats/imagej/index/write.js';
import { destinationOf } from '../../../../src/formats/imagej/placement/destination.js';
import { applyPlan } from '../../../../src/formats/imagej/plan/apply.js';
import { completePlan } from '../../../../src/formats/imagej/plan/complete.js';
import { countSteps } from '../../../support/count-steps.js';
import { HOSTILE_INDEXES } from '../../../support/hostile-indexes.js';
import { planFiles } from '../../../support/scenario.js';

/** What four times as much may cost, times what it costs once. Sixteen if everything is looked at for everything. */
const MOST = 6;
const [SMALL, LARGE] = [250, 1000];

const kinds = Object.entries(HOSTILE_INDEXES);

function read(xml: string): SiteIndex {
  return parseIndexXml(Buffer.from(xml));
}

/** How many times as many steps the work takes if there is four times as much of something. */
function growth(make: (size: number) => string, work: (index: SiteIndex) => void): number {
  const [few, many] = [SMALL, LARGE].map((size) => {
    const index = read(make(size));
    return countSteps(() => {
      work(index);
    });
  });
  return (many ?? 0) / (few || 1);
}

describe('the count of steps', () => {
  it('sees loops, spreads and searches that go through an array again and again', () => {
    const all = Array.from({ length: 100 }, (_, at) => at);
    expect(countSteps(() => all.map((one) => all.includes(one)))).toBeGreaterThan(100 * 100);
    let length = 0;
    expect(
      countSteps(() => {
        for (const one of all) length += [...all, one].length;
      }),
    ).toBeGreaterThan(100 * 100);
    expect(length).toBe(100 * 101);
    expect(countSteps(() => new Set(all).has(1))).toBeLessThan(200);
  });
});

describe('the work on an index', () => {
  it.each(kinds)('grows with its size if it is read: %s', (_, make) => {
    const [few, many] = [SMALL, LARGE].map((size) => {
      const xml = make(size);
      return countSteps(() => read(xml));
    });
    expect((many ?? 0) / (few ?? 0)).toBeLessThan(MOST);
  });

  it.each(kinds)('grows with its size if it is written: %s', (_, make) => {
    // A copy: what was written once is remembered.
    const write = (index: SiteIndex) => renderIndexXml(JSON.parse(JSON.stringify(index)) as SiteIndex);
    expect(growth(make, write)).toBeLessThan(MOST);
  });

  it.each(kinds)('grows with its size if a file is removed from it: %s', (_, make) => {
    const publish = (index: SiteIndex) => {
      const remove = [index.records[0]?.filename ?? ''];
      const plan = planFiles({ index, artifacts: [], remove, now: 20300101000000 });
      const completed = completePlan(plan, { ...COMPLETION, index });
      compareIndexes(index, applyPlan(index, completed));
    };
    expect(growth(make, publish)).toBeLessThan(MOST);
  });

  it.each(kinds)('grows with its size if it is that of an upstream site: %s', (_, make) => {
    const publish = (index: SiteIndex) => {
      const upstream = [{ name: 'Upstream', location: 'https://example.org/', index }];
      const plan = planFiles({ index: EMPTY_INDEX, upstream, artifacts: [], now: 1 });
      completePlan(plan, { ...COMPLETION, index: EMPTY_INDEX, upstream });
    };
    expect(growth(make, publish)).toBeLessThan(MOST);
  });
});

describe('a plan', () => {
  const recordOf = (at: number): PluginRecord => ({
    filename: `jars/a${at}.jar`,
    executable: false,
    platforms: [],
    categories: [],
    current: {
      checksum: 'a',
      timestamp: 20200101000000,
      filesize: 1,
      description: undefined,
      dependencies: [],
      links: [],
      authors: [],
      attributes: [],
      unknown: [],
    },
    previous: [],
    attributes: [],
    unknown: [],
  });
  const indexOf = (size: number): SiteIndex => ({
    ...EMPTY_INDEX,
    records: Array.from({ length: size }, (_, at) => recordOf(at)),
  });

  it('may remove more files at once than a call takes arguments', () => {
    const index = indexOf(150_000);
    const request = { index, completeSite: true, allowMassRemoval: true, now: 20300101000000 };
    expect(planFiles(request).changes).toHaveLength(150_000);
  }, 60_000);

  it('finds the folders of files in steps that grow with the files and the index, not with both at once', () => {
    const steps = (size: number) => {
      const index = indexOf(size);
      return countSteps(() => {
        for (let at = 0; at < size; at++)
          expect(destinationOf(`a${at}-1.0.jar`, index, undefined)?.path).toBe(`jars/a${at}-1.0.jar`);
      });
    };
    expect(steps(400) / steps(100)).toBeLessThan(MOST);
  });

  it('looks for the texts of a record in steps that grow with them', () => {
    const steps = (size: number) => {
      const authors = Array.from({ length: size }, (_, at) => `Author ${at}`);
      const record = editRecord(recordOf(0), { authors });
      return countSteps(() => editRecord(record, { authors: [...authors].reverse() }));
    };
    expect(steps(1000) / steps(250)).toBeLessThan(MOST);
  });
});

const COMPLETION: Omit<Parameters<typeof completePlan>[1], 'index'> = {
  upstream: [],
  findings: { needs: new Map(), missing: [], open: new Map(), analyses: new Map(), notices: [] },
  mode: 'auto',
  config: undefined,
  java: undefined,
  isRelease: false,
  alsoNamed: [],
};
