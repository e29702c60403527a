import type { Issue, IssueText, Issues } from '../../src/app/ports/github.js';
import { reportIssue, type CheckedSite } from '../../src/app/report-issue.js';
import { judged, passed, skipped, type Check } from '../../src/model/check.js';
import type { CheckName } from '../../src/model/check-names.js';
import { parseIssueMarker } from '../../src/report/issue.js';

const US = 'github-actions[bot]';

/** A repository whose issues are in memory. */
function repository(owner = US) {
  const open: (Issue & { title: string })[] = [];
  const log: string[] = [];
  const urlOf = (number: number) => `https://github.com/owner/name/issues/${number}`;
  let last = 0;
  const add = ({ title, body }: IssueText, author = owner) => {
    const number = ++last;
    open.push({ number, title, body, author, url: urlOf(number) });
    return urlOf(number);
  };
  const issues: Issues = {
    find: (isWanted) => Promise.resolve(open.filter(({ body }) => isWanted(body))),
    author: () => {
      log.push('author');
      return Promise.resolve(owner);
    },
    create: (text) => {
      log.push('create');
      return Promise.resolve(add(text));
    },
    update: (number, text) => {
      log.push(`update ${number}`);
      const at = open.findIndex((issue) => issue.number === number);
      open[at] = { ...(open[at] as (typeof open)[number]), ...text };
      return Promise.resolve();
    },
    comment: (number) => {
      log.push(`comment ${number}`);
      return Promise.resolve();
    },
    close: (number) => {
      log.push(`close ${number}`);
      open.splice(
        open.findIndex((issue) => issue.number === number),
        1,
      );
      return Promise.resolve();
    },
  };
  return { issues, open, log, add };
}

/** A site on which only these checks have failed. */
function site(failed: readonly CheckName[], others: readonly Check[] = [], skip: readonly CheckName[] = []) {
  const checks = [
    ...failed.map((name) => judged(name, [{ path: 'a.jar', message: 'wrong' }], () => 'It is wrong.')),
    ...others,
  ];
  const verification = { format: 'imagej', site: 'https://lab.example/', checks };
  return { verification, failed, skip } satisfies CheckedSite;
}

const run = (runId: number) => ({ runId, runUrl: `https://github.com/owner/name/actions/runs/${runId}` });
const failedIn = (body = '') => parseIssueMarker(body)?.failed;

describe('the issue about a site', () => {
  it('is opened by the first failure, updated by the next, and closed when all checks pass', async () => {
    const { issues, open, log } = repository();
    const url = 'https://github.com/owner/name/issues/1';
    expect(await reportIssue(issues, site([], [passed('orphans')]), run(1))).toMatchObject({
      status: 'unneeded',
      url: undefined,
    });
    expect(log).toEqual([]);
    expect(await reportIssue(issues, site(['orphans']), run(2))).toMatchObject({ status: 'opened', url });
    expect(await reportIssue(issues, site(['orphans', 'names']), run(3))).toMatchObject({
      status: 'updated',
      url,
    });
    expect(open).toHaveLength(1);
    expect(open[0]).toMatchObject({ title: 'Update site check failed: https://lab.example/' });
    expect(parseIssueMarker(open[0]?.body ?? '')).toMatchObject({ runId: 3, failed: ['orphans', 'names'] });
    const good = site([], [passed('orphans'), passed('names')]);
    expect(await reportIssue(issues, good, run(4))).toMatchObject({ status: 'closed', url, pending: [] });
    expect(open).toEqual([]);
    expect(log).toEqual(['create', 'author', 'update 1', 'author', 'comment 1', 'close 1']);
  });

  it('of another account or about another site is not changed', async () => {
    const theirs = repository();
    await reportIssue(theirs.issues, site(['names']), run(1));
    const [{ title, body } = { title: '', body: '' }] = theirs.open;
    const { issues, open, add } = repository('my-app[bot]');
    add({ title, body }, 'someone');
    add({ title, body: body.replace(/check [0-9a-f]{16}/, `check ${'0'.repeat(16)}`) });
    add({ title, body: `> ${body}` });
    const before = structuredClone(open);
    expect((await reportIssue(issues, site([], [passed('names')]), run(2))).status).toBe('unneeded');
    expect((await reportIssue(issues, site(['names']), run(2))).status).toBe('opened');
    expect(open.slice(0, 3)).toEqual(before);
  });

  it('that two first runs have opened becomes one', async () => {
    const { issues, open, add } = repository();
    await reportIssue(issues, site(['names']), run(1));
    add(open[0] as IssueText);
    await reportIssue(issues, site(['names']), run(2));
    expect(open.map(({ number }) => number)).toEqual([1]);
    add(open[0] as IssueText);
    await reportIssue(issues, site([], [passed('names')]), run(3));
    expect(open).toEqual([]);
  });

  it('of a later run is kept, and that of another attempt of the same run is not', async () => {
    const { issues, open, log } = repository();
    await reportIssue(issues, site(['names']), run(7));
    const before = structuredClone(open);
    expect((await reportIssue(issues, site(['orphans']), run(6))).status).toBe('superseded');
    expect((await reportIssue(issues, site([], [passed('names')]), run(6))).status).toBe('superseded');
    expect(open).toEqual(before);
    expect((await reportIssue(issues, site(['orphans']), run(7))).status).toBe('updated');
    expect(log).toContain('update 1');
  });
});

describe('a run that has not checked everything', () => {
  const sampled = passed('payload-checksums', 'Only 1 file of 3 was read.');

  it.each<[string, readonly Check[]]>([
    ['has read a sample', [sampled]],
    ['has skipped the check', [skipped('payload-checksums', 'The index cannot be read.')]],
    ['does not know the check', []],
  ])('keeps the issue if it %s', async (_, checks) => {
    const { issues, open } = repository();
    await reportIssue(issues, site(['payload-checksums']), run(1));
    const before = structuredClone(open);
    expect(await reportIssue(issues, site([], checks), run(2))).toMatchObject({
      status: 'kept',
      pending: ['payload-checksums'],
    });
    expect(open).toEqual(before);
  });

  it('keeps in mind what had failed before if another check fails', async () => {
    const { issues, open } = repository();
    await reportIssue(issues, site(['payload-checksums', 'orphans']), run(1));
    await reportIssue(issues, site(['names'], [sampled, passed('orphans')]), run(2));
    expect(failedIn(open[0]?.body)).toEqual(['payload-checksums', 'names']);
    expect(open[0]?.body).toContain(
      'Also failed in an earlier run, and not completely checked by this one: `payload-checksums`.',
    );
    expect((await reportIssue(issues, site([], [sampled, passed('names')]), run(3))).status).toBe('kept');
    const all = site([], [passed('payload-checksums'), passed('names')]);
    expect((await reportIssue(issues, all, run(4))).status).toBe('closed');
  });

  it('closes the issue if the maintainer has switched the check off, or if only a warning is left', async () => {
    const { issues } = repository();
    await reportIssue(issues, site(['orphans']), run(1));
    const off = site([], [skipped('orphans', 'It is switched off.')], ['orphans']);
    expect((await reportIssue(issues, off, run(2))).status).toBe('closed');
    await reportIssue(issues, site(['previous-payloads']), run(3));
    const finding = [{ path: 'a.jar', message: 'gone' }];
    const warned = site([], [judged('previous-payloads', finding, () => 'Gone.', 'warning')]);
    expect((await reportIssue(issues, warned, run(4))).status).toBe('closed');
  });
});
