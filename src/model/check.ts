import type { CheckName } from './check-names.js';

/** The results of a check. A warning does not make a site fail. */
export const CHECK_STATUSES = ['passed', 'warning', 'failed', 'skipped'] as const;
export type CheckStatus = (typeof CHECK_STATUSES)[number];

/** A file or an address with a fault, and the fault as a clause. */
export interface Finding {
  readonly path: string;
  readonly message: string;
}

/** The result of one check of a site. */
export interface Check {
  readonly name: CheckName;
  readonly status: CheckStatus;
  /** Why it was skipped, or what was found, as a sentence. */
  readonly reason?: string;
  /** Empty if it passed or was skipped. */
  readonly findings: readonly Finding[];
}

/** A check that passed. The reason, if any, limits what that means. */
export function passed(name: CheckName, reason?: string): Check {
  return { name, status: 'passed', ...(reason === undefined ? {} : { reason }), findings: [] };
}

/** @param reason a sentence */
export function skipped(name: CheckName, reason: string): Check {
  return { name, status: 'skipped', reason, findings: [] };
}

/**
 * A check that failed if there are findings, and passed otherwise.
 *
 * @param reasonOf returns a sentence about the findings, given their number
 * @param status of a check with findings
 */
export function judged(
  name: CheckName,
  findings: readonly Finding[],
  reasonOf: (count: number) => string,
  status: 'failed' | 'warning' = 'failed',
): Check {
  if (findings.length === 0) return passed(name);
  return { name, status, reason: reasonOf(findings.length), findings };
}

/** All checks of a site. */
export interface Verification {
  readonly format: string;
  /** The site, in words. */
  readonly site: string;
  readonly checks: readonly Check[];
}
