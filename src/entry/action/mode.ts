import { printable } from '../../model/printable.js';
import type { RunEvent } from './event.js';

/** What `mode: auto` does: publishes, or only previews, and why. */
export type AutoMode = { readonly publishes: true } | { readonly publishes: false; readonly why: string };

const PUBLISHED_RELEASES = new Set(['published', 'released', 'prereleased']);
/** Events that run, or may run, for pull requests. */
const PULL_REQUEST_EVENTS = new Set(['pull_request', 'pull_request_target', 'merge_group', 'workflow_run']);

/**
 * Decides whether a run with `mode: auto` publishes. It publishes for events that require write access to the
 * repository: a push to the default branch or of a tag, a release, a manual run on either of them, and a schedule.
 * All other events preview, because they can run for unmerged or untrusted code.
 */
export function decideAutoMode(event: RunEvent): AutoMode {
  const name = printable(event.name) || 'unknown';
  switch (event.name) {
    case 'schedule':
      // Schedules run on the default branch only.
      return { publishes: true };
    case 'release':
      return PUBLISHED_RELEASES.has(event.action ?? '')
        ? { publishes: true }
        : preview(`the release was not published by this event (${printable(event.action ?? 'no type')})`);
    case 'push':
    case 'workflow_dispatch':
      return event.isDeletion ? preview('the push deletes a branch or a tag') : ofReference(name, event);
    default:
      return preview(
        PULL_REQUEST_EVENTS.has(event.name)
          ? `the event "${name}" runs for changes that are not merged yet`
          : `the event "${name}" is not a push, a release, a manual run or a schedule`,
      );
  }
}

function ofReference(name: string, { reference, defaultBranch }: RunEvent): AutoMode {
  const what = name === 'push' ? 'the push' : 'the manual run';
  if (reference?.kind === 'tag') return { publishes: true };
  if (reference === undefined) return preview(`the branch or tag of ${what} is unknown`);
  const branch = `"${printable(reference.name)}"`;
  if (defaultBranch === undefined)
    return preview(`${what} is on ${branch}, and the event does not name the default branch`);
  return reference.name === defaultBranch
    ? { publishes: true }
    : preview(`${what} is on ${branch}, not on the default branch "${printable(defaultBranch)}" or a tag`);
}

function preview(why: string): AutoMode {
  return { publishes: false, why };
}

/** Returns the notice that states why a run with `mode: auto` does not publish, and how to change that. */
export function previewNotice(why: string): string {
  return `Previewed only: ${why}. To publish for this event, set "mode: publish", but never in a workflow that builds untrusted code.`;
}
