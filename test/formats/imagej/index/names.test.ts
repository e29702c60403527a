import { withoutPrefixes } from '../../../../src/formats/imagej/index/names.js';
import { parseIndexXml } from '../../../../src/formats/imagej/index/read.js';
import type { SiteIndex } from '../../../../src/formats/imagej/index/site-index.js';
import { renderIndexXml, renderCheckedIndexXml } from '../../../../src/formats/imagej/index/write.js';
import { applyPlan } from '../../../../src/formats/imagej/plan/apply.js';
import type { SitePath } from '../../../../src/model/site-path.js';
import { UserError } from '../../../../src/model/user-error.js';
import { planFiles } from '../../../support/scenario.js';
import { ourVerdict } from '../../../support/xml-verdicts.js';

const A = 'a'.repeat(40);
const B = 'b'.repeat(40);
const parse = (body: string) => parseIndexXml(Buffer.from(body));

/** The index after the content of `macros/x.ijm` has changed. */
function updated(index: SiteIndex, upstream: readonly SiteIndex[] = []): SiteIndex {
  const artifact = {
    artifact: { file: 'x', destination: 'macros/x.ijm' as SitePath, size: 1, modified: 0, executable: false },
    inspection: {
      checksum: 'c'.repeat(40),
      size: 1,
      historicalChecksums: [],
      hasPluginsConfig: false,
      pom: undefined,
      ownPom: undefined,
    },
  };
  const plan = planFiles({
    onShadow: 'force',
    upstream: upstream.map((other) => ({ name: 'Other', location: 'https://other.org/', index: other })),
    index,
    artifacts: [artifact],
    now: 20260101000000,
  });
  return applyPlan(index, plan);
}

test.each([
  [
    'a version with the name of a file',
    `<plugin filename="macros/x.ijm"><version checksum="${A}" timestamp="1" filesize="1" filename="y" timestamp-obsolete="2"/></plugin>`,
  ],
  [
    'two versions with the name of a file',
    `<plugin filename="macros/x.ijm"><version checksum="${A}" timestamp="1" filesize="1" filename="y"/><version checksum="${B}" timestamp="2" filesize="1"/></plugin>`,
  ],
  [
    'a prefix that a version declares',
    `<plugin filename="macros/x.ijm"><version checksum="${A}" timestamp="1" filesize="1" xmlns:x="u" x:y="1"><x:note/></version></plugin>`,
  ],
])('an index with %s stays well-formed when the file is updated', (_, record) => {
  const index = updated(parse(`<pluginRecords>${record}</pluginRecords>`));
  expect(ourVerdict(Buffer.from(renderIndexXml(index)))).toBeUndefined();
  expect(index.records[0]?.previous).not.toHaveLength(0);
});

test('a record from another site loses content whose prefix only that site declares', () => {
  const other = parse(
    `<pluginRecords xmlns:x="u"><plugin filename="macros/x.ijm" x:a="1" b="2"><version checksum="${A}" timestamp="1" filesize="1" x:c="3"/>` +
      `<previous-version timestamp="0" checksum="${B}" x:d="4"><x:e/></previous-version><x:f/></plugin></pluginRecords>`,
  );
  const written = renderIndexXml(updated(parse('<pluginRecords/>'), [other]));
  expect(ourVerdict(Buffer.from(written))).toBeUndefined();
  expect(written).toContain(`checksum="${B}"`);
});

test('refuses to write an index that updaters cannot read', () => {
  const index = parse(`<pluginRecords xmlns:x="u" x:a="1"><plugin filename="a"/></pluginRecords>`);
  expect(renderCheckedIndexXml(index)).toContain('x:a="1"');
  const attributes = index.attributes.filter(({ name }) => name === 'x:a');
  expect(() => renderCheckedIndexXml({ ...index, attributes })).toThrow(UserError);
  expect(() => renderCheckedIndexXml({ ...index, attributes })).toThrow(/the prefix "x" is not declared/);
  const [record] = parse('<pluginRecords><plugin filename="a"/></pluginRecords>').records;
  expect(() =>
    renderCheckedIndexXml({
      records: record ? [{ ...record, filename: 'a\u0001' }] : [],
      attributes: [],
      unknown: [],
    }),
  ).toThrow(/a character that XML forbids/);
});

test.each([
  ['a declaration of an entity', '<!ENTITY x "y">'],
  ['a declaration of attributes', '<!ATTLIST plugin x CDATA "y">'],
  ['a declaration of an element', '<!ELEMENT plugin ANY>'],
  ['a name that XML 1.0 forbids', '<a⁰/>'],
  ['an element with such a name inside', '<a><𐀀/></a>'],
  ['an element without its prefix', '<x:y/>'],
  ['an attribute twice', '<a b="1" b="1"/>'],
])('refuses an index with %s in its body', (_, piece) => {
  expect(() => parse(`<pluginRecords>${piece}<plugin filename="a"/></pluginRecords>`)).toThrow(
    /not well-formed XML \(line 1/,
  );
  // Also in a document as this program writes it: its own output is not trusted.
  const written = renderIndexXml(parse('<pluginRecords><z/><plugin filename="a"/></pluginRecords>'));
  expect(written).toContain('<z/>');
  expect(() => parse(written)).not.toThrow();
  expect(() => parse(written.replace('<z/>', piece))).toThrow(/not well-formed XML \(line 4/);
});

test.each([
  ['9007199254740993', 'too large a number'],
  ['1'.repeat(400), 'too large a number'],
  ['x', 'not a number'],
])('refuses the timestamp %s of an index, which is %s', (timestamp, what) => {
  const version = `<version checksum="${'a'.repeat(40)}" timestamp="${timestamp}"/>`;
  const xml = `<pluginRecords><plugin filename="a">${version}</plugin></pluginRecords>`;
  expect(() => parseIndexXml(Buffer.from(xml))).toThrow(`which is ${what}`);
});

test.each([
  ['<note>text<b c="1">more</b></note>', true],
  ['<note>text<x:b/></note>', false],
  ['<note><b><c x:d="1"/></b>text</note>', false],
  ['<note x:a="1"/>', false],
  ['<x:note/>', false],
])('an element of another site is kept only without prefixes at any depth: %s', (element, isKept) => {
  const version = `<previous-version timestamp="1" checksum="${A}">${element}</previous-version>`;
  const [record] = parse(
    `<pluginRecords xmlns:x="u"><plugin filename="a">${version}${element}</plugin></pluginRecords>`,
  ).records;
  const moved = record && withoutPrefixes(record);
  expect(moved?.unknown).toEqual(isKept ? record?.unknown : []);
  expect(moved?.previous[0]?.unknown).toEqual(isKept ? record?.previous[0]?.unknown : []);
});
