/**
 * The use case that undoes publications: a new publication that offers what the site offered at an earlier moment. The
 * index never moves back.
 *
 * @module
 */

import type { Format, SomeFormat } from '../../formats/format.js';
import type { NeededPayload, RollbackRules } from '../../formats/rollback.js';
import type { Inspection } from '../../model/artifact.js';
import { emptyOutcome, type Outcome } from '../../model/outcome.js';
import type { Payload, Plan } from '../../model/plan.js';
import type { PlanMoment } from '../../model/plan-moment.js';
import type { Problem } from '../../model/problem.js';
import { timestampOf } from '../../model/timestamp.js';
import { UserError } from '../../model/user-error.js';
import { commitMessage } from '../../report/commit-message.js';
import { checkBudget } from '../budget.js';
import { copiesIn } from '../copies.js';
import { obstacleProblems } from '../obstacles.js';
import type { TempFolders } from '../ports/files.js';
import type { Inspector, VerifyRequest } from '../ports/inspector.js';
import type { Log, Progress, Runtime } from '../ports/log.js';
import type { SiteSnapshot, SiteStore } from '../ports/site-store.js';
import { readHistory } from '../read-history.js';
import { readIndexFiles, requireFormat } from '../read-index.js';
import { refusalOf } from '../refusal.js';
import { unservedFiles } from '../unserved.js';
import { verifyPayloads } from '../verify-payloads.js';
import { findMoment, GO_BACK, nameOf, type Moment } from './find-moment.js';
import type { RollbackSettings } from './settings.js';

/** Maximum size of a payload, in bytes. */
const MAX_PAYLOAD_BYTES = 2 * 1024 * 1024 * 1024;

export interface RollbackPorts {
  readonly store: SiteStore;
  readonly inspector: Inspector;
  readonly temp: TempFolders;
  readonly runtime: Pick<Runtime, 'now'>;
  readonly log: Log;
  readonly progress: Progress;
}

/**
 * Goes back to an earlier state of a site.
 *
 * @param formats the formats that the site may have; the first one whose index it has is used
 * @returns the outcome; if its problems include errors, nothing was written
 * @throws {UserError} `usage` if the history does not list the state, or another one if the place cannot be read or written
 */
export async function rollBack(
  formats: readonly SomeFormat[],
  settings: RollbackSettings,
  ports: RollbackPorts,
): Promise<Outcome> {
  const { store } = ports;
  const site = await store.open(!settings.preview);
  const format = await requireFormat(site, formats, store.description);
  return format((chosen) => rollBackAs(chosen, site, settings, ports));
}

async function rollBackAs<Index, I extends Inspection, P extends Plan, O>(
  format: Format<Index, I, P, O>,
  site: SiteSnapshot,
  settings: RollbackSettings,
  ports: RollbackPorts,
): Promise<Outcome> {
  const { temp } = ports;
  const { rollback: rules, name } = format;
  if (!rules)
    throw new UserError('usage', `Sites of the format ${name} cannot be rolled back.`, {
      hint: 'Publish the earlier files again with a higher version.',
    });
  const then = await findMoment(readHistory(format, site), settings.target);
  const now = format.parseIndex(await readIndexFiles(site, format));
  const folder = await temp.make();
  try {
    const request = { format, rules, site, now, then, settings, ports };
    return await restore(request, copiesIn(folder.path));
  } finally {
    await folder.remove();
  }
}

interface Restoration<Index, I extends Inspection, P extends Plan, O> {
  readonly format: Format<Index, I, P, O>;
  readonly rules: RollbackRules<Index>;
  readonly site: SiteSnapshot;
  readonly now: Index;
  readonly then: Moment<Index>;
  readonly settings: RollbackSettings;
  readonly ports: RollbackPorts;
}

