import { availabilityAfter } from '../../../../src/formats/imagej/dependencies/availability.js';
import { imagejChange, imagejIndex, imagejSite } from '../../../support/imagej-site.js';

const [OWN, THEIRS] = ['c'.repeat(40), 'd'.repeat(40)];
const index = imagejIndex({
  'jars/own-1.0.jar': { checksum: OWN, timestamp: 20250202000000 },
  'jars/both-2.0.jar': { checksum: OWN },
  'jars/old-1.0.jar': { obsolete: true },
  'plugins/moved.jar': {},
  'macros/a.ijm': {},
});
const upstream = [
  imagejSite('Core', {
    'jars/core-1.0.jar': { checksum: THEIRS },
    'jars/moved.jar': {},
    'jars/x/late.jar': {},
  }),
  imagejSite('Fiji', {
    'jars/both-1.0.jar': { checksum: THEIRS },
    'jars/old-1.1.jar': { checksum: THEIRS },
    'jars/past.jar': { obsolete: true },
    'jars/late.jar': {},
  }),
];

describe('the files that users can get', () => {
  const available = availabilityAfter(index, [], upstream);

  it('are those of the site, and then those of the upstream sites', () => {
    expect(available.find('jars/own.jar')).toEqual({
      component: 'jars/own.jar',
      path: 'jars/own-1.0.jar',
      timestamp: 20250202000000,
      checksum: OWN,
      site: undefined,
    });
    expect(available.find('jars/both.jar')).toMatchObject({ path: 'jars/both-2.0.jar', site: undefined });
    expect(available.find('jars/core.jar')).toEqual({
      component: 'jars/core.jar',
      path: 'jars/core-1.0.jar',
      timestamp: 20250101000000,
      checksum: THEIRS,
      site: 'Core',
    });
    expect(available.find('jars/old.jar')).toMatchObject({ path: 'jars/old-1.1.jar', site: 'Fiji' });
    expect(available.find('macros/a.ijm')).toMatchObject({ path: 'macros/a.ijm' });
  });

  it('do not include obsolete or unknown ones', () => {
    expect(available.find('jars/past.jar')).toBeUndefined();
    expect(available.find('jars/none.jar')).toBeUndefined();
    expect(available.findJar('past.jar')).toBeUndefined();
    expect(available.findJar('a.ijm')).toBeUndefined();
  });

  it('are found by name in any folder: the site first, then later upstream sites', () => {
    expect([...available.jarNames].sort()).toEqual([
      'both.jar',
      'core.jar',
      'late.jar',
      'moved.jar',
      'old.jar',
      'own.jar',
    ]);
    expect(available.findJar('moved.jar')).toMatchObject({ path: 'plugins/moved.jar', site: undefined });
    expect(available.findJar('late.jar')).toMatchObject({ path: 'jars/late.jar', site: 'Fiji' });
  });
});

describe('a publication', () => {
  it('adds files without a timestamp', () => {
    const available = availabilityAfter(
      index,
      [imagejChange('jars/own-1.1.jar', { kind: 'update' }), imagejChange('plugins/late.jar')],
      upstream,
    );
    expect(available.find('jars/own.jar')).toEqual({
      component: 'jars/own.jar',
      path: 'jars/own-1.1.jar',
      timestamp: undefined,
      checksum: 'b'.repeat(40),
      site: undefined,
    });
    expect(available.findJar('late.jar')).toMatchObject({ path: 'plugins/late.jar' });
  });

  it('removes files, so that users may get those of an upstream site', () => {
    const remove = ['jars/own-1.0.jar', 'jars/both-2.0.jar'].map((path) =>
      imagejChange(path, { kind: 'remove' }),
    );
    const available = availabilityAfter(index, remove, upstream);
    expect(available.find('jars/own.jar')).toBeUndefined();
    expect(available.findJar('own.jar')).toBeUndefined();
    expect(available.find('jars/both.jar')).toMatchObject({ path: 'jars/both-1.0.jar', site: 'Fiji' });
  });

  it('keeps files whose metadata it changes', () => {
    const available = availabilityAfter(
      index,
      [imagejChange('jars/own-1.0.jar', { kind: 'metadata' })],
      upstream,
    );
    expect(available.find('jars/own.jar')).toMatchObject({ timestamp: 20250202000000, checksum: OWN });
  });
});
