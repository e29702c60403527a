/**
 * The use case that checks a site: reads its index and its files, as users of the site would get them, and reports
 * named checks. It changes nothing.
 *
 * @module
 */

import type { Format, IndexFiles, SomeFormat } from '../../formats/format.js';
import type { SiteFacts, VerificationRules } from '../../formats/verification.js';
import type { Inspection } from '../../model/artifact.js';
import { passed, skipped, type Check, type Verification } from '../../model/check.js';
import { CHECK_NAMES, CHECKS, type CheckEntry } from '../../model/check-names.js';
import type { Plan } from '../../model/plan.js';
import { timestampOf } from '../../model/timestamp.js';
import { UserError, type ErrorCode } from '../../model/user-error.js';
import type { Log, Runtime } from '../ports/log.js';
import type { ReadableSite, SiteSource } from '../ports/site-source.js';
import type { UpstreamIndexes } from '../ports/upstream-indexes.js';
import { readFiles, readIndexFiles, requireFormat } from '../read-index.js';
import { readUpstream } from '../upstream.js';
import { choosePayloads } from './choose-payloads.js';
import { lostVersions } from './lost-versions.js';
import { orphans, PAYLOAD_CHECKS, payloadChecks } from './payload-checks.js';
import type { PayloadStates } from './payload-state.js';
import { readPayloads, type PayloadPorts } from './read-payloads.js';
import { SERVED_CHECKS, servedChecks } from './served-checks.js';
import type { VerifySettings } from './settings.js';

export interface VerifyPorts extends PayloadPorts {
  readonly upstream: UpstreamIndexes;
  readonly runtime: Runtime;
  readonly log: Log;
}

/**
 * Checks a site.
 *
 * @param formats the formats that the site may have; the first one whose index it has is used
 * @returns the results; a site that cannot be reached is a failed check
 */
export async function verify(
  source: SiteSource,
  formats: readonly [SomeFormat, ...SomeFormat[]],
  settingsFor: (format: SomeFormat) => VerifySettings,
  ports: VerifyPorts,
): Promise<Verification> {
  const { description } = source;
  let [format] = formats;
  try {
    ports.log.detail(`Reading ${description}.`);
    const site = await source.open(false);
    format = await requireFormat(site, formats, source, ports.log);
    return await format((chosen) => verifySite(chosen, description, site, settingsFor(format), ports));
  } catch (error) {
    const fault = faultOf(error);
    return format(({ name, verification }) => ({
      format: name,
      site: description,
      checks: allSkipped('index-readable', fault, settingsFor(format), verification),
    }));
  }
}

/** Returns why the place cannot be read. Throws every other error. */
function faultOf(error: unknown): string {
  if (!(error instanceof UserError) || !UNREACHABLE.has(error.code)) throw error;
  const { message, hint } = error;
  return hint === undefined ? message : `${message} ${hint}`;
}

/** Errors of the place itself. */
const UNREACHABLE: ReadonlySet<ErrorCode> = new Set(['remote', 'site', 'index', 'limit']);

async function verifySite<Index, I extends Inspection, P extends Plan, O>(
  format: Format<Index, I, P, O>,
  description: string,
  site: ReadableSite,
  settings: VerifySettings,
  ports: VerifyPorts,
): Promise<Verification> {
  const { name, verification: rules } = format;
  if (!rules) throw new Error(`Sites of the format ${name} cannot be checked.`);
  const files = await readIndexFiles(site, format);
  const [main] = format.indexPaths;
  const named = (checks: readonly Check[]) => ({ format: name, site: description, checks });
  if (!files.has(main))
    return named(allSkipped('index-readable', `${main} does not exist.`, settings, rules));
  const index = format.parseIndex(files);
  try {
    return named(await checksOf({ format, rules, site, files, index }, settings, ports));
  } catch (error) {
    return named(allSkipped('payloads-present', faultOf(error), settings, rules));
  }
}

/** A site whose index was read. */
interface ReadSite<Index, I extends Inspection, P extends Plan, O> {
  readonly format: Format<Index, I, P, O>;
  readonly rules: VerificationRules<Index>;
  readonly site: ReadableSite;
  readonly files: IndexFiles;
  readonly index: Index;
}

