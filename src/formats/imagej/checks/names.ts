import type { Problem } from '../../../model/problem.js';
import { isAscii, isMachineState, reservedReason, unfetchablePart } from '../names.js';
import { warningsOf, removeLines, sharedWarning } from '../several-files.js';

/** The paths to check. */
export interface NamesToCheck {
  /** Files that this publication adds, updates, renames or restores. */
  readonly published: readonly string[];
  /** Other current files of the site. */
  readonly standing: readonly string[];
}

/** Checks names (spec, section 6). Published ones are refused or cause warnings; existing ones only cause warnings. */
export function checkNames({ published, standing }: NamesToCheck): readonly Problem[] {
  return [
    ...published.flatMap((path) => [...reserved(path), ...unfetchable(path)]),
    ...sharedWarning(
      standing.filter((path) => unfetchablePart(path) !== undefined),
      {
        code: 'unfetchable-name',
        message: (files, areMany) =>
          `The site has ${areMany ? 'files' : 'a file'} that no client can download: ${files}. Every update that includes ${areMany ? 'one of them' : 'it'} fails as a whole.`,
        hint: (paths) => `Remove ${itOrThem(paths)} with ${removeLines(paths)}.`,
      },
    ),
    ...sharedWarning(
      standing.filter((path) => reservedReason(path) !== undefined),
      {
        code: 'reserved-path',
        message: (files, areMany) =>
          `The site has ${areMany ? 'files' : 'a file'} with ${areMany ? 'names that are' : 'a name that is'} reserved or hidden: ${files}.`,
        hint: (paths) =>
          `Publish ${itOrThem(paths)} under another name, and remove ${itOrThem(paths)} with ${removeLines(paths)}.`,
      },
    ),
    ...warningsOf(
      published.filter((path) => !isAscii(path)),
      {
        code: 'non-ascii-name',
        message: (files, areMany) =>
          areMany
            ? `These names contain characters beyond ASCII: ${files}.`
            : `The name ${files} contains characters beyond ASCII.`,
        hint: () =>
          'Clients with Java 8 on Windows cannot download such files, and their whole update fails. Use the letters A to Z without accents.',
      },
    ),
    ...warningsOf(published.filter(isMachineState), {
      code: 'machine-state',
      message: (files, areMany) =>
        `${files} ${areMany ? 'store' : 'stores'} the state of one machine, and would overwrite that of every user.`,
      hint: () => 'Leave it out, unless all users must have the same state.',
    }),
  ];
}

function itOrThem(paths: readonly string[]): string {
  return paths.length === 1 ? 'it' : 'them';
}

function reserved(path: string): Problem[] {
  const reason = reservedReason(path);
  if (reason === undefined) return [];
  return [
    {
      severity: 'error',
      code: 'reserved-path',
      path,
      message: `${path} cannot be published: ${reason}.`,
      hint: 'Choose another destination.',
    },
  ];
}

function unfetchable(path: string): Problem[] {
  const part = unfetchablePart(path);
  if (part === undefined) return [];
  return [
    {
      severity: 'error',
      code: 'unfetchable-name',
      path,
      message: `${path} cannot be downloaded: "${part}" in its name has another meaning in the URL that clients request. The whole update would fail for every user.`,
      hint: `Rename the file, or choose a destination without "${part}".`,
    },
  ];
}
