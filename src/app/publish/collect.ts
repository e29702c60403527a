import type { ArtifactRules } from '../../formats/format.js';
import type { Artifact, LeftOutFile } from '../../model/artifact.js';
import type { Problem } from '../../model/problem.js';
import { baseName, parseSitePath } from '../../model/site-path.js';
import type { ArtifactFiles, FoundFile } from '../ports/files.js';
import type { Log } from '../ports/log.js';
import { emptyFiles, isNamedBy } from './empty-files.js';
import type { FileRule, Settings } from './settings.js';

/** The files to publish, and the problems found. */
export interface Collected {
  readonly artifacts: readonly Artifact[];
  /** The artifacts that come from patterns, not from an application folder. */
  readonly named: readonly Artifact[];
  /** Files that were found but are not published: by-products, empty files, kinds that the application ignores. */
  readonly leftOut: readonly LeftOutFile[];
  readonly problems: readonly Problem[];
}

/**
 * Finds the artifacts that the settings name.
 *
 * @throws {UserError} `artifact` if a folder cannot be read
 */
export async function collectArtifacts(
  settings: Settings,
  format: ArtifactRules,
  files: ArtifactFiles,
  log: Log,
): Promise<Collected> {
  const artifacts: Artifact[] = [];
  const named: Artifact[] = [];
  const leftOut: LeftOutFile[] = [];
  const empty: string[] = [];
  const problems: Problem[] = [];
  const add = (
    found: FoundFile,
    destination: string | undefined,
    list: Artifact[],
    isNamed: boolean,
  ): void => {
    const isEmpty = found.size === 0 && format.emptyReasonOf?.(destination ?? found.file) !== undefined;
    if (isEmpty && !isNamed) {
      empty.push(found.file);
      leftOut.push({ file: found.file, destination });
      return;
    }
    const checked = destination === undefined ? undefined : parseSitePath(destination);
    if (checked && 'reason' in checked) problems.push(badPath(found.file, destination ?? '', checked.reason));
    else list.push({ ...found, destination: checked?.path });
  };

  const { appFolder } = format;
  if (settings.appDir !== undefined && appFolder) {
    const found = await files.below(settings.appDir, appFolder);
    const candidates = found.filter(({ path }) => appFolder.isTrackedPath(path));
    for (const { path, ...file } of candidates) add(file, path, artifacts, false);
    for (const { path, file } of found)
      if (!appFolder.isTrackedPath(path)) leftOut.push({ file, destination: path });
    log.detail(`${settings.appDir}: ${candidates.length} of ${found.length} files belong on the site.`);
    if (candidates.length === 0) problems.push(emptyAppFolder(settings.appDir));
  }
  for (const rule of settings.files) {
    const { taken, byProducts, problems: faults } = await matchRule(rule, settings, format, files, log);
    problems.push(...faults);
    leftOut.push(...byProducts.map(({ file }) => ({ file, destination: undefined })));
    for (const found of taken)
      add(found, destinationOf(rule, found.file), named, isNamedBy(found.file, rule.pattern));
  }
  problems.push(...emptyFiles(empty, format));
  return { artifacts: withoutRepeats([...artifacts, ...named]), named, leftOut, problems };
}

async function matchRule(
  rule: FileRule,
  settings: Settings,
  format: ArtifactRules,
  files: ArtifactFiles,
  log: Log,
): Promise<{
  taken: readonly FoundFile[];
  byProducts: readonly FoundFile[];
  problems: readonly Problem[];
}> {
  const { pattern, destination } = rule;
  const { files: matched, problems: refused } = await files.match(pattern);
  const taken: FoundFile[] = [];
  const byProducts: FoundFile[] = [];
  const problems: Problem[] = [...refused];
  for (const found of matched) {
    const reason = format.exclusionOf(fileNameOf(found.file));
    if (reason !== undefined && destination === undefined) {
      log.info(`Left out ${found.file}: ${reason}. Give a destination to publish it.`);
      byProducts.push(found);
      continue;
    }
    // A wildcard may match more than intended. A file named explicitly is intended.
    if (reason !== undefined && matched.length > 1) problems.push(byProduct(found.file, pattern, reason));
    taken.push(found);
  }
  if (destination && 'path' in destination && taken.length > 1) {
    return { taken: [], byProducts, problems: [severalForOnePath(pattern, destination.path, taken)] };
  }
  // A run that only removes files does not need a build.
  const nothingExpected = settings.defaultFiles && settings.remove.length > 0 && !settings.completeSite;
  if (taken.length === 0 && refused.length === 0 && !nothingExpected)
    problems.push(nothingMatched(pattern, settings));
  return { taken, byProducts, problems };
}

function destinationOf({ destination }: FileRule, file: string): string | undefined {
  if (destination === undefined) return undefined;
  return 'path' in destination ? destination.path : `${destination.folder}/${fileNameOf(file)}`;
}

function fileNameOf(file: string): string {
  return baseName(file.replaceAll('\\', '/'));
}

/** Two patterns may match the same file. It is kept once per destination. */
function withoutRepeats(artifacts: readonly Artifact[]): readonly Artifact[] {
  const seen = new Map(
    artifacts.map((artifact) => [`${artifact.file}\n${artifact.destination ?? ''}`, artifact]),
  );
  return [...seen.values()];
}

function badPath(file: string, path: string, reason: string): Problem {
  return {
    severity: 'error',
    code: 'bad-path',
    path: file,
    message: `${file} cannot be published as "${path}": ${reason}.`,
    hint: 'Rename the file, or choose another destination.',
  };
}

function byProduct(file: string, pattern: string, reason: string): Problem {
  return {
    severity: 'warning',
    code: 'by-product',
    path: file,
    message: `${file} is also published, because "${pattern}" matches it: ${reason}.`,
    hint: 'If that is not intended, make the pattern narrower, or omit the destination to skip this file.',
  };
}

function nothingMatched(pattern: string, { defaultFiles }: Settings): Problem {
  return {
    severity: 'error',
    code: 'no-artifact',
    path: pattern,
    message: `No file matches "${pattern}".`,
    hint: /->|→/.test(pattern)
      ? 'Write "=>" before the destination: GLOB => DEST.'
      : defaultFiles
        ? 'Run the build before this step, or choose the files to publish with "files" (--files).'
        : 'Check the pattern, which is relative to the working directory. Run the build before this step.',
  };
}

function emptyAppFolder(folder: string): Problem {
  return {
    severity: 'error',
    code: 'no-artifact',
    path: folder,
    message: `The application folder ${folder} does not contain files that belong on an update site.`,
    hint: 'Check "app-dir" (--app-dir): it is the folder that contains plugins/ and jars/, for example "Fiji.app".',
  };
}

function severalForOnePath(pattern: string, path: string, found: readonly FoundFile[]): Problem {
  return {
    severity: 'error',
    code: 'several-files',
    path,
    message: `"${pattern}" matches ${found.length} files, which cannot all be ${path}: ${found.map(({ file }) => file).join(', ')}.`,
    hint: 'Make the pattern narrower, or end the destination with "/" to make it a folder.',
  };
}
