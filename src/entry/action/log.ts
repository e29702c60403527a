import * as core from '@actions/core';
import { asLogText } from '../../model/printable.js';
import { errorsFirst, type Problem } from '../../model/problem.js';

/** GitHub cuts an annotation here, in characters. */
const MAX_ANNOTATION = 4096;
/** GitHub shows ten annotations of a kind for a step; the log has all of them. */
const MAX_ANNOTATIONS = 50;

/** Tells problems as annotations of the run, errors first. */
export function annotate(problems: readonly Problem[]): void {
  for (const [at, problem] of errorsFirst(problems).entries()) {
    const text = asLogText(
      problem.hint === undefined ? problem.message : `${problem.message} ${problem.hint}`,
    );
    if (at >= MAX_ANNOTATIONS) core.info(asLogText(`${problem.severity}: ${text}`));
    else if (problem.severity === 'error') core.error(text.slice(0, MAX_ANNOTATION), { title: problem.code });
    else core.warning(text.slice(0, MAX_ANNOTATION), { title: problem.code });
  }
}
