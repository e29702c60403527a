import type { Check, CheckStatus, Finding, Verification } from '../model/check.js';
import { CHECKS, type CheckName } from '../model/check-names.js';
import { count, formatNumber, shortened } from '../model/humanize.js';
import { asLogText } from '../model/printable.js';
import { SUMMARY_LIMIT } from './text-limit.js';
import { codeSpan, escapeMarkdown } from './markdown-text.js';
import type { Paint } from './terminal.js';

/** Maximum number of files of one check in a report for people, and maximum length of a path in characters. */
const MAX_FINDINGS = 20;
const MAX_PATH = 300;

/** The page with a heading for each check. */
const CHECK_DOCS_URL = 'https://github.com/pages-update-site/pages-update-site/blob/main/docs/verify.md';

const STYLES = { passed: 'green', warning: 'yellow', failed: 'red', skipped: 'dim' } as const;
const MARKS: Readonly<Record<CheckStatus, string>> = {
  passed: '✅',
  warning: '⚠️',
  failed: '❌',
  skipped: '⏭️',
};

/** Summarizes a verification in one sentence: `2 of 17 checks failed: payloads-present, names.` */
export function verificationHeadline({ checks }: Verification): string {
  const named = (status: CheckStatus) => checks.filter((check) => check.status === status);
  const [failed, warnings, skipped] = [named('failed'), named('warning'), named('skipped')];
  const ran = checks.length - skipped.length;
  const left = skipped.length === 0 ? '' : ` (${formatNumber(skipped.length)} skipped)`;
  const names = (list: readonly Check[]) => list.map(({ name }) => name).join(', ');
  if (failed.length > 0) return `${failed.length} of ${count(ran, 'check')} failed${left}: ${names(failed)}.`;
  if (warnings.length > 0)
    return `No check failed, ${count(warnings.length, 'has a warning', 'have warnings')}${left}: ${names(warnings)}.`;
  return `${count(ran, 'check')} passed${left}.`;
}

/** Renders the checks of a site for a terminal or a log. Ends with a newline. */
export function renderVerification(verification: Verification, paint: Paint): string {
  const { checks, site } = verification;
  const shown = skippedTogether(checks) ? checks.slice(0, 1) : checks;
  const width = Math.max(...shown.map(({ name }) => name.length));
  const lines = shown.flatMap((check) => {
    const { name, status, findings } = check;
    const text = asLogText(sentenceOf(check));
    return [
      `${paint(STYLES[status], status.padEnd(7))}  ${name.padEnd(width)}  ${text}`,
      ...shownFindings(findings, MAX_FINDINGS).map(
        ({ path, message }) => `           ${asLogText(`${path}: ${message}`)}`,
      ),
      ...(findings.length > MAX_FINDINGS
        ? [`           … and ${formatNumber(findings.length - MAX_FINDINGS)} more (--json lists all)`]
        : []),
    ];
  });
  const ailing = checks.some(({ status }) => status === 'failed' || status === 'warning');
  const help = ailing ? `What to do: ${CHECK_DOCS_URL}\n` : '';
  return `${lines.join('\n')}\n\n${asLogText(site)}\n${paint('bold', verificationHeadline(verification))}\n${help}`;
}

/** Whether all checks but the first one were skipped for the same reason. */
function skippedTogether([, ...others]: readonly Check[]): boolean {
  const [first] = others;
  return others.every(({ status, reason }) => status === 'skipped' && reason === first?.reason);
}

/** How much of each check a report shows: the number of files, and whether it states the reasons. */
const DETAILS = [
  { files: MAX_FINDINGS, hasReasons: true },
  { files: 3, hasReasons: true },
  { files: 0, hasReasons: true },
  { files: 0, hasReasons: false },
] as const;
type Detail = (typeof DETAILS)[number];

/**
 * Renders the checks of a site as Markdown, for a job summary or an issue: as many details as fit into the limit. File
 * names are untrusted.
 */
