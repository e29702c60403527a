import type { Problem } from '../../../model/problem.js';
import { pomOf, type PomProblem } from '../artifacts/pom.js';
import type { PlacedArtifact } from '../placement/place.js';
import { removeLines } from '../several-files.js';

/**
 * Checks the POM of a jar that clients read (spec, section 6). If it is not well-formed, the updater of a user who has
 * the jar fails for every site.
 *
 * @param isPublished whether this publication writes the jar; otherwise, the site already has it
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
        hint: 'Correct the POM and build again. Maven accepts some POMs that ImageJ rejects. If the POM belongs to a shaded library, exclude "META-INF/maven/**" of that library.',
      },
    ];
  }
  return [
    {
      severity: 'warning',
      code: 'bad-pom',
      path,
      message: messageOf(pom, `${entry} in ${path} on the site`),
      hint: `Publish a jar with a correct POM, or remove it with ${removeLines([path])}. Users who have installed it must delete it by hand.`,
    },
  ];
}

function messageOf({ fault, kind }: PomProblem, where: string): string {
  return kind === 'malformed'
    ? `ImageJ cannot read ${where}: ${fault}. Every update fails for users who have installed this jar.`
    : `${where} cannot be checked: ${fault}. If ImageJ cannot read it, every update fails for users who have installed this jar.`;
}
