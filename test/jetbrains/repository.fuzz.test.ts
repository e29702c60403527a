import fc from 'fast-check';
import { INDEX_PATH, loadRepository } from '../../src/jetbrains/load-repository.js';
import { renderIndex } from '../../src/jetbrains/render-repository.js';
import { UserError } from '../../src/model/user-error.js';
import { judgeXmlText } from '../../src/xml/judge.js';
import { damaged, XML_PIECES } from '../support/damage.js';
import { readAsIde, RefusedByIde } from '../support/ide.js';

const SAMPLE = `<?xml version='1.0' encoding='UTF-8'?>
<!-- made by hand -->
<plugins xmlns:x="urn:x" note='a > b'>
  <!-- our own -->
  <plugin id="org.lab.hand" url='hand-1.zip' version="1.0"   custom="yes">
      <idea-version since-build="231.0"   until-build="242.*"/>
      <name>By &amp; hand</name><x:extra>kept</x:extra>
      <description><![CDATA[ <b>HTML</b> <plugin> ]]></description>
      <tags>a</tags> <rating>4.5</rating> <!-- inside -->
  </plugin>
  <category name="unknown"><plugin id="no.entry"/></category>
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
  ' url="v"',
  ' id=""',
  '<x:y/>',
  '<y:z/>',
  ' y:z=""',
];
const load = (text: string) => loadRepository(new Map([[INDEX_PATH, Buffer.from(text)]]));

test('whatever happens to an index, it is read or refused, and what is read can be written and read again', () => {
  let read = 0;
  fc.assert(
    fc.property(damaged([SAMPLE], PIECES), (text) => {
      try {
        const repository = load(text);
        const written = renderIndex(repository);
        judgeXmlText(written);
        const again = load(written);
        expect(renderIndex(again)).toBe(written);
        expect(again.versions.map(({ entry }) => entry)).toEqual(
          repository.versions.map(({ entry }) => entry),
        );
        // An IDE sees what we see, and what stands deeper.
        const seen = readAsIde(written).map(({ id, url, version }) => JSON.stringify([id, url, version]));
        for (const { entry } of repository.versions)
          expect(seen).toContain(JSON.stringify([entry.id, entry.url, entry.version]));
        read++;
      } catch (error) {
        if (!(error instanceof RefusedByIde)) expect(error).toBeInstanceOf(UserError);
      }
    }),
    { numRuns: 3000 },
  );
  expect(read).toBeGreaterThan(100);
});