export function renderVerificationMarkdown(verification: Verification, limit = SUMMARY_LIMIT): string {
  let text = '';
  for (const detail of DETAILS) {
    text = renderWith(verification, detail);
    if (limit.sizeOf(text) <= limit.max) break;
  }
  return text;
}

function renderWith(verification: Verification, detail: Detail): string {
  const { checks, site } = verification;
  const rows = (wanted: readonly CheckStatus[]) =>
    checks
      .filter(({ status }) => wanted.includes(status))
      .map((check) => renderRow(check, detail))
      .join('');
  const ailing = rows(['failed', 'warning']);
  const others = rows(['passed', 'skipped']);
  const table = (content: string) => `\n| | Check | Result |\n| --- | --- | --- |\n${content}`;
  const details = checks.flatMap((check) => renderDetails(check, detail)).join('');
  const mark = MARKS[worstOf(checks)];
  return [
    `### ${mark} Site check: ${escapeMarkdown(verificationHeadline(verification))}\n`,
    `\nSite: ${codeSpan(shortened(site, MAX_PATH))}\n`,
    ailing === '' ? '' : table(ailing),
    details,
    detail.files === 0
      ? '\n_The files are left out, because the report would be too long. The log shows the first ones._\n'
      : '',
    others === '' ? '' : `\n<details><summary>Other checks</summary>\n${table(others)}\n</details>\n`,
  ].join('');
}

/** Returns the most severe status. */
function worstOf(checks: readonly Check[]): CheckStatus {
  const found = new Set(checks.map(({ status }) => status));
  return (['failed', 'warning'] as const).find((status) => found.has(status)) ?? 'passed';
}

function renderRow(check: Check, { hasReasons }: Detail): string {
  const { name, status } = check;
  const text = hasReasons ? shortened(sentenceOf(check), MAX_PATH) : `${CHECKS[name].title}.`;
  return `| ${MARKS[status]} | [${name}](${CHECK_DOCS_URL}#${name}) | ${escapeMarkdown(text)} |\n`;
}

function renderDetails({ name, findings }: Check, { files }: Detail): readonly string[] {
  if (findings.length === 0 || files === 0) return [];
  const lines = shownFindings(findings, files).map(
    ({ path, message }) => `- ${codeSpan(path)}: ${escapeMarkdown(message)}\n`,
  );
  const more = findings.length - files;
  return [`\n**${name}**\n\n${lines.join('')}${more > 0 ? `\n… and ${formatNumber(more)} more.\n` : ''}`];
}

function shownFindings(findings: readonly Finding[], max: number): readonly Finding[] {
  return findings
    .slice(0, max)
    .map(({ path, message }) => ({ path: shortened(path, MAX_PATH), message: shortened(message, MAX_PATH) }));
}

/** Returns what was found, or what holds. */
function sentenceOf({ name, status, reason }: Check): string {
  const title = `${CHECKS[name].title}.`;
  if (reason === undefined) return title;
  return status === 'passed' ? `${title} ${reason}` : reason;
}

/** The result of a check, for scripts. Every field is part of the contract with users. */
interface CheckResult {
  readonly name: CheckName;
  readonly status: CheckStatus;
  readonly reason: string | null;
  /** Paths on the site, or addresses. */
  readonly files: readonly string[];
  /** What is wrong with each of them. */
  readonly details: readonly Finding[];
}

/** The result of a verification, for scripts. */
export interface VerificationResult {
  readonly site: string;
  readonly format: string;
  readonly checks: readonly CheckResult[];
}

/** Returns the result for scripts. */
export function verificationResult({ site, format, checks }: Verification): VerificationResult {
  return {
    site,
    format,
    checks: checks.map(({ name, status, reason = null, findings }) => ({
      name,
      status,
      reason,
      files: [...new Set(findings.map(({ path }) => path))],
      details: findings,
    })),
  };
}
