import type { Problem } from '../../../model/problem.js';
import { pomOf, type PomProblem } from '../artifacts/pom.js';
import type { PlacedArtifact } from '../placement/place.js';
import { removeLines } from '../several-files.js';

/**
 * Judges the POM that the client reads of a jar (spec, section 6). If it is not well-formed, every look of the user's
 * updater at any site ends in an error once the jar is installed.
 *
 * @param isPublished whether this publication writes the jar; else the site has it already
 */
export function checkPom({ path, inspection }: PlacedArtifact, isPublished: boolean): readonly Problem[] {
  const pom = pomOf(inspection);
  if (!pom || !('fault' in pom)) return [];
  const entry = inspection.pomEntry ?? 'META-INF/maven/**/pom.xml';
  if (isPublished) {
    return [
      {
        severity: 'error',
        code: 'bad-pom',
        path,
        message: messageOf(pom, `${entry} in ${path}`),
        hint: 'Correct the POM and build again; Maven accepts some POMs that ImageJ does not. If it came with a shaded library, leave "META-INF/maven/**" of that library out.',
      },
    ];
  }
  return [
    {
      severity: 'warning',
      code: 'bad-pom',
      path,
      message: messageOf(pom, `${entry} in ${path}, which is on the site,`),
      hint: `Publish a jar with a correct POM, or remove it with ${removeLines([path])}. Users who have installed it must delete it by hand.`,
    },
  ];
}

function messageOf({ fault, kind }: PomProblem, where: string): string {
  return kind === 'malformed'
    ? `ImageJ cannot read ${where}: ${fault}. Every update of every user who has installed this jar fails.`
    : `${where} cannot be checked: ${fault}. If ImageJ cannot read it, every update of every user who has installed this jar fails.`;
}
