import { parseRunEvent, type RunEvent } from '../../../src/entry/action/event.js';
import { decideAutoMode, previewNotice } from '../../../src/entry/action/mode.js';

const MAIN = { repository: { default_branch: 'main' } };

/** Returns `publishes`, or the reason why the run previews. */
function decide(event: string, ref: string, payload: unknown = MAIN): string {
  const decision = decideAutoMode(parseRunEvent({ GITHUB_EVENT_NAME: event, GITHUB_REF: ref }, payload));
  return decision.publishes ? 'publishes' : decision.why;
}

describe('mode: auto publishes', () => {
  test.each<[string, string, unknown]>([
    ['push', 'refs/heads/main', MAIN],
    ['push', 'refs/tags/v1.0.0', MAIN],
    ['push', 'refs/tags/v1.0.0', {}],
    ['push', 'refs/heads/trunk/x', { repository: { default_branch: 'trunk/x' }, deleted: false }],
    ['release', 'refs/tags/v1', { ...MAIN, action: 'published' }],
    ['release', 'refs/tags/v1', { ...MAIN, action: 'released' }],
    ['release', 'refs/tags/v1', { ...MAIN, action: 'prereleased' }],
    ['workflow_dispatch', 'refs/heads/main', MAIN],
    ['workflow_dispatch', 'refs/tags/v1.0.0', MAIN],
    ['schedule', 'refs/heads/main', { schedule: '0 0 * * *' }],
    ['schedule', 'refs/heads/main', undefined],
  ])('for %s on %s', (event, ref, payload) => {
    expect(decide(event, ref, payload)).toBe('publishes');
  });
});

describe('mode: auto previews and states why', () => {
  test.each<[string, string, unknown, string]>([
    ['push', 'refs/heads/feature/wip', MAIN, 'on "feature/wip", not on the default branch "main"'],
    ['push', 'refs/heads/main2', MAIN, 'not on the default branch'],
    ['push', 'refs/heads/main', { ...MAIN, deleted: true }, 'deletes'],
    ['push', 'refs/tags/v1', { ...MAIN, deleted: true }, 'deletes'],
    ['push', 'refs/heads/main', {}, 'does not name the default branch'],
    ['push', 'refs/heads/main', { repository: { default_branch: 7 } }, 'does not name the default branch'],
    ['push', 'refs/heads/main', 'no object', 'does not name the default branch'],
    ['push', 'refs/pull/1/merge', MAIN, 'the branch or tag of the push is unknown'],
    ['push', '', {}, 'the branch or tag of the push is unknown'],
    ['workflow_dispatch', 'refs/heads/feature', MAIN, 'the manual run is on "feature"'],
    ['release', 'refs/tags/v1', { ...MAIN, action: 'created' }, 'was not published'],
    ['release', 'refs/tags/v1', { ...MAIN, action: 'deleted' }, 'was not published'],
    ['release', 'refs/tags/v1', {}, 'was not published'],
    ['pull_request', 'refs/pull/1/merge', MAIN, 'not merged yet'],
    ['pull_request_target', 'refs/heads/main', MAIN, 'not merged yet'],
    ['workflow_run', 'refs/heads/main', MAIN, 'not merged yet'],
    ['merge_group', 'refs/heads/main', MAIN, 'not merged yet'],
    ['repository_dispatch', 'refs/heads/main', MAIN, 'is not a push'],
    ['issue_comment', 'refs/heads/main', MAIN, 'is not a push'],
    ['create', 'refs/tags/v1', MAIN, 'is not a push'],
    ['workflow_call', 'refs/tags/v1', MAIN, 'is not a push'],
    ['PUSH', 'refs/heads/main', MAIN, 'is not a push'],
    ['', 'refs/heads/main', MAIN, '"unknown"'],
  ])('for %s on %s with %j', (event, ref, payload, why) => {
    expect(decide(event, ref, payload)).toContain(why);
  });

  test('and the notice explains how to publish', () => {
    expect(previewNotice('it rains')).toBe(
      'Previewed only: it rains. To publish for this event, set "mode: publish", but never in a workflow that builds untrusted code.',
    );
  });
});

test('the branch comes from the variables of the runner, otherwise from the event', () => {
  const of = (env: NodeJS.ProcessEnv, payload: unknown = {}): RunEvent['reference'] =>
    parseRunEvent(env, payload).reference;
  expect(of({ GITHUB_REF: 'refs/heads/a', GITHUB_REF_NAME: 'b', GITHUB_REF_TYPE: 'tag' })).toEqual({
    kind: 'branch',
    name: 'a',
  });
  expect(of({ GITHUB_REF_NAME: 'b', GITHUB_REF_TYPE: 'tag' })).toEqual({ kind: 'tag', name: 'b' });
  expect(of({}, { ref: 'refs/heads/c' })).toEqual({ kind: 'branch', name: 'c' });
  expect(of({}, { ref: 'main' })).toBeUndefined();
});
