import fc from 'fast-check';
import type {
  Dependency,
  PluginRecord,
  PreviousVersion,
  SiteIndex,
  TextValue,
  Version,
} from '../../src/formats/imagej/index/site-index.js';
import type { XmlElement } from '../../src/xml/element.js';

const sha1 = fc.stringMatching(/^[0-9a-f]{40}$/);
const timestamp = fc.integer({ min: 0, max: 20300101000000 });
/** Text with all characters that must be escaped. */
const text = fc
  .array(
    fc.constantFrom(
      ...'abc <>&"\'\t\n\r]é日'.split(''),
      '😀',
      '  ',
      '&amp;',
      ']]>',
      '<!--',
      '\u00a0',
      '\u2028',
    ),
    { maxLength: 8 },
  )
  .map((parts) => parts.join(''));
const name = fc.stringMatching(/^x-[a-z]{1,6}$/);
const attributes = fc.uniqueArray(fc.record({ name: name.map((own) => `${own}-a`), value: text }), {
  selector: (attribute) => attribute.name,
  maxLength: 2,
});

/** Elements never contain only white space, because the reader does not keep white space between elements. */
const { element } = fc.letrec<{ element: XmlElement }>((tie) => ({
  element: fc.record({
    name,
    attributes,
    children: fc.oneof(
      { depthSize: 'small' },
      fc.constant([]),
      text.filter((value) => value !== '').map((value) => [value]),
      fc.array(tie('element'), { minLength: 1, maxLength: 2 }),
    ),
  }),
}));
const elements = fc.array(element, { maxLength: 1 });
const textValue: fc.Arbitrary<TextValue> = fc.record({ text, attributes, unknown: fc.constant([]) });
const texts = fc.uniqueArray(textValue, { selector: (value) => value.text, maxLength: 3 });
const platforms = fc.uniqueArray(
  fc.record({
    text: fc.constantFrom('linux64', 'macosx', 'win64', 'winx'),
    attributes,
    unknown: fc.constant([]),
  }),
  { selector: (value) => value.text, maxLength: 2 },
);

function unknown<G extends string>(groups: readonly G[], maxCount: number) {
  return fc
    .array(fc.record({ element, group: fc.nat(groups.length - 1), count: fc.nat(maxCount) }), {
      maxLength: 2,
    })
    .map((list) =>
      [...list]
        .sort((a, b) => a.group - b.group || a.count - b.count)
        .map((place) => ({ ...place, group: groups[place.group] as G })),
    );
}

const dependency: fc.Arbitrary<Dependency> = fc.record({
  filename: fc.stringMatching(/^jars\/[a-z]{1,5}\.jar$/),
  timestamp,
  overrides: fc.boolean(),
  attributes,
  unknown: elements,
});
const version: fc.Arbitrary<Version> = fc.record({
  checksum: sha1,
  timestamp,
  filesize: fc.nat(),
  description: fc.option(textValue, { nil: undefined }),
  dependencies: fc.uniqueArray(dependency, { selector: (value) => value.filename, maxLength: 2 }),
  links: texts,
  authors: texts,
  attributes,
  unknown: unknown(['description', 'dependency', 'link', 'author'] as const, 0),
});
const previous: fc.Arbitrary<PreviousVersion> = fc.record({
  timestamp,
  timestampObsolete: timestamp,
  checksum: sha1,
  filename: text.filter((value) => value !== '').map((value) => `jars/${value}.jar`),
  attributes,
  unknown: elements,
});
const record: fc.Arbitrary<PluginRecord> = fc.record({
  // The name has no version, because it identifies the record.
  filename: fc.stringMatching(/^(jars|plugins|macros)\/[a-zA-Z_é日 &<]{1,8}\.(jar|ijm)$/),
  executable: fc.boolean(),
  platforms,
  categories: texts,
  current: fc.option(version, { nil: undefined, freq: 4 }),
  previous: fc.uniqueArray(previous, {
    selector: (value) => `${value.timestamp}:${value.checksum}`,
    maxLength: 3,
  }),
  attributes,
  unknown: unknown(['platform', 'category', 'version', 'previous-version'] as const, 0),
});

/** Any index that a current or future updater could have written. */
export const arbitraryIndex: fc.Arbitrary<SiteIndex> = fc.record({
  records: fc.uniqueArray(record, { selector: (value) => value.filename, maxLength: 6 }),
  attributes,
  unknown: unknown(['plugin'] as const, 0),
});
