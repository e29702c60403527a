import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { IMAGEJ_FIXTURES } from './fixtures.js';

/** Returns a whole number from 0 to `bound` - 1. */
export type Random = (bound: number) => number;

/** Creates a generator with the same numbers for the same seed (mulberry32). */
function createRandom(seed: number): Random {
  let state = seed >>> 0;
  return (bound) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * bound);
  };
}

const POM = `<?xml version="1.0" encoding="UTF-8"?>
<!-- a POM -->
<project xmlns="http://maven.apache.org/POM/4.0.0" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="http://maven.apache.org/POM/4.0.0 http://maven.apache.org/xsd/maven-4.0.0.xsd">
  <modelVersion>4.0.0</modelVersion><groupId>org.example</groupId>
  <description>A &amp; b &lt; c &#233; <![CDATA[<b>]]></description>
  <developers><developer><name>José</name></developer></developers>
</project>
`;
const DESCRIPTOR = `<?xml version='1.0' encoding='UTF-8'?>
<!DOCTYPE idea-plugin PUBLIC "Plugin/DTD" "http://plugins.intellij.net/plugin.dtd">
<idea-plugin xmlns:xi="http://www.w3.org/2001/XInclude" package='org.example'>
  <id>org.example</id><name>Example</name><?note now?>
  <xi:include href="/META-INF/more.xml"><xi:fallback/></xi:include>
  <description><![CDATA[<p>ü</p>]]></description>
</idea-plugin>
`;
const REPOSITORY = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<!-- by hand -->
<plugins xmlns:x="urn:x" note='a > b'>
  <plugin id="a" url="https://example.org/a.zip?x&amp;y" version="1" x:rank="1"><idea-version since-build="231"/></plugin>
