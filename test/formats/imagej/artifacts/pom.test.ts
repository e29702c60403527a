import { inspectArtifact, MAX_POM_BYTES } from '../../../../src/formats/imagej/artifacts/inspect.js';
import { pomOf, readPom } from '../../../../src/formats/imagej/artifacts/pom.js';
import { byteSourceOf } from '../../../../src/model/byte-source.js';
import { makeZip } from '../../../support/zip.js';

const read = (body: string) => readPom(Buffer.from(body));

describe('the reader of POMs', () => {
  test('returns description, authors and folder, without trimming texts', () => {
    expect(
      read(
        `<project xmlns="http://maven.apache.org/POM/4.0.0"><name>n</name><description>  a &amp;\n <![CDATA[<b>]]> </description>` +
          `<organization><name>no author</name></organization><developers><developer><id>x</id><name>Å</name></developer><developer/>` +
          `<developer><name> B </name></developer></developers><contributors><contributor><name>no</name></contributor></contributors>` +
          `<properties><scijava.app.subdirectory> plugins/X </scijava.app.subdirectory></properties></project>`,
      ),
    ).toEqual({ pom: { description: '  a &\n <b> ', authors: ['Å', ' B '], subdirectory: 'plugins/X' } });
  });

  test.each([
    ['<project/>'],
    ['<project><description/><developers/></project>'],
    [
      '<project><parent><description>no</description></parent><build><description>no</description></build></project>',
    ],
    ['<other><description>no</description></other>'],
    ['<project><properties><scijava.app.subdirectory>${x}</scijava.app.subdirectory></properties></project>'],
    ['<!DOCTYPE project SYSTEM "http://maven.apache.org/maven.dtd"><project/>'],
    ['<!DOCTYPE project [<!ENTITY a "b">]><project/>'],
  ])('finds no metadata in %s', (body) => {
    expect(read(body)).toEqual({ pom: { description: undefined, authors: [], subdirectory: undefined } });
  });

  test.each([
    ['', /no element/],
    ['<project>', /not well-formed/],
    ['<project/><x/>', /outside of the root/],
    ['<project><description>&nope;</description></project>', /the entity &nope; is not declared/],
    ['<project xsi:schemaLocation="a b"/>', /the prefix "xsi" is not declared/],
    [
      '<!DOCTYPE project [<!ENTITY a "b">]><project><description>&a;</description></project>',
      /uses the entity &a; that it declares itself/,
    ],
    [`<project>${'<a>'.repeat(200)}${'</a>'.repeat(200)}</project>`, /nested more than 200 deep/],
  ])('returns an error for %j', (body, fault) => {
    expect(read(body)).toMatchObject({ fault: expect.stringMatching(fault) as string });
  });

  test('uses the last of repeated elements that is not empty', () => {
    const property = (text: string) => `<scijava.app.subdirectory>${text}</scijava.app.subdirectory>`;
    expect(
      read(
        '<project><description>a</description><description>b</description><description/>' +
          `<properties>${property('x')}${property('y')}${property(' ')}${property('${z}')}</properties></project>`,
      ),
    ).toEqual({ pom: { description: 'b', authors: [], subdirectory: 'y' } });
  });

  test('reads the first POM in the order of the archive, up to a maximum size', async () => {
    const inspect = (entries: [string, string | Buffer][]) => {
      const zip = makeZip(entries.map(([name, content]) => ({ name, content })));
      return inspectArtifact(byteSourceOf(zip), 'jars/a.jar', 'a.jar', []);
    };
    const pom = (text: string) => `<project><description>${text}</description></project>`;
    const two = await inspect([
      ['META-INF/maven/z/z/pom.xml', pom('first')],
      ['META-INF/maven/a/a/pom.xml', pom('second')],
    ]);
    expect(pomOf(two)).toMatchObject({ pom: { description: 'first' } });
    expect(
      (
        await inspect([
          ['META-INF/maven/pom.properties', ''],
          ['pom.xml', pom('no')],
        ])
      ).pom,
    ).toBeUndefined();
    expect(
      (await inspect([['META-INF/maven/g/a/pom.xml', Buffer.alloc(MAX_POM_BYTES + 1)]])).pom,
    ).toMatchObject({
      fault: expect.stringContaining('is larger than the limit') as string,
    });
  });
});
