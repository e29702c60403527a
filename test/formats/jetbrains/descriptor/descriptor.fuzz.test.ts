import fc from 'fast-check';
import { checkDescriptor } from '../../../../src/formats/jetbrains/descriptor/checks.js';
import { parseDescriptor } from '../../../../src/formats/jetbrains/descriptor/descriptor.js';
import { makeEntry } from '../../../../src/formats/jetbrains/index/entry-xml.js';
import { loadRepository } from '../../../../src/formats/jetbrains/index/load.js';
import { renderIndex } from '../../../../src/formats/jetbrains/index/render.js';
import { EMPTY_REPOSITORY, INDEX_PATH } from '../../../../src/formats/jetbrains/index/repository.js';
import { XmlError } from '../../../../src/xml/error.js';
import { damaged, XML_PIECES } from '../../../support/damage.js';
import { readAsIde } from '../../../support/ide.js';
import { pluginXml } from '../../../support/plugin-archive.js';

const SAMPLE = pluginXml({
  more: `<change-notes>&lt;b&gt;new&lt;/b&gt; &amp;amp; ]]&gt; &#x1F98A;</change-notes>
  <depends optional="true">org.other</depends>
  <product-descriptor code="PCELL"/><dependencies><plugin id="org.needed"/></dependencies>
  <xi:include href="/META-INF/more.xml"><xi:fallback/></xi:include>
`,
});
const PIECES = [
  ...XML_PIECES,
  ...['\n', '\r', '\t', '\u0085', '🦊', '&#0;', '&quot;', '&#10;', '&#13;'],
  ...['<id>x</id>', '<name/>', '<description>', '</description>', ' id="y"', 'version', '<b>', '</b>'],
];

/** Normalizes line ends as readers of XML do. */
const lines = (text = '') => text.replace(/\r\n?/g, '\n');

test('a damaged descriptor is refused, or an IDE reads its values in the index', () => {
  let read = 0;
  fc.assert(
    fc.property(damaged([SAMPLE], PIECES), (text) => {
      let descriptor;
      try {
        descriptor = parseDescriptor(Buffer.from(text), () => undefined);
      } catch (error) {
        expect(error).toBeInstanceOf(XmlError);
        return;
      }
      const { valid, problems } = checkDescriptor(descriptor, 'p.zip', {
        knownIds: new Set(),
        newestBranch: 263,
      });
      if (!valid || problems.some(({ severity }) => severity === 'error')) return;
      const entry = makeEntry(valid, 'https://lab.org/plugins/a/1/p.zip');
      const index = renderIndex({
        ...EMPTY_REPOSITORY,
        versions: [{ entry, state: 'offered', archive: undefined }],
      });
      expect(loadRepository(new Map([[INDEX_PATH, Buffer.from(index)]])).versions).toMatchObject([{ entry }]);
      const { id, version, name, vendor, description, changeNotes, depends, since } = valid;
      expect(readAsIde(index)).toEqual([
        {
          id,
          version,
          name,
          url: 'https://lab.org/plugins/a/1/p.zip',
          vendor: vendor?.name,
          description: lines(description),
          changeNotes: lines(changeNotes),
          depends,
          since,
          until: valid.effectiveUntil,
        },
      ]);
      read++;
    }),
    { numRuns: 3000 },
  );
  expect(read).toBeGreaterThan(100);
});