</plugins>
`;

/** Small documents with each feature of XML. */
const SMALL: readonly string[] = [
  '<a/>',
  '<?xml version="1.0"?><a b="c" d=\'e\'/>',
  "<?xml version='1.0' encoding='UTF-8' standalone='no' ?>\n<a></a >",
  '<a b = "1"\n\tc\r\n= "2" ><!-- - --><?p q?><![CDATA[]]]]>&#x10FFFF;</a>\n<!----><?p?>\n',
  '<a xmlns="u" xmlns:p="v"><p:b p:c="1" c="2"/><b xmlns=""/></a>',
  '<a xmlns:p="u" xmlns:q="w"><b p:c="1" q:c="2"/><p:d xmlns:p="x"/></a>',
  '<a xml:lang="en" xml:space="preserve" xmlns:xml="http://www.w3.org/XML/1998/namespace"/>',
  '<é ö="ü">日本😀<ab·c.d-e_f/></é>',
  '<!DOCTYPE a SYSTEM "a.dtd"><a/>',
  '<!DOCTYPE a PUBLIC "-//A//B" \'a.dtd\' [ ]><a>&lt;</a>',
  '<!DOCTYPE a [<!ELEMENT a (#PCDATA|b)*><!ELEMENT b EMPTY><!ATTLIST b c CDATA #IMPLIED>]><a>x<b c="1"/></a>',
  `<!DOCTYPE a [
<!ELEMENT a ((b?, c+) | (d | e)*)?>
<!ELEMENT b ( #PCDATA )> <!ELEMENT c ANY>
<!ATTLIST a b CDATA "x" c (u|v|1) 'u' d NMTOKENS #FIXED "n m" e ID #REQUIRED f IDREFS #IMPLIED g ENTITY #IMPLIED>
<!-- a comment --><?p i?>
]><a e="i"><b>t</b><c/></a>`,
  `<!DOCTYPE a [<!ENTITY e "a&#38;b &lt; 'c'"><!ENTITY f SYSTEM "f.xml"><!ENTITY g PUBLIC "p" "g.gif" NDATA gif>]><a b="&amp;"/>`,
  '<!DOCTYPE a [<!ATTLIST a xmlns CDATA "u" xmlns:p CDATA #IMPLIED p:b CDATA #IMPLIED xml:lang CDATA "en">]><a xmlns:p="v" p:b="1"/>',
  '<!DOCTYPE a [<!NOTATION n SYSTEM "n"><!ENTITY % p "q">%p;]><a/>',
  `<a>${'<b>'.repeat(20)}${'</b>'.repeat(20)}</a>`,
];

/** Returns documents of every kind that clients parse. */
export function seedDocuments(): readonly Buffer[] {
  const folder = path.join(IMAGEJ_FIXTURES, 'indexes');
  const indexes = readdirSync(folder).flatMap((name) =>
    readdirSync(path.join(folder, name))
      .filter((file) => file.endsWith('.xml'))
      .map((file) => readFileSync(path.join(folder, name, file))),
  );
  return [...indexes, ...[POM, DESCRIPTOR, REPOSITORY, ...SMALL].map((text) => Buffer.from(text))];
}

const PIECES: readonly string[] = [
  ...[
    '<',
    '>',
    '/',
    '/>',
    '</',
    '"',
    "'",
    '&',
    ';',
    '=',
    ' ',
    '[',
    ']',
    '(',
    ')',
    '|',
    ',',
    '*',
    '?',
    '+',
    '%',
    '#',
    ':',
    '-',
    '!',
  ],
  ...[
    '<!--',
    '-->',
    '--',
    '<![CDATA[',
    ']]>',
    '<?',
    '?>',
    '<?p q?>',
    '<?xml?>',
    '<?XML x?>',
    '<?p:q?>',
    '<?xml-style x?>',
  ],
  ...[
    '<!DOCTYPE a>',
    '<!DOCTYPE a [',
    ']>',
    '<!ENTITY e "x">',
    '<!ENTITY % e "x">',
    '<!ENTITY e SYSTEM "u">',
    '%e;',
    '&e;',
  ],
  ...[
    '<!ELEMENT a ANY>',
    '<!ATTLIST a b CDATA "x">',
    '<!ATTLIST a x:b CDATA "x">',
    '<!ATTLIST a xmlns:x CDATA "u">',
    '<!NOTATION n SYSTEM "u">',
  ],
  ...[
    '<!ATTLIST a xmlns CDATA "http://www.w3.org/2000/xmlns/">',
    '<!ATTLIST a b CDATA "<">',
    '<!ATTLIST a b (x|y) "&e;">',
    '<![INCLUDE[',
    '<![IGNORE[',
  ],
  ...[
    '&#0;',
    '&#1;',
    '&#x110000;',
    '&#xD800;',
    '&#xFFFE;',
    '&#65;',
    '&#x41;',
    '&#X41;',
    '&#;',
    '&lt;',
    '&amp',
    '&nbsp;',
    '&apos;',
    '& amp;',
    '&a:b;',
  ],
  ...[
    '\u0000',
    '\u0001',
    '\u007f',
    '\u0085',
    '\u00a0',
    '\u2028',
    '\ufeff',
    '\ufffd',
    '\ufffe',
    '\uffff',
    '\ud800\udc00',
    '\r',
    '\r\n',
    '\t',
    '\n',
    '\f',
  ],
  ...[
    'é',
    '·',
    '×',
    '⁰',
    'ͅ',
    '𐀀',
    '日',
    '\u0132',
    '\u0e46',
    '\u3007',
    '\ud7a4',
    '\u0221',
    '\u0487',
    '\u06dd',
    '\u212f',
  ],
  ...[
    '<a/>',
    '<a>',
    '</a>',
    '<b:c/>',
    '<a:/>',
    '<:a/>',
    '<a:b:c/>',
    '<xml:a/>',
    '<xmlns:a/>',
    '<-a/>',
    '<1/>',
    '<a b/>',
    '<a b=c/>',
    '<a b="1"c="2"/>',
    '<a b="1" b="2"/>',
  ],
  ...[
    ' b="c"',
    ' filename="x"',
    ' x:y="1"',
    ' xmlns="u"',
    ' xmlns=""',
    ' xmlns:p="u"',
    ' xmlns:q="u"',
    ' xmlns:p=""',
    ' xmlns:p=" "',
    ' p:c="1"',
    ' q:c="2"',
    ' xmlns:xml="u"',
    ' xmlns:xmlns="u"',
  ],
  ...[
    ' xmlns:p="http://www.w3.org/XML/1998/namespace"',
    ' xmlns="http://www.w3.org/XML/1998/namespace"',
    ' xmlns:p="http://www.w3.org/2000/xmlns/"',
    ' xmlns="http://www.w3.org/2000/xmlns/"',
    ' xmlns:xml="http://www.w3.org/XML/1998/namespace"',
    ' xml:space="x"',
    ' xml:lang=""',
    ' xmlns:a:b="u"',
    ' :b="1"',
    ' b:="1"',
  ],
  ...[
    '<?xml version="1.0"?>',
    '<?xml version="1.1"?>',
    '<?xml version="1.2"?>',
    '<?xml version="2.0"?>',
    '<?xml version="1.0" encoding="US-ASCII"?>',
    '<?xml version="1.0" encoding="ISO-8859-1"?>',
    '<?xml encoding="UTF-8"?>',
    '<?xml version="1.0" standalone="yes" encoding="UTF-8"?>',
  ],
  ...[
    ' version="1.0"',
    ' encoding="UTF-8"',
    ' encoding=""',
    ' encoding="x y"',
    ' encoding="utf8"',
    ' standalone="yes"',
    ' standalone="maybe"',
    ' standalone="no"',
  ],
  ...[
    'EMPTY',
    'ANY',
    '#PCDATA',
    '#REQUIRED',
    '#IMPLIED',
    '#FIXED ',
    'CDATA ',
    'ID ',
    'NMTOKEN ',
    'NOTATION (n) ',
    'SYSTEM "u"',
    'PUBLIC "p" "u"',
    'PUBLIC "{" "u"',
    ' NDATA n',
    'SYSTEM ',
    'PUBLIC ',
    '<!',
    '<!ELEMENT ',
    '<!ATTLIST ',
    '<!ENTITY ',
  ],
];
const ENCODINGS = [
  'UTF-8',
  'utf-8',
  'UTF-16',
  'UTF-16LE',
  'UTF-16BE',
  'ISO-8859-1',
  'US-ASCII',
  'windows-1252',
  'latin1',
  'UTF8',
  'x',
];

/** Changes a seed in one to five places, sometimes with bytes outside its encoding. The same for the same number. */
export function mutatedDocument(seeds: readonly Buffer[], number: number): Buffer {
  const random = createRandom(number * 7919 + 1);
  const pick = <T>(list: readonly T[]): T => list[random(list.length)] as T;
  let text = pick(seeds).toString('utf8');
  if (text.length > 3000 && random(4) > 0) text = shortened(text, random);
  for (let edits = random(3) === 0 ? 1 + random(5) : 1; edits > 0; edits--) {
    const at = random(text.length + 1);
    const end = at + random(pick([2, 4, 12, 60]));
    switch (random(10)) {
      case 0:
        text = text.slice(0, at) + text.slice(end);
        break;
      case 1:
        text = text.slice(0, end) + text.slice(at);
        break;
      case 2: {
        const other = pick(seeds).toString('utf8');
        const from = random(other.length);
        text = text.slice(0, at) + other.slice(from, from + 1 + random(40)) + text.slice(at);
        break;
      }
      case 3:
        text = text.slice(0, at) + pick(PIECES) + text.slice(end);
        break;
      case 4:
        text =
          text.slice(0, at) +
          String.fromCodePoint(
            pick([random(0x80), random(0x300), random(0xd800), 0x10000 + random(0xfffff)]),
          ) +
          text.slice(at + random(2));
        break;
      case 5: {
        // Changes beside markup have the most effects.
        const marks = [...text.matchAll(/[<>"'=&;[\]()\s]/g)];
        const mark = (marks.length === 0 ? 0 : pick(marks).index) + random(2);
        text = text.slice(0, mark) + pick(PIECES) + text.slice(mark);
        break;
      }
      case 6:
        text = text.replace(
          / encoding=(["'])[^"']*\1/,
          random(3) === 0 ? '' : ` encoding="${pick(ENCODINGS)}"`,
        );
        break;
      case 7:
        if (random(6) === 0) text = text.slice(0, at);
        break;
      default:
        text = text.slice(0, at) + pick(PIECES) + text.slice(at);
    }
  }
  return encoded(text, random);
}

/** Returns the head of an index, and one of its records. */
function shortened(text: string, random: Random): string {
  const records = [...text.matchAll(/<plugin [^]*?<\/plugin>/g)];
  const first = records[0];
  const last = records.at(-1);
  if (!first || !last) return text;
  const kept = records[random(records.length)]?.[0] ?? '';
  return text.slice(0, first.index) + kept + text.slice(last.index + last[0].length);
}

function encoded(text: string, random: Random): Buffer {
  switch (random(25)) {
    case 0:
      return Buffer.from(text, 'utf16le');
    case 1:
      return Buffer.from(`\ufeff${text}`, 'utf16le');
    case 2:
      return Buffer.from(text.length % 2 ? `\ufeff${text}` : text, 'utf16le').swap16();
    case 3:
      return Buffer.from(text, 'latin1');
    case 4:
      return Buffer.from(`\ufeff${text}`);
    case 5: {
      const bytes = Buffer.from(text);
      for (let flips = 1 + random(3); flips > 0 && bytes.length > 0; flips--)
        bytes[random(bytes.length)] = random(256);
      return bytes;
    }
    case 6: {
      const bytes = Buffer.from(text);
      const bad = [
        [0xc0, 0x80],
        [0xed, 0xa0, 0x80],
        [0xf4, 0x90, 0x80, 0x80],
        [0xe0, 0x80, 0xaf],
        [0xff],
        [0xc3],
        [0xef, 0xbf, 0xbe],
        [0x80],
      ];
      const at = random(bytes.length + 1);
      return Buffer.concat([
        bytes.subarray(0, at),
        Buffer.from(bad[random(bad.length)] as number[]),
        bytes.subarray(at),
      ]);
    }
    default:
      return Buffer.from(text);
  }
}
