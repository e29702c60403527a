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

/** Maximum growth of the number of steps for four times the input. Quadratic work would grow by 16. */
const MAX_GROWTH = 6;
const [SMALL, LARGE] = [250, 1000];

const kinds = Object.entries(HOSTILE_INDEXES);

function read(xml: string): SiteIndex {
  return parseIndexXml(Buffer.from(xml));
}

/** Returns by which factor the steps grow for four times the input. */
function growth(make: (size: number) => string, work: (index: SiteIndex) => void): number {
  const [few, many] = [SMALL, LARGE].map((size) => {
    const index = read(make(size));
    return countSteps(() => {
      work(index);
    });
  });
  return (many ?? 0) / (few || 1);
}

describe('the counter of steps', () => {
  it('counts loops, spreads and searches that go through an array repeatedly', () => {
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
  it.each(kinds)('is linear for reading: %s', (_, make) => {
    const [few, many] = [SMALL, LARGE].map((size) => {
      const xml = make(size);
      return countSteps(() => read(xml));
    });
    expect((many ?? 0) / (few ?? 0)).toBeLessThan(MAX_GROWTH);
  });

  it.each(kinds)('is linear for writing: %s', (_, make) => {
    // A copy, because rendered records are cached.
    const write = (index: SiteIndex) => renderIndexXml(JSON.parse(JSON.stringify(index)) as SiteIndex);
    expect(growth(make, write)).toBeLessThan(MAX_GROWTH);
  });

  it.each(kinds)('is linear for removing a file: %s', (_, make) => {
    const publish = (index: SiteIndex) => {
      const remove = [index.records[0]?.filename ?? ''];
      const plan = planFiles({ index, artifacts: [], remove, now: 20300101000000 });
      const completed = completePlan(plan, { ...COMPLETION, index });
      compareIndexes(index, applyPlan(index, completed));
    };
    expect(growth(make, publish)).toBeLessThan(MAX_GROWTH);
  });

  it.each(kinds)('is linear for an upstream site: %s', (_, make) => {
    const publish = (index: SiteIndex) => {
      const upstream = [{ name: 'Upstream', location: 'https://example.org/', index }];
      const plan = planFiles({ index: EMPTY_INDEX, upstream, artifacts: [], now: 1 });
      completePlan(plan, { ...COMPLETION, index: EMPTY_INDEX, upstream });
    };
    expect(growth(make, publish)).toBeLessThan(MAX_GROWTH);
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

  it('can remove more files than a call takes arguments', () => {
    const index = indexOf(150_000);
    const request = { index, completeSite: true, allowMassRemoval: true, now: 20300101000000 };
    expect(planFiles(request).changes).toHaveLength(150_000);
  }, 60_000);

  it('finds the folders of files in a number of steps that is linear in files and index', () => {
    const steps = (size: number) => {
      const index = indexOf(size);
      return countSteps(() => {
        for (let at = 0; at < size; at++)
          expect(destinationOf(`a${at}-1.0.jar`, index, undefined)?.path).toBe(`jars/a${at}-1.0.jar`);
      });
    };
    expect(steps(400) / steps(100)).toBeLessThan(MAX_GROWTH);
  });

  it('finds the texts of a record in linear time', () => {
    const steps = (size: number) => {
      const authors = Array.from({ length: size }, (_, at) => `Author ${at}`);
      const record = editRecord(recordOf(0), { authors });
      return countSteps(() => editRecord(record, { authors: [...authors].reverse() }));
    };
    expect(steps(1000) / steps(250)).toBeLessThan(MAX_GROWTH);
  });
});

const COMPLETION: Omit<Parameters<typeof completePlan>[1], 'index'> = {
  upstream: [],
  findings: { needs: new Map(), missing: [], open: new Map(), analyses: new Map(), notices: [] },
  mode: 'auto',
  config: undefined,
  java: undefined,
  isRelease: false,
};
