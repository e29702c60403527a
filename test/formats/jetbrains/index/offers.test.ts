import { isSuperseded } from '../../../../src/formats/jetbrains/index/offers.js';
import {
  EMPTY_REPOSITORY,
  type PublishedVersion,
} from '../../../../src/formats/jetbrains/index/repository.js';
import { artifact, publish, type Given } from '../../../support/plan-plugins.js';

/** A version that this program published. */
function own(version: string, given: Given = {}): PublishedVersion {
  const [only] = publish(EMPTY_REPOSITORY, { artifacts: [artifact({ version, ...given })] }).index.versions;
  return only as PublishedVersion;
}

/** A version that another tool wrote into the index. */
const foreign = (version: string): PublishedVersion => ({ ...own(version), archive: undefined });
/** A version that a channel has from the repository above. */
const borrowed = (version: string): PublishedVersion => ({
  ...foreign(version),
  borrowed: { archive: own(version).archive },
});

test.each<[string, PublishedVersion, PublishedVersion]>([
  ['a higher version', own('1.0'), own('2.0')],
  ['a higher one for more IDEs', own('1.0', { until: '251.*' }), own('2.0')],
  ['a higher one of another tool', own('1.0'), foreign('2.0')],
  ['a higher own one, if another tool wrote it', foreign('1.0'), own('2.0')],
  ['an equal one of the channel, if it is borrowed', borrowed('1.0'), own('1.0')],
  ['an equal one that another tool wrote into the channel', borrowed('1.0'), foreign('1.0')],
])('a version is omitted beside %s', (_, version, other) => {
  expect(isSuperseded(version, [other])).toBe(true);
});

test.each<[string, PublishedVersion, PublishedVersion]>([
  ['an equal version', own('1.0'), own('1.0')],
  ['a lower one', own('1.0'), own('0.9')],
  ['a higher one for fewer IDEs', own('1.0'), own('2.0', { until: '251.*' })],
  ['a higher one, if another tool wrote both', foreign('1.0'), foreign('2.0')],
  ['a higher one, if it is inside another element', { ...own('1.0'), inside: 'category' }, own('2.0')],
  ['a higher borrowed one, if it is borrowed', borrowed('1.0'), borrowed('2.0')],
  ['a lower one of the channel, if it is borrowed', borrowed('1.0'), own('0.9')],
])('a version is offered beside %s', (_, version, other) => {
  expect(isSuperseded(version, [other])).toBe(false);
});
