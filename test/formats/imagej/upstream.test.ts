import { format } from '../../../src/formats/imagej/format.js';
import { servedUpstream, upstreamFiles } from '../../../src/formats/imagej/upstream.js';
import { UPSTREAM } from '../../../src/formats/imagej/upstream-presets.js';
import { imagejIndex, imagejSite } from '../../support/imagej-site.js';

test('the files of upstream sites start with the one that users get', () => {
  const sites = [
    imagejSite('A', { 'jars/lib-1.0.jar': {} }),
    imagejSite('B', { 'jars/lib-2.0.jar': {}, 'jars/b.jar': {} }),
    imagejSite('C', { 'jars/lib-3.0.jar': { obsolete: true } }),
  ];
  const names = upstreamFiles('jars/lib.jar', sites).map(
    ({ site, record }) => `${site.name} ${record.filename}`,
  );
  expect(names).toEqual(['C jars/lib-3.0.jar', 'B jars/lib-2.0.jar', 'A jars/lib-1.0.jar']);
  expect(servedUpstream('jars/lib.jar', sites)?.site.name).toBe('B');
  expect(servedUpstream('jars/none.jar', sites)).toBeUndefined();
});

test('the presets are the sites of the editions of Fiji', () => {
  expect(UPSTREAM).toEqual({
    usual: 'fiji-latest',
    presets: {
      'fiji-latest': {
        sites: [{ name: 'Fiji-Latest', location: 'https://sites.imagej.net/Fiji/db.xml.gz' }],
        java: 21,
      },
      'fiji-stable': {
        sites: [
          { name: 'ImageJ', location: 'https://update.imagej.net/db.xml.gz' },
          { name: 'Fiji', location: 'https://update.fiji.sc/db.xml.gz' },
          { name: 'Java-8', location: 'https://sites.imagej.net/Java-8/db.xml.gz' },
        ],
        java: 8,
      },
    },
  });
});

describe('the format', () => {
  it('has one index', () => {
    expect(format.name).toBe('imagej');
    expect(format.indexPaths).toEqual(['db.xml.gz']);
    const names = ['db.xml.gz', 'db.xml', 'db.xmlxgz', 'xdb.xml', 'db.xml.gz.bak', 'dbxxml'];
    expect(names.filter((name) => format.isIndexName(name))).toEqual(['db.xml.gz', 'db.xml']);
  });

  it('reads the index that it writes', () => {
    const index = imagejIndex({ 'jars/a.jar': { needs: ['jars/b.jar'] }, 'jars/b.jar': { obsolete: true } });
    const files = format.renderIndex(index);
    expect(files.map(({ path }) => path)).toEqual(['db.xml.gz']);
    const read = format.parseIndex(new Map(files.map(({ path, bytes }) => [path, bytes])), undefined);
    expect(read).toEqual(index);
    expect(format.payloadsOf(index)).toEqual(['jars/a.jar-20250101000000']);
    expect(format.parseIndex(new Map(), undefined).records).toEqual([]);
  });

  it('repeats an inspection only if its checksums are not sufficient', () => {
    const inspection = {
      checksum: 'c',
      size: 1,
      historicalChecksums: undefined,
      hasPluginsConfig: false,
      pom: undefined,
      ownPom: undefined,
    };
    const isEnough = (...knownChecksums: string[]) =>
      format.reading?.isEnough(inspection, { sitePath: 'jars/a.jar', knownChecksums });
    expect([isEnough('c'), isEnough('x'), isEnough()]).toEqual([true, false, true]);
  });
});