/** Reads the files of a site, and returns the results of all checks. */
async function checksOf<Index, I extends Inspection, P extends Plan, O>(
  { format, rules, site, files, index }: ReadSite<Index, I, P, O>,
  settings: VerifySettings,
  ports: VerifyPorts,
): Promise<readonly Check[]> {
  const [main] = format.indexPaths;
  const siteUrl = settings.siteUrl ?? site.served?.url;
  const payloads = rules.payloadsOf(index, siteUrl);
  const { limits, ...chosen } = choosePayloads(payloads, settings, ports.runtime.random);
  const states = await readPayloads(site, format.name, chosen, ports);
  const now = ports.runtime.now();
  const facts: SiteFacts<Index> = {
    index,
    siteUrl,
    indexFiles: new Map([...files, ...(await readFiles(site, format.companionPaths?.(index) ?? []))]),
    read: matching(states),
    upstream: await knownUpstream(format, settings, site, ports),
    java: settings.java,
    clock: timestampOf(now),
  };
  const redirects = [...states.values()].flatMap((state) =>
    state.status === 'there' ? state.redirects : [],
  );
  const checks = [
    passed('index-readable'),
    ...payloadChecks(payloads, states, settings),
    await lostVersions(format, rules, site.past, settings, ports.progress),
    orphans(await site.listFiles?.(), payloads, (path) => format.isStoredPath(path), main),
    ...rules.check(facts),
    ...(await servedChecks(site.served, main, redirects, rules, ports.runtime)),
  ];
  return inOrder(
    checks.map((check) => withLimits(check, limits, settings)),
    settings,
  );
}

/** States what a check that passed is limited to, if only some of the files were read. */
function withLimits(check: Check, limits: string | undefined, { previous }: VerifySettings): Check {
  if (check.status !== 'passed' || limits === undefined) return check;
  const { readsFiles = false }: CheckEntry = CHECKS[check.name];
  const isLimited = readsFiles || (check.name === 'previous-payloads' && previous === 'content');
  return isLimited ? passed(check.name, limits) : check;
}

/** The checks of a site whose index, or whose files, cannot be read at all. */
function allSkipped(
  failed: 'index-readable' | 'payloads-present',
  fault: string,
  settings: VerifySettings,
  rules: Pick<VerificationRules<never>, 'checkNames'> = { checkNames: [] },
): readonly Check[] {
  const isIndex = failed === 'index-readable';
  const why = isIndex ? 'The index cannot be read.' : 'The files of the site cannot be read.';
  const checks = [
    'index-readable',
    ...PAYLOAD_CHECKS,
    'lost-versions',
    ...rules.checkNames,
    ...SERVED_CHECKS,
  ] as const;
  return inOrder(
    checks.map((name): Check => {
      if (name === failed) return { name, status: 'failed', reason: fault, findings: [] };
      return name === 'index-readable' ? passed(name) : skipped(name, why);
    }),
    settings,
  );
}

/** Sorts checks as in the catalogue, and leaves out those that the user wants to skip. */
function inOrder(checks: readonly Check[], { skip }: VerifySettings): readonly Check[] {
  return CHECK_NAMES.flatMap((name) => {
    const check = checks.find((one) => one.name === name);
    if (!check) return [];
    return skip.includes(name) ? skipped(name, 'It is switched off (--skip).') : check;
  });
}

/** Returns what reading has shown of the payloads that match the index. */
function matching(states: PayloadStates): SiteFacts<unknown>['read'] {
  return new Map(
    [...states].flatMap(([name, state]) =>
      state.status === 'there' && state.content && 'facts' in state.content && state.content.facts.isMatch
        ? [[name, state.content.facts] as const]
        : [],
    ),
  );
}

/** Reads the sites that users also follow, except the site itself. Returns a sentence if they are not known. */
async function knownUpstream<Index, I extends Inspection, P extends Plan, O>(
  format: Format<Index, I, P, O>,
  { upstream }: VerifySettings,
  { served }: ReadableSite,
  ports: VerifyPorts,
): Promise<SiteFacts<Index>['upstream']> {
  const own = served && `${served.url}${format.indexPaths[0]}`;
  const sources = upstream.filter(({ location }) => location !== own);
  if (upstream.length === 0)
    return 'No upstream site is known: name those that users follow with --upstream.';
  const { sites, problems } = await readUpstream(sources, format, ports.upstream, ports.log);
  const fault = problems.find(({ severity }) => severity === 'error');
  return fault ? fault.message : sites;
}
