import type { Verification } from '../../model/check.js';
import { count } from '../../model/humanize.js';
import type { Outcome } from '../../model/outcome.js';
import type { Problem } from '../../model/problem.js';

/** Adds to the outcome of an import that checking the new place ended early. The import stands. */
export function withoutVerification(outcome: Outcome, reason: string): Outcome {
  const notice = `The new place was not checked (${reason}): run "update-site verify" for it.`;
  return { ...outcome, notices: [...(outcome.notices ?? []), notice] };
}

/** Adds to the outcome of an import what checking the new place has shown. The import stands in any case. */
export function withVerification(outcome: Outcome, { checks }: Verification): Outcome {
  const failed = checks.filter(({ status }) => status === 'failed');
  const warned = checks.filter(({ status }) => status === 'warning').map(({ name }) => name);
  const ran = checks.filter(({ status }) => status !== 'skipped').length;
  const problems = failed.map(({ name, reason = '' }): Problem => ({
    severity: 'warning',
    code: 'failed-check',
    path: name,
    message: `The new place does not pass the check "${name}": ${reason}`,
    hint: 'The old site probably does not pass it either: "update-site verify" shows the files, and docs/verify.md what to do.',
  }));
  const result =
    failed.length > 0
      ? `${failed.length} of ${count(ran, 'check')} failed`
      : warned.length > 0
        ? `none of ${count(ran, 'check')} failed`
        : `all of ${count(ran, 'check')} passed`;
  const warnings =
    warned.length === 0
      ? ''
      : `, ${count(warned.length, 'has a warning', 'have warnings')}: ${warned.join(', ')}`;
  const notice = `Checked in the new place: ${result}${warnings}.`;
  return {
    ...outcome,
    problems: [...outcome.problems, ...problems],
    notices: [...(outcome.notices ?? []), notice],
  };
}
