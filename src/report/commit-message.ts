import type { Change, ChangeKind } from '../model/change.js';
import { count } from '../model/humanize.js';
import { baseName } from '../model/site-path.js';

/** Maximum length of the first line, in characters: git hosts fold longer lines. */
const MAX_SUBJECT = 72;
/** Maximum number of changes in the body. */
const MAX_LINES = 500;

const VERBS: Readonly<Record<ChangeKind, string>> = {
  add: 'Add',
  update: 'Update',
  rename: 'Rename',
  metadata: 'Update metadata of',
  revive: 'Restore',
  remove: 'Remove',
};

/** The commit message of an empty site. */
export const SET_UP_MESSAGE = 'Set up an empty site\n';

/**
 * Returns the commit message of a publication: a summary in one line, then the changes file by file.
 *
 * @param restored stored paths of payloads that are stored again
 * @param channels names of channels that are brought up to date
 */
export function commitMessage(
  changes: readonly Change[],
  restored: readonly string[] = [],
  channels: readonly string[] = [],
): string {
  const all = [
    ...changes.map((change) => `- ${VERBS[change.kind]} ${namesOf(change)}`),
    ...restored.map((path) => `- Store again ${path}`),
    ...channels.map((channel) => `- Bring up to date: channel ${channel}`),
  ];
  const lines = all.slice(0, MAX_LINES);
  if (all.length > MAX_LINES) lines.push(`- … and ${count(all.length - MAX_LINES, 'more file')}`);
  const subject =
    changes.length > 0
      ? subjectOf(changes)
      : restored.length > 0
        ? restoredSubject(restored)
        : channelsSubject(channels);
  return `${subject}\n\n${lines.join('\n')}\n`;
}

function restoredSubject(restored: readonly string[]): string {
  const [only] = restored;
  const subject = restored.length === 1 && only !== undefined ? `Store ${baseName(only)} again` : '';
  return subject !== '' && subject.length <= MAX_SUBJECT
    ? subject
    : `Store ${count(restored.length, 'missing file')} again`;
}

function channelsSubject(channels: readonly string[]): string {
  const [only = ''] = channels;
  return `Bring ${channels.length === 1 ? `the channel ${only}` : count(channels.length, 'channel')} up to date`;
}

function subjectOf(changes: readonly Change[]): string {
  const [only] = changes;
  if (changes.length === 1 && only) {
    const subject = `${VERBS[only.kind]} ${baseName(only.path)}`;
    if (subject.length <= MAX_SUBJECT) return subject;
  }
  const parts = (Object.keys(VERBS) as ChangeKind[]).flatMap((kind) => {
    const number = changes.filter((change) => change.kind === kind).length;
    return number === 0 ? [] : [`${VERBS[kind].toLowerCase()} ${count(number, 'file')}`];
  });
  const text = parts.join(', ');
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function namesOf({ path, previousPath }: Change): string {
  return previousPath === undefined ? path : `${previousPath} -> ${path}`;
}
