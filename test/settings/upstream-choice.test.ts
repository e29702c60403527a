import { UPSTREAM } from '../../src/formats/imagej/upstream-presets.js';
import { sitePath } from '../../src/model/site-path.js';
import { indexLocation, readUpstreamChoice } from '../../src/settings/upstream-choice.js';
import { formatWith } from '../support/format-with.js';
import { readOptions } from '../support/read-options.js';

const FORMAT = formatWith({ upstream: UPSTREAM, indexPaths: [sitePath('db.xml.gz')] });

function choose(...upstream: string[]) {
  const { value, faults } = readOptions({ upstream }, (options) => readUpstreamChoice(options, FORMAT));
  return {
    sites: value.upstream.map(({ name }) => name),
    java: value.java,
    faults,
    upstream: value.upstream,
  };
}

describe('the choice of upstream sites', () => {
  it.each<[string[], string[], number | undefined]>([
    [[], ['Fiji-Latest'], 21],
    [['fiji-latest'], ['Fiji-Latest'], 21],
    [['fiji-stable'], ['ImageJ', 'Fiji', 'Java-8'], 8],
    [['fiji-latest', 'fiji-stable'], ['Fiji-Latest', 'ImageJ', 'Fiji', 'Java-8'], 8],
    [['fiji-stable', 'Mine=https://example.org/mine'], ['ImageJ', 'Fiji', 'Java-8', 'Mine'], 8],
    [['A=a.xml'], ['A'], undefined],
    [['fiji-stable=db.xml', 'fiji-latest=x.xml'], ['fiji-stable', 'fiji-latest'], 8],
    [['constructor=db.xml'], ['constructor'], undefined],
    [['none'], [], undefined],
  ])('%j means the sites %j for Java %s', (given, sites, java) => {
    expect(choose(...given)).toMatchObject({ sites, java, faults: [] });
  });

  it('contains the address of the index of each site', () => {
    expect(choose('A = b/c.xml ', 'B=https://example.org/mine').upstream).toEqual([
      { name: 'A', location: 'b/c.xml' },
      { name: 'B', location: 'https://example.org/mine/db.xml.gz' },
    ]);
    expect(choose('A=https://example.org/x=y/').upstream).toEqual([
      { name: 'A', location: 'https://example.org/x=y/db.xml.gz' },
    ]);
  });

  it('is empty for a format whose users follow one site', () => {
    const read = readOptions({ upstream: ['A=a'] }, (options) =>
      readUpstreamChoice(options, formatWith({ indexPaths: [sitePath('x.xml')] })),
    );
    expect(read).toEqual({ value: { upstream: [], java: undefined }, faults: [] });
  });

  it.each([
    [['fiji-lastest'], '"fiji-lastest" is not a site. Did you mean "fiji-latest"?'],
    [['nome'], '"nome" is not a site. Did you mean "none"?'],
    [
      ['https://x.org/'],
      '"https://x.org/" is not a site. Write fiji-latest, fiji-stable, none, or NAME=URL, for example Core=https://update.imagej.net/.',
    ],
    [['constructor'], '"constructor" is not a site. Write fiji-latest, '],
    [['=https://x.org/'], '"=https://x.org/" is not a site. Write'],
    [['name-of-my-site='], '"name-of-my-site=" is not a site. Write'],
    [['A=x', 'B=x', 'A=y'], 'two sites have the name "A". Give each site a different name.'],
    [['none', 'fiji-latest'], '"none" cannot be combined with other sites. Use "none" alone, or remove it.'],
    [['A=https://me:pw@x.org/'], 'the URL contains a login. Remove the login: update sites are public.'],
  ])('%j is refused', (given, fault) => {
    expect(choose(...given).faults).toEqual([expect.stringContaining(`--upstream: ${fault}`)]);
  });

  it('is empty if "none" is combined with other sites', () => {
    expect(choose('none', 'fiji-latest')).toMatchObject({ sites: [], java: undefined });
  });
});

describe('the location of an index', () => {
  it.each([
    ['https://x.org', 'https://x.org/db.xml.gz'],
    ['https://x.org/a//', 'https://x.org/a/db.xml.gz'],
    ['HTTP://x.org/a', 'http://x.org/a/db.xml.gz'],
    ['https://x.org/db.xml', 'https://x.org/db.xml'],
    ['https://x.org/old.xml.gz', 'https://x.org/old.xml.gz'],
    ['https://x.org/db.xml?x=1', 'https://x.org/db.xml?x=1'],
    ['https://x.org/a.xml/b', 'https://x.org/a.xml/b/db.xml.gz'],
    ['https://x.org/axml', 'https://x.org/axml/db.xml.gz'],
    ['folder/db.xml.gz', 'folder/db.xml.gz'],
    ['a/https://x.org', 'a/https://x.org'],
    ['ftp://x.org/a', 'ftp://x.org/a'],
  ])('%s is %s', (location, index) => {
    const faults: string[] = [];
    expect(indexLocation(location, 'db.xml.gz', (what) => faults.push(what))).toBe(index);
    expect(faults).toEqual([]);
  });

  it.each([
    ['https://', '"https://" is not a full URL Write it in full, as in a browser.'],
    ['https://me@x.org/', 'the URL contains a login Remove the login: update sites are public.'],
    ['https://:pw@x.org/', 'the URL contains a login Remove the login: update sites are public.'],
  ])('%s is a fault', (location, fault) => {
    const faults: string[] = [];
    indexLocation(location, 'db.xml.gz', (what, hint) => faults.push(`${what} ${hint}`));
    expect(faults).toEqual([fault]);
  });
});
