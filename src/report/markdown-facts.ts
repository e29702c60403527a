import { describeBytes, formatNumber, count, shortened } from '../model/humanize.js';
import type { Outcome } from '../model/outcome.js';
import { KIND_MARKS } from './kind-marks.js';
import { codeSpan, escapeMarkdown, escapeMessage } from './markdown-text.js';
import { inNotationOf } from './option-notation.js';
import type { ReportContext } from './report-context.js';
import { addressOf, timestampInWords, unchangedInWords } from './site-words.js';
import { countsOf, noticesInWords, siteSizeInWords, sizeOfDownload, skippedInWords } from './words.js';

/** The project, in the last line of reports. */
const PROJECT = '[pages-update-site](https://github.com/pages-update-site/pages-update-site)';
/** Maximum length of an address or place, in characters. */
const MAX_PLACE = 300;
/** Web addresses that need no escapes in Markdown. */
const PLAIN_URL = /^https?:\/\/[\w.~:/%-]+$/;

/**
 * Renders the facts of a run in one line: the size of the download, the number of changes of each kind, the address of
 * the site, and its size.
 *
 * @param warnings number of warnings in the folded section
 */
export function factsLine(outcome: Outcome, warnings: number, { links }: ReportContext): string {
  const { unchanged, siteSize, isMove } = outcome;
  const bytes = isMove ? 0 : sizeOfDownload(outcome);
  const address = addressOf(outcome);
  return [
    ...(bytes === 0 ? [] : [`Users download **${describeBytes(bytes)}**`]),
    ...(isMove ? [] : countsOf(outcome)).map(
      ({ kind, number, done }) => `${KIND_MARKS[kind]} ${formatNumber(number)} ${done}`,
    ),
    ...(unchanged > 0 ? [unchangedInWords(outcome)] : []),
    ...(warnings > 0 ? [`⚠️ ${count(warnings, 'warning')}`] : []),
    ...(address
      ? [`${address.label}: ${links ? linked(address.url) : codeSpan(shortened(address.url, MAX_PLACE))}`]
      : []),
    ...(siteSize ? [`branch size ${escapeMarkdown(siteSizeInWords(siteSize))}`] : []),
  ].join(' · ');
}

/** Renders an address as a link, if it is a plain one. */
function linked(url: string): string {
  return PLAIN_URL.test(url) && url.length <= MAX_PLACE ? `<${url}>` : codeSpan(shortened(url, MAX_PLACE));
}

/** Renders what readers should know about the run as a whole, one item of a list per sentence. */
export function noticeLines(outcome: Outcome, { frontEnd }: ReportContext): readonly string[] {
  return [...skippedInWords(outcome.skipped), ...noticesInWords(outcome)].map(
    (text) => `- ${escapeMessage(inNotationOf(frontEnd, text))}\n`,
  );
}

/** Renders the last line of a report: where the site is, and what the report comes from. */
export function footerOf(outcome: Outcome, { links, version, origin = [] }: ReportContext): string {
  const { commit, site } = outcome;
  const stamp = timestampInWords(outcome);
  const parts = [
    ...origin,
    // A run whose settings are invalid does not know its site.
    ...(site === '' ? [] : [`Site: ${codeSpan(shortened(site, MAX_PLACE))}`]),
    ...(commit === undefined ? [] : [`commit ${commitLink(commit, links?.repository)}`]),
    ...(stamp === undefined ? [] : [stamp]),
    `${PROJECT}${version === undefined ? '' : ` ${version}`}`,
  ];
  return `\n<sub>${parts.join(' · ')}</sub>\n`;
}

function commitLink(commit: string, repository: string | undefined): string {
  const isPlain = /^[0-9a-f]{7,64}$/.test(commit);
  const short = codeSpan(commit.slice(0, 12));
  return isPlain && repository !== undefined ? `[${short}](${repository}/commit/${commit})` : short;
}
