import { formatNumber } from '../../model/humanize.js';
import type { FileElsewhere, Plan } from '../../model/plan.js';
import { hasErrors, type Problem } from '../../model/problem.js';
import { UserError } from '../../model/user-error.js';
import type { FilesElsewhere } from '../ports/web-servers.js';
import type { Settings } from './settings.js';

/** Maximum number of concurrent requests. */
const MAX_CONCURRENT = 4;

/**
 * Checks that files on other servers exist before the index refers to them. Each address is requested once per run.
 * A preview does not check them, because the files may be uploaded later.
 *
 * @returns a function of the known problems and the plan; it sends no requests if the problems include errors
 */
export function createElsewhereCheck(
  { preview, archiveCheck }: Pick<Settings, 'preview' | 'archiveCheck'>,
  server: FilesElsewhere,
): (known: readonly Problem[], plan: Plan) => Promise<readonly Problem[]> {
  const results = new Map<string, Promise<readonly Problem[]>>();
  const check = (file: FileElsewhere) => {
    const result = results.get(file.url) ?? problemsWith(file, server);
    results.set(file.url, result);
    return result;
  };
  return async (known, { elsewhere = [] }) => {
    if (preview || !archiveCheck || hasErrors(known)) return [];
    const problems: Problem[] = [];
    for (let at = 0; at < elsewhere.length; at += MAX_CONCURRENT)
      problems.push(...(await Promise.all(elsewhere.slice(at, at + MAX_CONCURRENT).map(check))).flat());
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
        `The file at ${url} is not ${file}: it has ${found > size ? 'more' : 'fewer'} than the ${formatNumber(size)} bytes of that file.`,
        'Upload the file that was built in this run, or publish the file at that address.',
      ),
    ];
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return [
      absent(
        url,
        `The index would refer to ${url}, which cannot be downloaded: ${error.message}.`,
        'Upload the archive first, and check "archive-url" (--archive-url): IDEs download it without a login. If it is uploaded later, use "archive-check: off" (--archive-check off).',
      ),
    ];
  }
}

function absent(path: string, message: string, hint: string): Problem {
  return { severity: 'error', code: 'absent-archive', path, message, hint };
}
