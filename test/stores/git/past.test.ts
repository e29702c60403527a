import { sitePath } from '../../../src/model/site-path.js';
import { createPast } from '../../../src/stores/git/past.js';
import { printingGit } from '../../support/printing-git.js';

const INDEX = sitePath('db.xml.gz');
const OPTIONS = { branch: 'gh-pages', directory: 'sub', timeoutMs: 1000 };
const [FIRST, SECOND] = ['a'.repeat(40), 'b'.repeat(40)];

/** The past of a branch whose git prints this for each command, by its name. */
function past(outputs: Readonly<Record<string, string>>) {
  const { git, commands } = printingGit((args) => outputs[args[0] ?? ''] ?? '');
  const fetches: number[] = [];
  const fetch = (commits: number) => Promise.resolve(void fetches.push(commits));
  return { past: createPast(OPTIONS, 'tip', fetch, (work) => work(git)), commands, fetches };
}

test('the states of a file are read from the log, after all commits were fetched once', async () => {
  const log = [FIRST, '1767225600', 'Jo Doe', 'Two', SECOND, '0', '', '', ''].join('\0');
  const { past: site, commands, fetches } = past({ log });
  const states = [
    { id: FIRST, date: new Date('2026-01-01T00:00:00Z'), author: 'Jo Doe', subject: 'Two' },
    { id: SECOND, date: new Date(0), author: '', subject: '' },
  ];
  expect(await site.statesOf([INDEX], 7)).toEqual(states);
  await site.statesOf([INDEX], 7);
  expect(fetches).toEqual([20_000]);
  expect(commands[0]).toBe(
    'log -z --first-parent --max-count=7 --format=%H%x00%ct%x00%an%x00%s tip -- sub/db.xml.gz',
  );
});

test.each([
  ['253402300799', new Date('9999-12-31T23:59:59Z')],
  ['253402300800', undefined],
  ['99999999999999', undefined],
])('a commit of the second %s has the date %s', async (seconds, date) => {
  const log = [FIRST, seconds, 'Jo', 'One', ''].join('\0');
  expect(await past({ log }).past.statesOf([INDEX], 7)).toEqual([
    { id: FIRST, date, author: 'Jo', subject: 'One' },
  ]);
});

test('a file that never existed has no states', async () => {
  expect(await past({ log: '' }).past.statesOf([INDEX], 7)).toEqual([]);
});

test.each([
  ['in a field', [FIRST, '0', 'Jo', 'Tw']],
  ['between fields', [FIRST, '0', 'Jo', '']],
])('a log that was cut off %s is refused', async (_, fields) => {
  const { past: site } = past({ log: fields.join('\0') });
  await expect(site.statesOf([INDEX], 7)).rejects.toThrow(/git log printed "a{40}/);
});

test('a file is read in those states that have it as a file', async () => {
  const trees = [`100644 blob ${FIRST}\tsub/db.xml.gz\0`, `120000 blob ${FIRST}\tsub/db.xml.gz\0`, ''];
  const { git, commands } = printingGit((args) => {
    if (args[0] === 'ls-tree') return trees.shift() ?? '';
    if (args.includes('--batch-all-objects')) return `${FIRST} 5\n`;
    return 'index';
  });
  const site = createPast(
    OPTIONS,
    'tip',
    () => Promise.resolve(),
    (work) => work(git),
  );
  const read = await site.readAt(['one', 'two', 'three'], INDEX);
  expect(read).toEqual([Buffer.from('index'), undefined, undefined]);
  expect(commands.filter((command) => command.startsWith('ls-tree'))).toEqual(
    ['one', 'two', 'three'].map((id) => `ls-tree -z --full-tree ${id} -- sub/db.xml.gz`),
  );
  expect(commands.at(-1)).toBe(`cat-file blob ${FIRST}`);
});

test('a content that several states share is read once', async () => {
  const { git, commands } = printingGit((args) => {
    if (args[0] === 'ls-tree') return `100644 blob ${FIRST}\tsub/db.xml.gz\0`;
    return args.includes('--batch-all-objects') ? `${FIRST} 5\n` : 'index';
  });
  const site = createPast(
    OPTIONS,
    'tip',
    () => Promise.resolve(),
    (work) => work(git),
  );
  const [one, two] = await site.readAt(['one', 'two'], INDEX);
  expect(one).toEqual(Buffer.from('index'));
  expect(two).toBe(one);
  expect(commands.filter((command) => command.startsWith('cat-file blob'))).toHaveLength(1);
});

test('files that are not available locally are fetched together', async () => {
  const here = new Set<string>();
  let tree = 0;
  const { git, commands } = printingGit((args, { input = '' }) => {
    if (args[0] === 'ls-tree') return `100644 blob ${tree++ === 0 ? FIRST : SECOND}\tsub/db.xml.gz\0`;
    if (args.includes('--batch-all-objects')) return [...here].map((object) => `${object} 5\n`).join('');
    if (args.includes('fetch')) for (const object of String(input).trim().split('\n')) here.add(object);
    return 'index';
  });
  const site = createPast(
    OPTIONS,
    'tip',
    () => Promise.resolve(),
    (work) => work(git),
  );
  expect(await site.readAt(['one', 'two'], INDEX)).toHaveLength(2);
  expect(commands.filter((command) => command.includes(' fetch '))).toHaveLength(1);
  expect([...here]).toEqual([FIRST, SECOND]);
});

test('a content that several states have is read once', async () => {
  const { past: site, commands } = past({
    'ls-tree': `100644 blob ${FIRST}\tsub/db.xml.gz\0`,
    'cat-file': `${FIRST} 5\n`,
  });
  const read = await site.readAt(['one', 'two'], INDEX);
  expect(read[0]).toBe(read[1]);
  expect(commands.filter((command) => command.startsWith('cat-file blob'))).toEqual([
    `cat-file blob ${FIRST}`,
  ]);
});
