import type { Change } from '../model/change.js';
import type { Outcome } from '../model/outcome.js';
import type { Problem } from '../model/problem.js';
import { problemsOf, type UserError } from '../model/user-error.js';
import { reportOf, type Report } from './report-json.js';

/** One change, for scripts. Further fields of formats are not part of the contract. */
export interface ChangeResult {
  readonly kind: Change['kind'];
  readonly path: string;
  readonly previousPath?: string;
  readonly checksum?: string;
  readonly size?: number;
}

/** The result of a run, for scripts. Every field is part of the contract with users. */
export interface Result {
  readonly changed: boolean;
  readonly timestamp: string | null;
  readonly commit: string | null;
  readonly siteUrl: string | null;
  readonly changes: readonly ChangeResult[];
  readonly unchanged: number;
  readonly problems: readonly Problem[];
  /** The whole report, if the run is a preview or comparison. */
  readonly report?: Report;
}

export function resultOf(outcome: Outcome): Result {
  return {
    changed: outcome.changed,
    timestamp: outcome.timestamp === undefined ? null : String(outcome.timestamp),
    commit: outcome.commit ?? null,
    siteUrl: outcome.siteUrl ?? null,
    changes: outcome.refusal && outcome.kind === 'publication' ? [] : outcome.changes.map(changeResultOf),
    unchanged: outcome.unchanged,
    problems: outcome.problems,
    ...(outcome.kind === 'publication' ? {} : { report: reportOf(outcome) }),
  };
}

/** Returns the result of a command that prints no outcome, if it failed: only the problems. */
export function faultResult(error: UserError): Pick<Result, 'problems'> {
  return { problems: problemsOf(error) };
}

/** Returns the result of a run that ended without an outcome. */
export function failedResult(error: UserError): Result {
  return {
    changed: false,
    timestamp: null,
    commit: null,
    siteUrl: null,
    changes: [],
    unchanged: 0,
    problems: problemsOf(error),
  };
}

function changeResultOf({ kind, path, previousPath, checksum, size }: Change): ChangeResult {
  return {
    kind,
    path,
    ...(previousPath === undefined ? {} : { previousPath }),
    ...(checksum === undefined ? {} : { checksum }),
    ...(size === undefined ? {} : { size }),
  };
}
