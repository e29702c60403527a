import { count, describeBytes } from '../model/describe.js';
import type { Change, ChangeKind, LeftFile, Outcome } from '../model/plan.js';
import { hasErrors } from '../model/problem.js';

/** How many files each kind of change concerns, in the order in which they are told. */
const PHRASES: readonly (readonly [ChangeKind, string])[] = [
  ['add', 'added'],
  ['update', 'updated'],
  ['rename', 'renamed'],
  ['metadata', 'described anew'],
  ['revive', 'brought back'],
  ['remove', 'removed'],
];

/** The outcome in one sentence: `2 files updated, 1 file added; users download 3.4 MB.` */
export function headlineOf(outcome: Outcome): string {
  if (hasErrors(outcome.problems)) return 'Nothing was published: there are errors.';
  if (!outcome.changed) return 'Nothing to publish: the site is up to date.';
  const parts = PHRASES.flatMap(([kind, phrase]) => {
    const number = outcome.changes.filter((change) => change.kind === kind).length;
    return number === 0 ? [] : [`${count(number, 'file')} ${phrase}`];
  });
  const { publishedBytes } = outcome;
  const download = publishedBytes === 0 ? '' : `; users download ${describeBytes(publishedBytes)}`;
  return `${outcome.preview ? 'Would be published: ' : 'Published: '}${parts.join(', ')}${download}.`;
}

/** From which name to which a change goes. */
export function namesOf({ path, previousPath }: Change): { from: string | undefined; to: string } {
  return { from: previousPath, to: path };
}

/** How many files of them are left to which upstream site, a sentence each. */
export function leftInWords(left: readonly LeftFile[]): string[] {
  return [...new Set(left.map(({ site }) => site))].map((site) => {
    const files = left.filter((file) => file.site === site);
    const [only] = files;
    const what = files.length === 1 && only ? only.path : count(files.length, 'file');
    return `${what} left to the upstream site ${site}, which serves ${files.length === 1 ? 'it' : 'them'}.`;
  });
}
