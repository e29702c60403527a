import type { Repository } from '../../../../src/formats/jetbrains/index/repository.js';
import { EMPTY_REPOSITORY } from '../../../../src/formats/jetbrains/index/repository.js';
import { loadRepository } from '../../../../src/formats/jetbrains/index/load.js';
import { renderRepository } from '../../../../src/formats/jetbrains/index/render.js';
import {
  artifact,
  follow,
  publish,
  textOf,
  variant,
  type Given,
  type PluginPlanInput,
} from '../../../support/plan-plugins.js';
import { planReturn } from '../../../support/plugin-rollback.js';

const ID = 'org.lab.cells';
const INDEX = 'updatePlugins.xml';

/** Publishes versions one after the other, and returns the state after each of them. */
function published(...steps: readonly (Given | PluginPlanInput)[]): readonly Repository[] {
  const states: Repository[] = [];
  for (const step of steps) {
    const request = 'artifacts' in step || 'remove' in step ? step : { artifacts: [artifact(step as Given)] };
    states.push(publish(states.at(-1) ?? EMPTY_REPOSITORY, request).index);
  }
  return states;
}

/** Goes back from the last state to the first one. */
function back(states: readonly Repository[], siteUrl?: string) {
  const [then = EMPTY_REPOSITORY] = states;
  return planReturn(states.at(-1) ?? EMPTY_REPOSITORY, then, siteUrl);
}

const pathOf = (version: string, id = ID) => `plugins/${id}/${version}/${id}-${version}.zip`;
const inWords = ({ changes }: ReturnType<typeof planReturn>) =>
  changes.map(({ kind, path }) => `${kind} ${path}`);
const states = ({ versions }: Repository) =>
  Object.fromEntries(versions.map(({ entry, state }) => [`${entry.id} ${entry.version}`, state]));
const fileOf = (repository: Repository, path: string) =>
  textOf(new Map(renderRepository(repository).map((file) => [file.path, file.bytes])), path);

/** Loads a repository whose index was edited by hand, with the history of another one. */
function edited(repository: Repository, edit: (index: string) => string): Repository {
  const files = new Map<string, Uint8Array>(
    renderRepository(repository).map(({ path, bytes }) => [path, bytes]),
  );
  return loadRepository(files.set(INDEX, Buffer.from(edit(textOf(files)))));
}

test('a version that was published since is withdrawn, and the one before it is offered again', () => {
  const ran = back(published({ version: '1.0' }, { version: '1.1' }));
  expect(inWords(ran)).toEqual([`remove ${pathOf('1.1')}`]);
  expect(states(ran.after)).toEqual({ [`${ID} 1.0`]: 'offered', [`${ID} 1.1`]: 'withdrawn' });
  expect(ran.plan.notices).toEqual([
    `${ID}: IDEs that have 1.1 keep it; publish a higher version.`,
    `${ID}: 1.0 is offered again.`,
  ]);
  // The archive is read before it is offered again, but it stays where it is.
  const archive = pathOf('1.0');
  expect(ran.plan.needed).toEqual([
    { from: archive, storedPath: archive, path: archive, checksums: [`${ID} 1.0 a`], size: 5 },
  ]);
});

test('going back to the state of now changes nothing', () => {
  const [, now = EMPTY_REPOSITORY] = published({ version: '1.0' }, { version: '1.1' });
  const { plan, after, changes } = planReturn(now, now);
  expect([plan.needed, plan.notices, plan.problems, changes]).toEqual([[], [], [], []]);
  expect(renderRepository(after)).toEqual(renderRepository(now));
});

test('superseded versions of then are superseded again, and their archives are needed', () => {
  const all = published({ version: '1.0' }, { version: '1.1' }, { remove: [ID] }, { id: 'org.other' });
  const ran = back(all.slice(1));
  expect(states(ran.after)).toEqual({
    [`${ID} 1.1`]: 'offered',
    [`${ID} 1.0`]: 'offered',
    'org.other 1.0': 'withdrawn',
  });
  expect(ran.plan.needed.map(({ from }) => from)).toEqual([pathOf('1.1'), pathOf('1.0')]);
  // Only the version that IDEs are offered is announced.
  expect(ran.plan.notices).toEqual([
    'org.other: IDEs that have 1.0 keep it; publish a higher version.',
    `${ID}: 1.1 is offered again.`,
  ]);
  expect(fileOf(ran.after, INDEX)).toBe(fileOf(all[1] as Repository, INDEX));
});

