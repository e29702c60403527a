import { compareSites, type SiteState } from '../../src/app/compare.js';
import type { ReadableSite } from '../../src/app/ports/site-source.js';
import { formatNamed } from '../../src/formats/registry.js';
import { gzipIndex } from '../../src/formats/imagej/index/gzip.js';
import type { UserError } from '../../src/model/user-error.js';
import { bytesOf, idOf, keeping, siteWith } from '../support/kept-site.js';

const FIRST = 20260101000000;
const SECOND = 20260201000000;

const A = { 'macros/a.ijm': { timestamp: FIRST } };
const kept = keeping(bytesOf(A), bytesOf({ ...A, 'macros/b.ijm': { timestamp: SECOND } })).site;
const dated = siteWith(
  gzipIndex(`<pluginRecords><plugin filename="macros/a.ijm">
    <previous-version timestamp="${FIRST}" timestamp-obsolete="${SECOND}" checksum="1" filename="macros/a.ijm"/>
    <version checksum="2" timestamp="${SECOND}" filesize="5"><description>New</description></version>
  </plugin></pluginRecords>`),
);

const stateOf = (site: ReadableSite, at?: string): SiteState => ({
  kind: 'site',
  source: { description: 'place', open: () => Promise.resolve(site), close: () => Promise.resolve() },
  at,
});
const compare = (before: SiteState, after: SiteState) =>
  compareSites(
    [formatNamed('imagej')],
    before,
    after,
    { read: () => Promise.reject(new Error('not asked')) },
    {
      info: () => undefined,
      detail: () => undefined,
    },
  );

test('two moments of a place that keeps states are compared exactly', async () => {
  const outcome = await compare(stateOf(kept, idOf(1)), stateOf(kept));
  expect(outcome).toMatchObject({ changed: true, site: 'place' });
  expect(outcome.changes).toMatchObject([{ kind: 'add', path: 'macros/b.ijm', size: 5 }]);
  expect(outcome).not.toHaveProperty('notices');
  const back = await compare(stateOf(kept, String(SECOND)), stateOf(kept, String(FIRST)));
  expect(back.changes).toMatchObject([{ kind: 'remove', path: 'macros/b.ijm' }]);
  expect(back.site).toBe(`place at ${FIRST}`);
  expect((await compare(stateOf(kept, idOf(0)), stateOf(kept))).changed).toBe(false);
});

test('a comparison with a state that only the index describes mentions what is not known', async () => {
  const outcome = await compare(stateOf(dated, String(FIRST)), stateOf(dated));
  expect(outcome.changes).toMatchObject([
    { kind: 'update', path: 'macros/a.ijm', size: 5, details: { sizeBefore: undefined, fields: [] } },
  ]);
  expect(outcome.notices).toEqual([
    `Only a later index describes place at ${FIRST}: of files that have changed since, it does not contain the earlier descriptions, authors, dependencies and sizes.`,
  ]);
  const back = await compare(stateOf(dated), stateOf(dated, String(FIRST)));
  expect([back.changes[0]?.size, back.publishedBytes]).toEqual([undefined, 0]);
  expect((await compare(stateOf(dated, String(SECOND)), stateOf(dated))).changed).toBe(false);
});

test('all moments that are not known are reported together', async () => {
  const error = await compare(stateOf(kept, '20260115000000'), stateOf(dated, '1a2b3c4')).catch(
    (reason: unknown) => reason as UserError,
  );
  expect(error).toMatchObject({
    code: 'usage',
    message: 'The two indexes cannot be compared.',
    problems: [
      {
        message: 'In place: The history does not list a publication 20260115000000.',
        hint: `The nearest ones are ${FIRST} and ${SECOND}. "update-site history" lists all: write a timestamp or a commit exactly as it is printed there.`,
      },
      {
        message: 'In place: The commit 1a2b3c4 is not known: this place does not have commits.',
        hint: 'Write a timestamp as "update-site history" prints it, or name the branch that the site is published from.',
      },
    ],
  });
});

test('an index that cannot be read is not a fault of the usage', async () => {
  const broken = siteWith(Buffer.from('broken'));
  await expect(compare(stateOf(broken), stateOf(kept))).rejects.toMatchObject({ code: 'index' });
  await expect(compare(stateOf(broken, String(FIRST)), stateOf(kept))).rejects.toMatchObject({
    code: 'index',
  });
});
