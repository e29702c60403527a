import * as core from '@actions/core';
import { asLogText } from '../../model/printable.js';
import { errorsFirst, type Problem } from '../../model/problem.js';
import { inNotationOf } from '../../report/option-notation.js';

/** Maximum length of an annotation, in characters: GitHub cuts longer ones. */
const MAX_ANNOTATION = 4096;
/** Maximum number of annotations. GitHub shows ten of each kind for a step; the log has all of them. */
const MAX_ANNOTATIONS = 50;

/** Reports problems as annotations of the run, errors first. */
export function annotate(problems: readonly Problem[]): void {
  for (const [at, problem] of errorsFirst(problems).entries()) {
    const whole = problem.hint === undefined ? problem.message : `${problem.message} ${problem.hint}`;
    const text = asLogText(inNotationOf('action', whole));
    if (at >= MAX_ANNOTATIONS) core.info(asLogText(`${problem.severity}: ${text}`));
    else if (problem.severity === 'error') core.error(text.slice(0, MAX_ANNOTATION), { title: problem.code });
    else core.warning(text.slice(0, MAX_ANNOTATION), { title: problem.code });
  }
}