test('a withdrawn version is restored, and IDEs that have a lower one get it', () => {
  const ran = back(published({ version: '1.1' }, { remove: [ID] }));
  expect(inWords(ran)).toEqual([`revive ${pathOf('1.1')}`]);
  const lower = back(
    published({ version: '1.1' }, { artifacts: [artifact({ version: '1.0' })], remove: [`${ID}@1.1`] }),
  );
  expect(lower.plan.notices).toEqual([`${ID}: 1.1 is offered again.`]);
});

test('many versions and variants are counted, and several plugins have a notice each', () => {
  const later = Array.from({ length: 7 }, (_, at) => ({ version: `1.${at + 1}` }));
  const variants = {
    artifacts: ['linux-x86_64', 'mac-aarch64'].map((name) => variant(name, { id: 'org.b' })),
  };
  const ran = back(published({ version: '1.0' }, ...later, variants));
  expect(ran.plan.notices).toEqual([
    `${ID}: IDEs that have 1.3, 1.4, 1.5, 1.6, 1.7 or 2 lower versions keep it; publish a higher version.`,
    'org.b: IDEs that have 1.0.0 keep it; publish a higher version.',
    `${ID}: 1.0 is offered again.`,
  ]);
  const two = back(published({ version: '1.0' }, { version: '1.1' }, { version: '1.2' }));
  expect(two.plan.notices[0]).toBe(`${ID}: IDEs that have 1.1 or 1.2 keep it; publish a higher version.`);
});

test('an index that offered nothing is offered again', () => {
  const [, nothing, now] = published({ version: '1.0' }, { remove: [ID] }, { version: '1.1' });
  const ran = back([nothing as Repository, now as Repository]);
  expect(inWords(ran)).toEqual([`remove ${pathOf('1.1')}`]);
  expect(ran.plan.notices[1]).toMatch(/^The repository no longer offers a plugin\./);
});

test('root element, prolog, other elements and edits of entries are as they were then', () => {
  const [first, second] = published({ version: '1.0' }, { version: '1.1', since: '251' });
  const then = edited(first as Repository, (index) =>
    index
      .replace('<plugins>', '<!-- Ours -->\n<plugins xmlns:a="a" kind="x">')
      .replace('</plugins>', '  <category name="More"/>\n</plugins>')
      .replace('<name>Cells</name>', '<name>Cells</name><a:rating>5</a:rating>'),
  );
  const now = edited(second as Repository, (index) =>
    index
      .replace('<plugins>', '<plugins xmlns:b="b" xmlns:a="z">')
      .replaceAll('<name>Cells</name>', '<name>Cells</name><b:rating>4</b:rating>'),
  );
  const { after, files } = planReturn(now, then);
  // The withdrawn version needs the prefix of now.
  expect(fileOf(after, INDEX)).toBe(fileOf(then, INDEX).replace('kind="x">', 'kind="x" xmlns:b="b">'));
  expect(states(loadRepository(files))).toEqual({ [`${ID} 1.1`]: 'withdrawn', [`${ID} 1.0`]: 'offered' });
  expect(after.branches).toEqual(now.branches);
});

test('a root element that could not be read again is refused', () => {
  const [first, second] = published({ version: '1.0' }, { version: '1.1' });
  const root = '<plugins xmlns:a="a" xmlns:b="b">';
  const withPrefix = (repository: Repository | undefined, prefix: string, length: number) =>
    edited(repository as Repository, (index) =>
      index.replace('<plugins>', `<plugins xmlns:${prefix}="${prefix.repeat(length)}">`),
    );
  const then = withPrefix(first, 'a', 10_000);
  const fitting = 16_384 - root.length + 'b'.length - 10_000 + 'a'.length;
  const fits = planReturn(withPrefix(second, 'b', fitting), then);
  expect(fits.plan.problems).toEqual([]);
  expect(loadRepository(fits.files).rootTag).toHaveLength(16_384);
  expect(planReturn(withPrefix(second, 'b', fitting + 1), then).plan.problems).toEqual([
    {
      severity: 'error',
      code: 'limit',
      path: INDEX,
      message:
        'The root tag of updatePlugins.xml would have 16,385 characters, because it declares the prefixes of both states; at most 16,384 are read.',
      hint: 'Remove prefixes (xmlns:…) that nothing uses from the root element of the current updatePlugins.xml, and run again.',
    },
  ]);
});

