import { formatNumber } from '../../model/humanize.js';
import type { FileElsewhere, Plan } from '../../model/plan.js';
import { hasErrors, type Problem } from '../../model/problem.js';
import { UserError } from '../../model/user-error.js';
import type { FilesElsewhere } from '../ports/web-servers.js';
import type { Settings } from './settings.js';

/** How many addresses are asked at the same time. */
const AT_ONCE = 4;

/**
 * Checks that files on other servers are there before a publication leads users to them. Each address is asked once in a run,
 * and none for a preview: the files may come later.
 *
 * @returns a function of the problems that are known and the plan; where there are errors already, nothing is asked
 */
export function createElsewhereCheck(
  { preview, archiveCheck }: Pick<Settings, 'preview' | 'archiveCheck'>,
  server: FilesElsewhere,
): (known: readonly Problem[], plan: Plan) => Promise<readonly Problem[]> {
  const answers = new Map<string, Promise<readonly Problem[]>>();
  const ask = (file: FileElsewhere) => {
    const answer = answers.get(file.url) ?? problemsWith(file, server);
    answers.set(file.url, answer);
    return answer;
  };
  return async (known, { elsewhere = [] }) => {
    if (preview || !archiveCheck || hasErrors(known)) return [];
    const problems: Problem[] = [];
    for (let at = 0; at < elsewhere.length; at += AT_ONCE)
      problems.push(...(await Promise.all(elsewhere.slice(at, at + AT_ONCE).map(ask))).flat());
    return problems;
  };
}

async function problemsWith(
  { url, file, size }: FileElsewhere,
  server: FilesElsewhere,
): Promise<readonly Problem[]> {
  try {
    const found = await server.sizeOf(url, size);
    if (found === size) return [];
    return [
      absent(
        url,
        `What ${url} leads to is not ${file}: it has ${found > size ? 'more' : 'fewer'} bytes than the ${formatNumber(size)} of the file.`,
        'Upload the file that was built in this run, or publish the file that is there.',
      ),
    ];
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return [
      absent(
        url,
        `The index would lead to ${url}, and that cannot be downloaded: ${error.message}.`,
        'Upload the archive first, and check "archive-url" (--archive-url): IDEs download it without a login. Where it comes later, give "archive-check: off" (--archive-check off).',
      ),
    ];
  }
}

function absent(path: string, message: string, hint: string): Problem {
  return { severity: 'error', code: 'absent-archive', path, message, hint };
}
