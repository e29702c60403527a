import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { makeFolder, writeFiles } from '../support/folders.js';
import { makeBareRepository, refsOf } from '../support/git.js';
import { runAction } from '../support/program.js';

const MAIN = { repository: { default_branch: 'main' } };

async function runFor(event: string, ref: string, payload: unknown, inputs: Record<string, string> = {}) {
  const cwd = makeFolder();
  writeFiles(cwd, { 'a.ijm': 'x' });
  const file = path.join(makeFolder(), 'event.json');
  writeFileSync(file, JSON.stringify(payload));
  const repository = makeBareRepository();
  const env = { GITHUB_EVENT_NAME: event, GITHUB_REF: ref, GITHUB_EVENT_PATH: file };
  const ran = await runAction({ files: 'a.ijm', remote: repository, ...inputs }, { cwd, env });
  expect(ran.code).toBe(0);
  return { isPublished: refsOf(repository) !== '', ran };
}

describe('the packaged action with mode: auto', () => {
  test.each<[string, string, unknown]>([
    ['push', 'refs/heads/main', MAIN],
    ['push', 'refs/tags/v1', MAIN],
    ['release', 'refs/tags/v1', { ...MAIN, action: 'released' }],
    ['workflow_dispatch', 'refs/heads/main', MAIN],
    ['schedule', 'refs/heads/main', {}],
  ])('publishes for %s on %s', async (event, ref, payload) => {
    const { isPublished, ran } = await runFor(event, ref, payload);
    expect(isPublished).toBe(true);
    expect(ran.stdout).not.toContain('Previewed only');
  });

  test.each<[string, string, unknown, string]>([
    ['push', 'refs/heads/feature/wip', MAIN, 'the push is on "feature/wip"'],
    ['workflow_run', 'refs/heads/main', MAIN, 'not merged yet'],
    ['pull_request_target', 'refs/heads/main', MAIN, 'not merged yet'],
    ['issue_comment', 'refs/heads/main', MAIN, '"issue_comment"'],
  ])('previews for %s on %s, and reports why and how to change it', async (event, ref, payload, why) => {
    const { isPublished, ran } = await runFor(event, ref, payload);
    expect(isPublished).toBe(false);
    const notice = /^::notice title=preview::(.*)$/m.exec(ran.stdout)?.[1];
    expect(notice).toContain(why);
    expect(notice).toContain('mode: publish');
    expect(ran.summary).toContain('1 file changes');
  });

  test('uses the mode that the user gives', async () => {
    const wip = await runFor('workflow_run', 'refs/heads/main', MAIN, { mode: 'publish' });
    expect(wip.isPublished).toBe(true);
    const preview = await runFor('push', 'refs/heads/main', MAIN, { mode: 'preview' });
    expect(preview.isPublished).toBe(false);
    expect(preview.ran.stdout).not.toContain('::notice');
  });
});