test('a version that was not offered because a higher one had been removed by hand stays so', () => {
  const all = published({ version: '1.0' }, { version: '1.1' }, { version: '1.2' }, { id: 'org.other' });
  const none = edited(all[2] as Repository, () => '<plugins></plugins>');
  const { after } = planReturn(all[3] as Repository, none);
  expect(fileOf(after, INDEX)).not.toContain('<plugin ');
  expect(Object.values(states(after))).toEqual(['withdrawn', 'withdrawn', 'withdrawn', 'withdrawn']);
});

test('a superseded version is announced if the index was emptied by hand since', () => {
  const all = published({ version: '1.0' }, { version: '1.1' }, { version: '1.2' });
  const none = edited(all[2] as Repository, () => '<plugins></plugins>');
  const { plan } = planReturn(none, all[1] as Repository);
  expect(plan.notices).toEqual([`${ID}: 1.1 is offered again.`]);
  expect(plan.needed.map(({ from }) => from)).toEqual([pathOf('1.1')]);
});

describe('archives', () => {
  const sum = (digit: string) => digit.repeat(64);
  const bytesOf = (version: string, digit: string): PluginPlanInput => {
    const { artifact: file, inspection } = artifact({ version });
    return { artifacts: [{ artifact: file, inspection: { ...inspection, checksum: sum(digit) } }] };
  };

  test('an archive whose place has other bytes gets another name, and keeps it afterwards', () => {
    const all = published(bytesOf('1.0', 'a'), { remove: [ID] }, { id: 'org.other' }, bytesOf('1.0', 'b'));
    const ran = back(all);
    const other = `plugins/${ID}/1.0/${'a'.repeat(16)}.zip`;
    expect(ran.plan.needed).toEqual([
      { from: pathOf('1.0'), storedPath: other, path: other, checksums: [sum('a')], size: 5 },
    ]);
    expect(fileOf(ran.after, INDEX)).toBe(fileOf(all[0] as Repository, INDEX).replace(pathOf('1.0'), other));
    const again = planReturn(loadRepository(ran.files), all[0] as Repository);
    expect([again.changes, again.plan.needed]).toEqual([[], []]);
  });

  test('if the site has moved since, entries get its address of now', () => {
    const [first] = published({ version: '1.0' });
    const moved = publish(first as Repository, {
      artifacts: [artifact({ version: '1.0' }), artifact({ version: '1.1' })],
      siteUrl: 'https://plugins.lab.org/',
    }).index;
    const { after } = planReturn(moved, first as Repository);
    expect(fileOf(after, INDEX)).toContain(`url="https://plugins.lab.org/${pathOf('1.0')}"`);
    expect(fileOf(after, INDEX)).not.toContain('https://lab.org/');
  });

  test.each([ID, 'org.b'])('an earlier address stays if only the entry of %s has another one now', (id) => {
    const both = { artifacts: [artifact({}), artifact({ id: 'org.b' })] };
    const [first] = published(both);
    const moved = publish(first as Repository, {
      artifacts: [artifact({ id })],
      siteUrl: 'https://plugins.lab.org/',
    }).index;
    const { after } = planReturn(moved, first as Repository);
    expect(fileOf(after, INDEX)).toBe(fileOf(first as Repository, INDEX));
    expect(after.versions).toHaveLength(2);
  });

  test('an archive on another server is reported and not needed', () => {
    const archiveUrl = 'https://files.org/{version}/{file}';
    const elsewhere = (version: string) => ({ artifacts: [artifact({ version })], archiveUrl });
    const one = back(published(elsewhere('1.0'), { version: '1.1' }));
    expect(one.plan.needed).toEqual([]);
    expect(one.plan.notices.at(-1)).toBe(
      `An archive that is offered again is on another server and was not checked: https://files.org/1.0/${ID}-1.0.zip`,
    );
    const both = { artifacts: [artifact({ version: '1.0' }), artifact({ id: 'org.b' })], archiveUrl };
    const two = back(published(both, { remove: [ID, 'org.b'] }));
    expect(two.plan.notices.at(-1)).toBe(
      `2 archives that are offered again are on other servers and were not checked: https://files.org/1.0/org.b-1.0.zip and similar addresses`,
    );
  });

  test('an archive on the site that no history mentions is needed, without a checksum', () => {
    const entry = (file: string) => `<plugin id="a" version="1.0" url="https://lab.org/${file}"/>`;
    const byHand = (text: string) =>
      loadRepository(new Map([[INDEX, Buffer.from(`<plugins>${text}</plugins>`)]]));
    const then = byHand(entry('tool.zip') + entry('tool.zip').replace('1.0', '2.0'));
    const now = byHand('<plugin id="b" version="1.0" url="https://elsewhere.org/b.zip"/>');
    const { plan } = planReturn(now, then, 'https://lab.org/');
    expect(plan.needed).toEqual([
      { from: 'tool.zip', storedPath: 'tool.zip', path: 'tool.zip', checksums: [], size: undefined },
    ]);
    // Without the address of the site, it could be on any server.
    expect(planReturn(now, then).plan.notices.at(-1)).toMatch(
      /was not checked: https:\/\/lab.org\/tool.zip$/,
    );
  });

  test('facts that the history has learned since are kept', () => {
    const [first, second] = published({ version: '1.0' }, { version: '1.1' });
    const now = {
      ...(second as Repository),
      rest: { more: 'now' },
      versions: (second as Repository).versions.map((version) => ({
        ...version,
        rest: { later: version.entry.version },
        archive: version.archive && { ...version.archive, certificate: 'c' },
      })),
    };
    const { after } = planReturn(now, first as Repository);
    expect(
      after.versions.map(({ entry, archive, rest }) => [entry.version, archive?.certificate, rest]),
    ).toEqual([
      ['1.1', 'c', { later: '1.1' }],
      ['1.0', 'c', { later: '1.0' }],
    ]);
    expect(after.rest).toEqual({ more: 'now' });
  });
});

