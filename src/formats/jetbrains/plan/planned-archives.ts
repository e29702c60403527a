import type { InspectedArtifact } from '../../../model/artifact.js';
import { reservedByGit } from '../../../model/git-names.js';
import type { Problem } from '../../../model/problem.js';
import { baseName, parseSitePath, type SitePath } from '../../../model/site-path.js';
import type { CheckContext } from '../descriptor/check-list.js';
import { checkDescriptor, type ValidDescriptor } from '../descriptor/checks.js';
import type { PluginInspection } from '../descriptor/plugin-archive.js';
import type { Repository } from '../index/repository.js';

/** An archive with its metadata and its destination. */
export interface PlannedArchive {
  readonly artifact: InspectedArtifact<PluginInspection>['artifact'];
  readonly inspection: PluginInspection;
  readonly descriptor: ValidDescriptor;
  readonly path: SitePath;
}

/** Returns the context for the checks of archives. */
export function checkContextOf({ versions }: Repository, newestBranch: number): CheckContext {
  return { knownIds: new Set(versions.map(({ entry }) => entry.id)), newestBranch };
}

/** The planned archive, unless an error prevents it, and the problems. */
export interface PlannedArchiveResult {
  readonly planned: PlannedArchive | undefined;
  readonly problems: readonly Problem[];
}

/** Checks an archive and determines its destination. */
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
      `${file} has the destination "${artifact.destination}", which plugin repositories do not support.`,
      'Remove "=> …". Archives are always stored in plugins/<id>/<version>/.',
    );
  const name = baseName(file.replaceAll('\\', '/'));
  if (!/\.(jar|zip)$/.test(name))
    return refuse(
      `${file} does not end in .zip or .jar, so IDEs would not install it.`,
      'Rename the archive.',
    );
  if (!checked.valid) return { planned: undefined, problems };
  const { id, version } = checked.valid;
  const path = parseSitePath(`plugins/${id}/${version}/${name}`);
  const isOneFolder = !/[/\\]/.test(id + version);
  const byGit = 'path' in path ? reservedByGit(path.path) : undefined;
  if ('reason' in path || !isOneFolder || byGit !== undefined) {
    const reason = 'reason' in path ? path.reason : (byGit ?? 'it contains a slash');
    return refuse(
      `${file} cannot be stored under its id "${id}" and version "${version}": ${reason}.`,
      'Choose an id and a version that are valid names of folders.',
    );
  }
  return { planned: { artifact, inspection, descriptor: checked.valid, path: path.path }, problems };
}

/** Reports versions that several files have. */
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
      message: `Several files contain ${what}: ${files.join(', ')}.`,
      hint: 'Make the pattern narrower, or delete old builds. If there is a signed and an unsigned archive, publish the signed one.',
    }));
}
