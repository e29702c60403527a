import { printable } from '../../model/printable.js';
import type { RunEvent } from './event.js';

/** What `mode: auto` does: publishes, or only previews, and why. */
export type AutoMode = { readonly publishes: true } | { readonly publishes: false; readonly why: string };

const PUBLISHED_RELEASES = new Set(['published', 'released', 'prereleased']);
/** Events that run for pull requests, or may. */
const PULL_REQUEST_EVENTS = new Set(['pull_request', 'pull_request_target', 'merge_group', 'workflow_run']);

/**
 * Decides whether a run with `mode: auto` publishes. It does for what only people who may write to the repository can
 * cause: a push to the default branch or of a tag, a release, a manual run there, and a schedule. Everything else
 * previews, since it runs for work that is not merged, or for code of strangers.
 */
export function decideAutoMode(event: RunEvent): AutoMode {
  const name = printable(event.name) || 'unknown';
  switch (event.name) {
    case 'schedule':
      // It only ever runs on the default branch.
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
  if (reference === undefined) return preview(`${what} does not say for which branch or tag it is`);
  const branch = `"${printable(reference.name)}"`;
  if (defaultBranch === undefined)
    return preview(`${what} is on ${branch}, and the event does not say what the default branch is`);
  return reference.name === defaultBranch
    ? { publishes: true }
    : preview(`${what} is on ${branch}, not on the default branch "${printable(defaultBranch)}" or a tag`);
}

function preview(why: string): AutoMode {
  return { publishes: false, why };
}

/** For people: why a run with `mode: auto` does not publish, and how to change it. */
export function previewNotice(why: string): string {
  return `Previewed only: ${why}. To publish from it, write "mode: publish", but never where code of strangers is built.`;
}
