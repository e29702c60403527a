import { gzipSync } from 'node:zlib';
import { INDEX_PROLOG } from '../../../../src/formats/imagej/index/dtd.js';
import { gunzipIndex, gzipIndex } from '../../../../src/formats/imagej/index/gzip.js';
import { parseIndexXml } from '../../../../src/formats/imagej/index/read.js';
import { renderIndexXml } from '../../../../src/formats/imagej/index/write.js';

const A = 'a'.repeat(40);
const B = 'b'.repeat(40);

function rewrite(body: string): string {
  return renderIndexXml(parseIndexXml(Buffer.from(`<?xml version="1.0" encoding="UTF-8"?>${body}`))).slice(
    INDEX_PROLOG.length,
  );
}

describe('unknown content', () => {
  test('keeps attributes on every level, after the known ones', () => {
    expect(
      rewrite(
        `<pluginRecords id="site" xmlns:x="urn:x"><plugin coordinate="org:a:1" filename="jars/a.jar" x:y="1">` +
          `<platform since="1">linux64</platform><category kind="c">C</category>` +
          `<version sha256="ff" checksum="${A}" timestamp="2" filesize="1"><description lang="en">d</description>` +
          `<dependency optional="true" filename="jars/b.jar" timestamp="1"/><link rel="home">l</link><author orcid="0">n</author></version>` +
          `<previous-version note="old" timestamp="1" checksum="${B}"/></plugin></pluginRecords>`,
      ),
    ).toBe(`<pluginRecords id="site" xmlns:x="urn:x">
    <plugin filename="jars/a.jar" coordinate="org:a:1" x:y="1">
        <platform since="1">linux64</platform>
        <category kind="c">C</category>
        <version checksum="${A}" timestamp="2" filesize="1" sha256="ff">
            <description lang="en">d</description>
            <dependency filename="jars/b.jar" timestamp="1" optional="true"/>
            <link rel="home">l</link>
            <author orcid="0">n</author>
        </version>
        <previous-version timestamp="1" timestamp-obsolete="0" checksum="${B}" filename="jars/a.jar" note="old"/>
    </plugin>
</pluginRecords>
`);
  });

  test('keeps elements on every level in their places, with attributes, text and children', () => {
    const document = `<pluginRecords>
    <update-site name="x" url="https://example.org/" timestamp="0"/>
    <plugin filename="macros/a.ijm">
        <before/>
        <platform>linux64</platform>
        <between a="1 &amp; 2">text &lt;b&gt;</between>
        <version checksum="${A}" timestamp="2" filesize="1">
            <first/>
            <description>d</description>
            <licence name="MIT">
                <url>https://example.org/</url>
                <empty/>
            </licence>
            <author>n</author>
            <last>mixed <b>bold</b> text</last>
        </version>
        <middle/>
        <previous-version timestamp="1" timestamp-obsolete="0" checksum="${B}" filename="macros/a.ijm">
            <reason>why</reason>
        </previous-version>
        <end/>
    </plugin>
    <between-records/>
    <plugin filename="macros/b.ijm"/>
    <at-the-end>
        <deep>
            <deeper x="y">z</deeper>
        </deep>
    </at-the-end>
</pluginRecords>
`;
    expect(rewrite(document)).toBe(document);
  });

  test('does not include comments and indentation', () => {
    expect(rewrite('<pluginRecords>\n\t<x>\n\t\t<y/>\n\t<!-- no --></x>\n</pluginRecords>')).toBe(
      '<pluginRecords>\n    <x>\n        <y/>\n    </x>\n</pluginRecords>\n',
    );
  });

  test('does not turn the text around an element into white space', () => {
    const document = `<pluginRecords>
    <plugin filename="macros/a.ijm">
        <version checksum="${A}" timestamp="1" filesize="1">
            <author><name/></author>
            <author>n<orcid>0</orcid></author>
        </version>
    </plugin>
</pluginRecords>
`;
    expect(rewrite(document)).toBe(document);
  });

  test('keeps the content of both records if they are merged', () => {
    const result = rewrite(
      `<pluginRecords><plugin filename="jars/x-1.jar" /><plugin filename="jars/x-1.0.jar" a="1"><u/><previous-version timestamp="1" checksum="${B}"/></plugin>` +
        `<between/><plugin filename="jars/x-2.0.jar" b="2"><version checksum="${A}" timestamp="3" filesize="1" s="1"/></plugin><end/></pluginRecords>`,
    );
    expect(result).toBe(`<pluginRecords>
    <plugin filename="jars/x-1.jar"/>
    <between/>
    <plugin filename="jars/x-2.0.jar" b="2" a="1">
        <version checksum="${A}" timestamp="3" filesize="1" s="1"/>
        <previous-version timestamp="1" timestamp-obsolete="0" checksum="${B}" filename="jars/x-1.0.jar"/>
        <u/>
    </plugin>
    <end/>
</pluginRecords>
`);
  });
});