async function restore<Index, I extends Inspection, P extends Plan, O>(
  { format, rules, site, now, then, settings, ports }: Restoration<Index, I, P, O>,
  fileFor: (path: string) => string,
): Promise<Outcome> {
  const { store, runtime, log } = ports;
  const date = runtime.now();
  const plan = rules.plan(now, then.index, then.isExact, momentOf(settings, date));
  const fetched = await fetchNeeded(format, site, plan.needed, fileFor, ports);
  const { payloads } = fetched;
  const contents = new Map(
    payloads.map(({ storedPath, checksum, size }) => [storedPath, { checksum, size }]),
  );
  const after = rules.apply(now, then.index, plan.timestamp, contents);
  // Without the content, the changes would have wrong sizes.
  const isWhole = fetched.problems.length === 0;
  const changes = isWhole ? format.explain(format.compare(now, after), now, after) : [];
  const usage = store.budget && payloads.length > 0 ? await site.usage?.(format.storedSizes(now)) : undefined;
  const problems = [
    ...plan.problems,
    ...fetched.problems,
    ...(await obstacleProblems(site, payloads)),
    ...unservedFiles(site, payloads),
    ...(usage ? checkBudget(store.budget, usage, payloads) : []),
  ];
  const refusal = refusalOf(problems, settings.failOn);
  const changed = changes.length > 0 && !refusal;
  const notices = [...(changes.length > 0 ? then.notices : []), ...plan.notices];
  const outcome: Outcome = {
    ...emptyOutcome(format.name, settings.preview ? 'preview' : 'publication', store.description),
    changed,
    refusal,
    timestamp: changed ? plan.timestamp : undefined,
    siteUrl: settings.siteUrl,
    changes,
    problems,
    publishedFiles: changed ? payloads.map(({ storedPath }) => storedPath) : [],
    publishedBytes: changed ? payloads.reduce((sum, { size }) => sum + size, 0) : 0,
    ...(notices.length > 0 && (settings.preview || !refusal) ? { notices } : {}),
    diff: isWhole ? format.diff(now, after) : undefined,
  };
  if (settings.preview || !changed) return outcome;
  log.info(`Going back to ${nameOf(then)} in ${store.description}.`);
  const result = await store.publish(site, {
    payloads,
    restored: [],
    verify: (copies) => verifyPayloads(copies, format.name, ports.inspector, ports.progress),
    removals: [],
    indexFiles: format.renderIndex(after),
    message: settings.message ?? `${GO_BACK} ${nameOf(then)}\n\n${bodyOf(commitMessage(changes))}`,
    date,
  });
  if (result.status === 'published') return { ...outcome, commit: result.commit };
  throw new UserError('race', `Another run changed ${store.description} during the rollback.`, {
    hint: 'Nothing was changed. Look at the history again: the last publication may be another one now.',
  });
}

/** The rollback of a site needs no leads: it has no files that users have never had. */
function momentOf({ timestamp }: RollbackSettings, date: Date): PlanMoment {
  const clock = timestampOf(date);
  return { now: timestamp ?? clock, isGiven: timestamp !== undefined, clock, lastSeen: undefined };
}

/** Fetches content that is published again, and compares it with the index. */
async function fetchNeeded<Index, I extends Inspection, P extends Plan, O>(
  { name }: Format<Index, I, P, O>,
  site: SiteSnapshot,
  needed: readonly NeededPayload[],
  fileFor: (path: string) => string,
  { inspector }: RollbackPorts,
): Promise<{ readonly payloads: readonly Payload[]; readonly problems: readonly Problem[] }> {
  const files = await site.fetchFiles(
    needed.map(({ from }) => from),
    { fileFor, maxBytesEach: MAX_PAYLOAD_BYTES },
  );
  const problems: Problem[] = [];
  const here = needed.flatMap((payload, at) => {
    const local = files[at];
    if (local?.status === 'there') return [{ payload, local }];
    problems.push(gone(payload, local?.status === 'failed' ? local.reason : 'it does not exist any more'));
    return [];
  });
  const results = await inspector.verifyAll(
    here.map(({ payload: { path, checksum, from }, local }): VerifyRequest => ({
      task: 'verify',
      format: name,
      file: local.file,
      size: local.size,
      sitePath: path,
      knownChecksums: [checksum],
      label: from,
    })),
    () => undefined,
  );
  const payloads = here.flatMap(({ payload, local }, at): Payload[] => {
    const result = results[at];
    if (result && 'facts' in result && result.facts.isMatch) {
      const { storedPath, path } = payload;
      const { file, size, modified } = local;
      return [{ storedPath, path, file, size, modified, checksum: result.facts.checksum }];
    }
    problems.push(gone(payload, 'its content is not what the index states'));
    return [];
  });
  return { payloads, problems };
}

function gone({ from }: NeededPayload, reason: string): Problem {
  return {
    severity: 'error',
    code: 'lost-payload',
    path: from,
    message: `The site cannot go back to ${from}: ${reason}.`,
    hint: 'Choose another moment, or publish the file again from its sources.',
  };
}

/** Returns a commit message without its first line. */
function bodyOf(message: string): string {
  return message.slice(message.indexOf('\n\n') + 2);
}
