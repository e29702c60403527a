import type { Outcome } from '../model/outcome.js';
import { count, describeBytes } from '../model/humanize.js';
import { rowOf, titleOf } from './site-words.js';
import { headlineOf, isSameForUsers, namesOf, sizeOfDownload } from './words.js';

/** What a reader has to do: nothing, look at the warnings, or mend errors. */
export type Level = 'ok' | 'warning' | 'error';

/** The result of a run at a glance. */
export interface Verdict {
  readonly level: Level;
  /** `3 files change, users download 3.4 MB` */
  readonly text: string;
}

/** Returns the result of a run at a glance. */
export function verdictOf(outcome: Outcome): Verdict {
  return { level: levelOf(outcome), text: textOf(outcome) };
}

function levelOf({ isUncertain, refusal, problems, offers }: Outcome): Level {
  const has = (severity: Level) => problems.some((problem) => problem.severity === severity);
  if (isUncertain || refusal === 'errors' || has('error')) return 'error';
  const isLoss = offers?.rows.some(({ loss }) => loss !== undefined) ?? false;
  return isLoss || refusal !== undefined || has('warning') ? 'warning' : 'ok';
}

function textOf(outcome: Outcome): string {
  const { refusal, kind, problems } = outcome;
  if (outcome.isUncertain) return 'the publication may be incomplete';
  if (refusal) {
    const [severity, noun] = refusal === 'errors' ? ['error', 'problem'] : ['warning', 'warning'];
    const number = problems.filter((problem) => problem.severity === severity).length;
    const verb = outcome.isSetUp ? 'set up' : outcome.isMove ? 'imported' : 'published';
    return kind === 'preview'
      ? `${count(number, noun)} to fix before this can be ${verb}`
      : `not ${verb}, ${count(number, noun)} to fix`;
  }
  if (!outcome.changed) {
    if (outcome.isMove || outcome.isSetUp) return 'already exists';
    return kind === 'comparison' ? 'no differences' : 'no changes';
  }
  if (outcome.isMove || outcome.isSetUp || outcome.changes.length === 0) return asPhrase(headlineOf(outcome));
  const noticed = outcome.changes.filter((change) => !isSameForUsers(change));
  if (noticed.length === 0) return 'no differences for users';
  const number = new Set(noticed.map((change) => namesOf(change).to)).size;
  const noun = count(number, rowOf(outcome) === 'version' ? 'plugin' : rowOf(outcome));
  const bytes = sizeOfDownload(outcome);
  const download = bytes === 0 ? '' : `, users download ${describeBytes(bytes)}`;
  if (kind === 'publication') return `${noun} changed${download}`;
  if (kind === 'comparison') return `${noun} ${number === 1 ? 'differs' : 'differ'}${download}`;
  return `${noun} ${number === 1 ? 'changes' : 'change'}${download}`;
}

/** Returns a headline as a part of a heading: `1 missing payload stored again`, `a site that offers 2 files imported`. */
function asPhrase(headline: string): string {
  const [done = '', what = ''] = headline.replace(/\.$/, '').split(/: (.*)/s);
  return done.endsWith('ublished') ? what : `${what} ${done.charAt(0).toLowerCase()}${done.slice(1)}`;
}

/** Returns the kind of the site, with its name if it has one: `Update site Cell tools`. */
export function subjectOf(outcome: Outcome): string {
  const { siteName } = outcome;
  return siteName === undefined ? titleOf(outcome) : `${titleOf(outcome)} ${siteName}`;
}
