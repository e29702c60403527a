import { EMPTY_INDEX, type SiteIndex } from '../../../../src/formats/imagej/index/site-index.js';
import type { ImageJChange } from '../../../../src/formats/imagej/change.js';
import { payloadsForTakeovers } from '../../../../src/formats/imagej/plan/takeover.js';

const CHANGE = { kind: 'revive', component: 'plugins/A.jar', coordinate: 'g:A' } as ImageJChange;

/** An obsolete file with one previous version of this name. */
function indexWith(filename: string): SiteIndex {
  const previous = { filename, timestamp: 20200101000000, timestampObsolete: 20210101000000, checksum: 'a' };
  const record = {
    filename: 'plugins/A.jar',
    executable: false,
    platforms: [],
    categories: [],
    previous: [{ ...previous, attributes: [], unknown: [] }],
    attributes: [],
    unknown: [],
  };
  return { ...EMPTY_INDEX, records: [{ ...record, current: undefined }] };
}

const payloads = (filename: string) => [
  ...payloadsForTakeovers({ changes: [CHANGE] }, indexWith(filename)).keys(),
];

test('requests the last version of an obsolete file', () => {
  expect(payloads('plugins/A-1.jar')).toEqual(['plugins/A-1.jar-20200101000000']);
});

test.each(['../A-1.jar', '/etc/A-1.jar', 'plugins/../../A-1.jar', 'C:/A-1.jar'])(
  'never requests a name that leads out of the site: %s',
  (filename) => {
    expect(payloads(filename)).toEqual([]);
  },
);
