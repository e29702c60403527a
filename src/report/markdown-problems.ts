import { shortened } from '../model/humanize.js';
import type { Problem } from '../model/problem.js';
import { escapeMessage } from './markdown-text.js';
import { inNotationOf } from './option-notation.js';
import type { ReportContext } from './report-context.js';

/** The page with a heading for each code. */
const PROBLEM_DOCS_URL =
  'https://github.com/pages-update-site/pages-update-site/blob/main/docs/troubleshooting.md';
/** Maximum length of a message and of a hint, in characters. */
const MAX_TEXT = 1000;

/**
 * Renders a problem as an item of a list: what is wrong in bold, why, what to do in the notation of the front end, and a
 * link to the explanation of the code.
 */
export function problemLine(problem: Problem, { frontEnd, links }: ReportContext): string {
  const { severity, code, message, hint = '' } = problem;
  const [what, why] = firstSentence(plain(message));
  const settings =
    links?.repository !== undefined && code.startsWith('pages-')
      ? `[Settings of GitHub Pages](${links.repository}/settings/pages)`
      : '';
  const remedy = escapeMessage(inNotationOf(frontEnd, plain(hint)));
  const parts = [
    severity === 'error' ? '❌' : '⚠️',
    `**${escapeMessage(inNotationOf(frontEnd, what))}**`,
    escapeMessage(inNotationOf(frontEnd, why)),
    remedy,
    settings,
    `[\`${code}\`](${PROBLEM_DOCS_URL}#${code})`,
  ];
  return `- ${parts.filter((part) => part !== '').join(' ')}\n`;
}

/** Returns the first sentence of a text, and the rest. */
function firstSentence(text: string): readonly [first: string, rest: string] {
  const end = /\. (?=["\p{Lu}])/u.exec(text);
  return end ? [text.slice(0, end.index + 1), text.slice(end.index + 2)] : [text, ''];
}

function plain(text: string): string {
  return shortened(text.replace(/\s+/g, ' ').trim(), MAX_TEXT);
}