describe('the reader', () => {
  const inEncoding = (encoding: string) =>
    `<?xml version="1.0" encoding="${encoding}"?><pluginRecords><plugin filename="macros/é.ijm"/></pluginRecords>`;
  const utf16 = (text: string, bom: boolean) => Buffer.from(`${bom ? '\ufeff' : ''}${text}`, 'utf16le');

  test.each<[string, Buffer]>([
    ['UTF-8', Buffer.from(inEncoding('UTF-8'))],
    ['UTF-8 with a byte order mark', Buffer.from(`\ufeff${inEncoding('UTF-8')}`)],
    ['UTF-8 without a declaration', Buffer.from(inEncoding('UTF-8').replace(/<\?.*\?>/, ''))],
    ['UTF-16 LE with a byte order mark', utf16(inEncoding('UTF-16'), true)],
    ['UTF-16 LE without a byte order mark', utf16(inEncoding('UTF-16LE'), false)],
    ['UTF-16 BE', utf16(inEncoding('UTF-16'), true).swap16()],
    ['ISO-8859-1', Buffer.from(inEncoding('ISO-8859-1'), 'latin1')],
    ['windows-1252', Buffer.from(inEncoding('windows-1252'), 'latin1')],
  ])('reads %s', (_name, bytes) => {
    expect(parseIndexXml(bytes).records[0]?.filename).toBe('macros/é.ijm');
  });

  test('reads ISO-8859-1 literally, not as windows-1252 like browsers', () => {
    const bytes = Buffer.from(inEncoding('ISO-8859-1').replace('é', '\u0085'), 'latin1');
    expect(parseIndexXml(bytes).records[0]?.filename).toBe('macros/\u0085.ijm');
  });

  test.each<[string, Buffer, RegExp]>([
    [
      'an unknown encoding',
      Buffer.from(inEncoding('EBCDIC-X')),
      /encoding "ebcdic-x", which is not supported/,
    ],
    ['bytes that are invalid in the encoding', Buffer.from(inEncoding('UTF-8'), 'latin1'), /not valid utf-8/],
    [
      'a character that XML forbids',
      Buffer.from(inEncoding('UTF-8').replace('é', '\u0001')),
      /line 1 contains the character U\+0001/,
    ],
    [
      'a reference to such a character',
      Buffer.from(inEncoding('UTF-8').replace('é', '&#1;')),
      /a character that XML does not have/,
    ],
    [
      'a missing checksum',
      Buffer.from('<pluginRecords><plugin filename="a"><version timestamp="1"/></plugin></pluginRecords>'),
      /a version of a has no checksum/,
    ],
  ])('refuses %s', (_name, bytes, message) => {
    expect(() => parseIndexXml(bytes)).toThrow(message);
  });

  test('treats names from the prototype of objects like other names', () => {
    const document =
      '<pluginRecords>\n    <toString hasOwnProperty="1"/>\n    <plugin filename="a" valueOf="2"/>\n</pluginRecords>\n';
    expect(rewrite(document)).toBe(document);
    const odd = '<pluginRecords __proto__="1">\n    <constructor/>\n</pluginRecords>\n';
    expect(rewrite(odd)).toBe(odd);
  });

  test('uses the last of several versions of a record as the current one', () => {
    const { records } = parseIndexXml(
      Buffer.from(
        `<pluginRecords><plugin filename="a"><version checksum="${A}" timestamp="1" filesize="1"><author>x</author></version>` +
          `<version checksum="${B}" timestamp="2" filesize="2"><author>y</author></version></plugin></pluginRecords>`,
      ),
    );
    expect(records[0]?.current).toMatchObject({ checksum: B, authors: [{ text: 'x' }, { text: 'y' }] });
    expect(records[0]?.previous).toMatchObject([{ checksum: A, timestamp: 1, filename: 'a' }]);
  });

  test('does not follow a DOCTYPE that names a file', () => {
    const { records } = parseIndexXml(
      Buffer.from(
        '<!DOCTYPE pluginRecords SYSTEM "file:///does/not/exist.dtd"><pluginRecords><plugin filename="a"/></pluginRecords>',
      ),
    );
    expect(records).toHaveLength(1);
  });
});

describe('packing', () => {
  test('gives the same bytes for the same text, and no date', () => {
    const packed = gzipIndex('<x/>');
    expect(Buffer.from(packed).equals(Buffer.from(gzipIndex('<x/>')))).toBe(true);
    expect(Buffer.from(packed.subarray(4, 8)).readUInt32LE(0)).toBe(0);
    expect(Buffer.from(gunzipIndex(packed)).toString()).toBe('<x/>');
  });

  test('reads the output of other programs, even in several members', () => {
    const bytes = Buffer.concat([gzipSync('<pluginRec'), gzipSync('ords/>')]);
    expect(Buffer.from(gunzipIndex(bytes)).toString()).toBe('<pluginRecords/>');
  });

  test('detects every missing byte', () => {
    const packed = gzipSync('x'.repeat(100));
    for (let length = 0; length < packed.length; length++) {
      expect(() => gunzipIndex(packed.subarray(0, length))).toThrow(/is empty|not a gzip file|cut short/);
    }
  });

  test('stops unpacking at the limit', () => {
    const bomb = gzipSync(Buffer.alloc(10_000_000));
    expect(() => gunzipIndex(bomb, 1_000_000)).toThrow(/unpacks to more than the limit of 1000000 bytes/);
    expect(gunzipIndex(bomb, 10_000_000)).toHaveLength(10_000_000);
  });
});