describe('in a channel', () => {
  const moment = { now: 20261120093212, siteUrl: 'https://lab.org/', newestBranch: undefined };

  test('own versions go back, and those of the repository above stay as they are now', () => {
    const [one, two] = published({ id: 'org.stable', version: '1.0' }, { id: 'org.stable', version: '2.0' });
    const start = follow(EMPTY_REPOSITORY, one as Repository, moment).channel;
    const then = publish(start, { artifacts: [artifact({ version: '1.0' })] }).index;
    const later = publish(then, { artifacts: [artifact({ version: '1.1' })] }).index;
    const now = follow(later, two as Repository, moment).channel;
    const { after, plan } = planReturn(now, then);
    expect(states(after)).toEqual({
      'org.stable 2.0': 'offered',
      [`${ID} 1.1`]: 'withdrawn',
      [`${ID} 1.0`]: 'offered',
    });
    expect(plan.notices).toEqual([
      `${ID}: IDEs that have 1.1 keep it; publish a higher version.`,
      `${ID}: 1.0 is offered again.`,
      'The versions of the repository in the parent folder stay as they are now.',
    ]);
    // The next publication to the repository above has nothing to bring up to date.
    expect(follow(after, two as Repository, moment).isChanged).toBe(false);
  });

  test('a channel that was marked since, or lost its mark, is one afterwards', () => {
    const [stable] = published({ id: 'org.stable' });
    const [plain, later] = published({ version: '1.0' }, { version: '1.1' });
    const marked = follow(later as Repository, stable as Repository, moment).channel;
    const toPlain = planReturn(marked, plain as Repository).after;
    expect([toPlain.isChannel, states(toPlain)['org.stable 1.0']]).toEqual([true, 'offered']);
    const toMarked = planReturn(plain as Repository, marked).after;
    expect([toMarked.isChannel, states(toMarked)['org.stable 1.0']]).toEqual([true, 'offered']);
  });
});
