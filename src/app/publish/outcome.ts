import { emptyOutcome, type Outcome } from '../../model/outcome.js';
import type { Plan } from '../../model/plan.js';
import type { Problem } from '../../model/problem.js';
import { refusalOf } from '../refusal.js';
import type { Settings } from './settings.js';

/**
 * Returns the outcome of a run before anything is written: what it changes, or why it does not.
 *
 * @param where description of the site or channel
 * @param problems all problems, including those of the plan
 * @param report the changes as they are shown
 */
export function outcomeOf(
  settings: Settings,
  where: string,
  plan: Plan,
  problems: readonly Problem[],
  report: Pick<Outcome, 'changes' | 'offers' | 'siteSize' | 'diff' | 'broughtUpToDate'>,
): Outcome {
  const refusal = refusalOf(problems, settings.failOn);
  const { restored = [], notices = [] } = plan;
  const { broughtUpToDate = [], ...shown } = report;
  const changed = plan.changes.length + restored.length + broughtUpToDate.length > 0 && !refusal;
  return {
    ...emptyOutcome(settings.format, settings.preview ? 'preview' : 'publication', where),
    changed,
    refusal,
    timestamp: changed && plan.changes.length + broughtUpToDate.length > 0 ? plan.timestamp : undefined,
    siteUrl: settings.siteUrl,
    siteName: settings.config?.config.name,
    siteDescription: settings.config?.config.description,
    unchanged: plan.unchanged,
    skipped: plan.skipped,
    problems,
    publishedFiles: changed ? plan.payloads.map(({ storedPath }) => storedPath) : [],
    publishedBytes: changed ? plan.payloads.reduce((sum, { size }) => sum + size, 0) : 0,
    ...(changed && restored.length > 0 ? { restored } : {}),
    ...(changed && broughtUpToDate.length > 0 ? { broughtUpToDate } : {}),
    // A refused publication carries out nothing that the notices announce.
    ...(notices.length > 0 && (settings.preview || !refusal) ? { notices } : {}),
    ...shown,
  };
}
