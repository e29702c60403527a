import fc from 'fast-check';
import { loadRepository } from '../../../../src/formats/jetbrains/index/load.js';
import { renderIndex } from '../../../../src/formats/jetbrains/index/render.js';
import { INDEX_PATH } from '../../../../src/formats/jetbrains/index/repository.js';
import { UserError } from '../../../../src/model/user-error.js';
import { readXmlText } from '../../../../src/xml/read.js';
import { damaged, XML_PIECES } from '../../../support/damage.js';
import { readAsIde } from '../../../support/ide.js';

const SAMPLE = `<?xml version='1.0' encoding='UTF-8'?>
<!DOCTYPE plugins [<!ELEMENT plugins ANY>]>
<!-- made by hand -->
<plugins xmlns:x="urn:x" note='a > b'>
  <!-- our own -->
  <plugin id="org.lab.hand" url='hand-1.zip' version="1.0"   custom="yes">
      <idea-version since-build="231.0"   until-build="242.*"/>
      <name>By &amp; hand</name><x:extra>kept</x:extra>
      <description><![CDATA[ <b>HTML</b> <plugin> ]]></description>
      <tags>a</tags> <rating>4.5</rating> <!-- inside -->
  </plugin>
  <category name="unknown"><plugin id="no.entry"/><plugin id="in" url="in.zip" version="1"/></category>
  <idea-plugin url="home"><id>old</id><version>3</version><download-url>old.zip</download-url></idea-plugin>
  <?note x?>
  <plugin id="org.lab.open" url="https://else.org/open.jar" version="2"/>
</plugins>
<!-- end -->
`;
const PIECES = [
  ...XML_PIECES,
  'plugin',
  '</plugin>',
  '</plugins>',
  '<plugins>',
  '<idea-plugin>',
  '</idea-plugin>',
  '<category>',
  '</category>',
  '<version>4</version>',
  '<name/>',
  ' url="v"',
  ' id=""',
  '<x:y/>',
  '<y:z/>',
  ' y:z=""',
];
const load = (text: string) => loadRepository(new Map([[INDEX_PATH, Buffer.from(text)]]));

test('a damaged index is refused, or can be written and read again', () => {
  let read = 0;
  fc.assert(
    fc.property(damaged([SAMPLE], PIECES), (text) => {
      try {
        const repository = load(text);
        const written = renderIndex(repository);
        readXmlText(written);
        const again = load(written);
        expect(renderIndex(again)).toBe(written);
        expect(again.versions.map(({ entry }) => entry)).toEqual(
          repository.versions.map(({ entry }) => entry),
        );
        // An IDE reads the same entries.
        const seen = readAsIde(written).map(({ id, url, version }) => JSON.stringify([id, url, version]));
        const ours = repository.versions.map(({ entry: { id, url, version } }) =>
          JSON.stringify([id, url, version]),
        );
        expect([...seen].sort()).toEqual([...ours].sort());
        read++;
      } catch (error) {
        expect(error).toBeInstanceOf(UserError);
      }
    }),
    { numRuns: 3000 },
  );
  // Some 130 are read, so this number is never too small by chance.
  expect(read).toBeGreaterThan(50);
});
