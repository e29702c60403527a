import type { ApplicationRules } from '../../formats/application.js';
import type { Format, RenderedFile } from '../../formats/format.js';
import type { Inspection } from '../../model/artifact.js';
import type { Plan } from '../../model/plan.js';
import type { Problem } from '../../model/problem.js';
import type { SitePath } from '../../model/site-path.js';
import { UserError } from '../../model/user-error.js';
import type { CopyWords, StoredPayload } from '../stored-payloads.js';
import type { Contents, ExportedPayload } from './contents.js';
import { readmeName } from './readme-name.js';

/**
 * Returns the current payloads that users of some platforms install, under their real names, and a text for these
 * users.
 *
 * @param platforms the platforms whose files are wanted; empty for all of them
 * @param siteUrl public address of the site; `undefined` if unknown
 * @throws {UserError} `usage` if the format has no folder of an application
 */
export function applicationContents<Index, I extends Inspection, P extends Plan, O>(
  { name: format, application }: Format<Index, I, P, O>,
  index: Index,
  payloads: readonly StoredPayload[],
  platforms: readonly string[],
  siteUrl: string | undefined,
  words: CopyWords,
): Contents {
  if (!application)
    throw new UserError(
      'usage',
      `Sites of the format ${format} have no application folder to be unzipped into.`,
      {
        hint: 'Leave out --kind application: a backup contains all files of the site.',
      },
    );
  const known = application.filesOf(index);
  const wanted = payloads.flatMap((payload): ExportedPayload[] => {
    const file = known.get(payload.storedPath);
    if (!file || !isFor(platforms, file.platforms)) return [];
    return [{ payload, name: payload.path, isExecutable: file.isExecutable }];
  });
  const names = wanted.map(({ name }) => name);
  return {
    head: [readmeOf(application, names, siteUrl)],
    payloads: wanted.filter(({ name }) => !application.isReserved(name)),
    problems: names.filter((name) => application.isReserved(name)).map((name) => wouldReplace(name, words)),
  };
}

/** Whether a file for some platforms, or for all if it names none, is for one of those that are wanted. */
function isFor(wanted: readonly string[], platforms: readonly string[]): boolean {
  return (
    wanted.length === 0 || platforms.length === 0 || platforms.some((platform) => wanted.includes(platform))
  );
}

/** Returns the text that explains to users how to get updates. */
function readmeOf(
  { readme }: Pick<ApplicationRules<never>, 'readme'>,
  names: readonly SitePath[],
  siteUrl: string | undefined,
): RenderedFile {
  return { path: readmeName(siteUrl, names), bytes: Buffer.from(readme(siteUrl)) };
}

function wouldReplace(name: SitePath, { site, again, past }: CopyWords): Problem {
  return {
    severity: 'error',
    code: 'bad-path',
    path: name,
    message: `${name} would replace a file that the application itself writes.`,
    hint: past ?? `Remove it from ${site}. ${again}`,
  };
}
