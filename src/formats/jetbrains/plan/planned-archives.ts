import type { InspectedArtifact } from '../../../model/artifact.js';
import { reservedByGit } from '../../../model/git-names.js';
import type { Problem } from '../../../model/problem.js';
import { baseName, parseSitePath, type SitePath } from '../../../model/site-path.js';
import type { CheckContext } from '../descriptor/check-list.js';
import { checkDescriptor, type ValidDescriptor } from '../descriptor/checks.js';
import type { PluginInspection } from '../descriptor/plugin-archive.js';
import type { Repository } from '../index/repository.js';

/** An archive with what it says of itself, and where it goes. */
export interface PlannedArchive {
  readonly artifact: InspectedArtifact<PluginInspection>['artifact'];
  readonly inspection: PluginInspection;
  readonly descriptor: ValidDescriptor;
  readonly path: SitePath;
}

/** What the checks of the archives of a publication must know. */
export function checkContextOf({ versions }: Repository, newestBranch: number): CheckContext {
  return { knownIds: new Set(versions.map(({ entry }) => entry.id)), newestBranch };
}

/** What an archive is for a publication: a planned, unless something forbids it, and what is wrong. */
export interface PlannedArchiveResult {
  readonly planned: PlannedArchive | undefined;
  readonly problems: readonly Problem[];
}

/** Checks an archive, and works out where it goes. */
export function planArchive(
  { artifact, inspection }: InspectedArtifact<PluginInspection>,
  context: CheckContext,
): PlannedArchiveResult {
  const { file } = artifact;
  if (!inspection.descriptor) return { planned: undefined, problems: inspection.problems };
  const checked = checkDescriptor(inspection.descriptor, file, context);
  const problems = [...inspection.problems, ...checked.problems];
  const refuse = (message: string, hint: string): PlannedArchiveResult => ({
    planned: undefined,
    problems: [...problems, { severity: 'error', code: 'bad-path', path: file, message, hint }],
  });
  if (artifact.destination !== undefined)
    return refuse(
      `${file} was given the destination "${artifact.destination}".`,
      'Leave out "=> …": archives go to plugins/<id>/<version>/.',
    );
  const name = baseName(file.replaceAll('\\', '/'));
  if (!/\.(jar|zip)$/.test(name))
    return refuse(`${file} does not end in .zip or .jar: IDEs would not install it.`, 'Rename the archive.');
  if (!checked.valid) return { planned: undefined, problems };
  const { id, version } = checked.valid;
  const path = parseSitePath(`plugins/${id}/${version}/${name}`);
  const isOneFolder = !/[/\\]/.test(id + version);
  const byGit = 'path' in path ? reservedByGit(path.path) : undefined;
  if ('reason' in path || !isOneFolder || byGit !== undefined) {
    const reason = 'reason' in path ? path.reason : (byGit ?? 'it has a slash');
    return refuse(
      `${file} cannot be kept under its id "${id}" and version "${version}": ${reason}.`,
      'Choose an id and a version that can be names of folders.',
    );
  }
  return { planned: { artifact, inspection, descriptor: checked.valid, path: path.path }, problems };
}

/** One version can only be one file. */
export function duplicateVersions(archives: readonly PlannedArchive[]): readonly Problem[] {
  const byVersion = new Map<string, string[]>();
  for (const { descriptor, artifact } of archives) {
    const key = `${descriptor.id} ${descriptor.version}`;
    byVersion.set(key, [...(byVersion.get(key) ?? []), artifact.file]);
  }
  return [...byVersion]
    .filter(([, files]) => files.length > 1)
    .map(([what, files]) => ({
      severity: 'error',
      code: 'several-files',
      path: files[0] ?? '',
      message: `Several files are ${what}: ${files.join(', ')}.`,
      hint: 'Make the pattern narrower, or delete old builds. Of a signed and an unsigned archive, publish the signed one.',
    }));
}
