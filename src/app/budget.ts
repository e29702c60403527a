import { count, describeBytes } from '../model/humanize.js';
import type { Payload } from '../model/plan.js';
import type { Problem } from '../model/problem.js';
import type { SiteBudget, SiteUsage } from './ports/site-store.js';

/** Checks that the payloads respect the size limits of the site's host, in bytes. */
export function checkBudget(
  budget: SiteBudget | undefined,
  usage: SiteUsage,
  payloads: readonly Pick<Payload, 'storedPath' | 'size'>[],
): readonly Problem[] {
  if (!budget) return [];
  const problems: Problem[] = [];
  for (const { storedPath, size } of payloads) {
    const figures = `${storedPath} is ${describeBytes(size)}; git hosts such as GitHub refuse files over ${describeBytes(budget.maxFileBytes)}`;
    if (size > budget.maxFileBytes) {
      problems.push({
        severity: 'error',
        code: 'file-too-large',
        path: storedPath,
        message: `${figures}.`,
        hint: 'Make it smaller, split it, or store it elsewhere and let the plugin download it.',
      });
    } else if (size > budget.warnFileBytes) {
      problems.push({
        severity: 'warning',
        code: 'file-near-limit',
        path: storedPath,
        message: `${figures}.`,
        hint: 'The next version may no longer fit.',
      });
    }
  }
  const added = payloads.reduce((sum, { size }) => sum + size, 0);
  const after = usage.bytes + added;
  if (after > budget.warnSiteBytes) {
    const least =
      usage.unmeasured > 0 ? `at least (${count(usage.unmeasured, 'file')} could not be measured) ` : '';
    const over = after > budget.maxSiteBytes ? 'more than' : 'close to';
    problems.push({
      severity: 'warning',
      code: over === 'close to' ? 'site-near-limit' : 'site-too-large',
      message:
        `With this publication, the branch contains ${least}${describeBytes(after)} (${describeBytes(usage.bytes)} now, ` +
        `${describeBytes(added)} new), ${over} the ${describeBytes(budget.maxSiteBytes)} limit of GitHub Pages.`,
      hint: 'You can delete payloads of old versions that no index names any more from the branch.',
    });
  }
  return problems;
}
