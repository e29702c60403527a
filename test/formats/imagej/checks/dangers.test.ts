import { checkDangers } from '../../../../src/formats/imagej/checks/dangers.js';
import type { ImageJChange } from '../../../../src/formats/imagej/change.js';
import { imagejChange, imagejIndex, imagejSite, type RecordSpec } from '../../../support/imagej-site.js';

type Files = Readonly<Record<string, RecordSpec>>;

function check(
  published: readonly ImageJChange[],
  {
    site = {},
    remove = [],
    upstream = {},
  }: { site?: Files; remove?: readonly string[]; upstream?: Files } = {},
) {
  const index = imagejIndex(site);
  const removed = index.records
    .filter(({ filename }) => remove.includes(filename))
    .map((record) => ({ record, reason: 'removed by request' }));
  return checkDangers(published, removed, index, [imagejSite('Fiji', upstream)]);
}

const codes = (problems: ReturnType<typeof check>) =>
  problems.map(({ severity, code, path }) => `${severity} ${code} ${path ?? ''}`);

describe('a new name in place of one that is removed', () => {
  const message =
    'macros/a.ijm replaces macros/A.ijm, which differs only in upper and lower case, or in how its characters are encoded. On Windows and macOS, an updater that deletes macros/A.ijm may also delete macros/a.ijm.';
  const site = { 'macros/A.ijm': {} };

  it('causes a warning if only case differs', () => {
    expect(check([imagejChange('macros/a.ijm')], { site, remove: ['macros/A.ijm'] })).toEqual([
      {
        severity: 'warning',
        code: 'same-name',
        path: 'macros/a.ijm',
        message,
        hint: 'Keep the name on the site, with the destination "macros/A.ijm", or choose a clearly different one.',
      },
    ]);
  });

  it.each(['update', 'rename'] as const)('needs two publications if the site has both: %s', (kind) => {
    const [problem] = check([imagejChange('macros/a.ijm', { kind })], { site, remove: ['macros/A.ijm'] });
    expect(problem).toMatchObject({
      message,
      hint: 'Remove macros/A.ijm in a separate publication, and publish macros/a.ijm in a later one.',
    });
  });

  it('is accepted if more differs', () => {
    expect(check([imagejChange('macros/b.ijm')], { site, remove: ['macros/A.ijm'] })).toEqual([]);
    expect(check([imagejChange('macros/A.ijm')], { site, remove: ['macros/A.ijm'] })).toEqual([]);
  });
});

test('all checks of names and sizes run', () => {
  const published = [
    imagejChange('macros/é.ijm'),
    imagejChange('macros/x#.ijm'),
    imagejChange('macros/b.ijm', { size: 0 }),
    imagejChange('macros/C.ijm'),
    imagejChange('jars/D-1.0.jar'),
    imagejChange('macros/E.ijm'),
  ];
  const site = { 'macros/c.ijm': {}, 'jars/d-1.1.jar': {}, 'macros/empty.ijm': { size: 0 } };
  expect(codes(check(published, { site, upstream: { 'macros/e.ijm': {} } }))).toEqual([
    'error unfetchable-name macros/x#.ijm',
    'warning non-ascii-name macros/é.ijm',
    'error same-name macros/C.ijm',
    'warning same-name jars/D-1.0.jar',
    'error same-name macros/E.ijm',
    'error empty-file macros/b.ijm',
    'warning empty-file macros/empty.ijm',
  ]);
});

test('files that this publication replaces or removes, and obsolete ones, are not compared', () => {
  const bad = { 'macros/a#.ijm': { size: 0 } };
  expect(codes(check([], { site: bad }))).toEqual([
    'warning unfetchable-name macros/a#.ijm',
    'warning empty-file macros/a#.ijm',
  ]);
  expect(check([], { site: bad, remove: ['macros/a#.ijm'] })).toEqual([]);
  expect(check([], { site: { 'macros/a#.ijm': { obsolete: true } } })).toEqual([]);
  // The version that the site has is replaced.
  expect(
    check([imagejChange('jars/a-1.1.jar', { kind: 'update' })], { site: { 'jars/a-1.0.jar': { size: 0 } } }),
  ).toEqual([]);
});
