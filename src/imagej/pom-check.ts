import type { Problem } from '../model/problem.js';
import type { PlacedArtifact } from './plan-paths.js';
import { pomOf } from './pom.js';
import { removeLines } from './several-files.js';

/**
 * Judges the POM that the client reads of a jar (spec, section 6). If it is not well-formed, every look of the user's
 * updater at any site ends in an error once the jar is installed.
 *
 * @param isPublished whether this publication writes the jar; else the site has it already
 */
export function checkPom({ path, inspection }: PlacedArtifact, isPublished: boolean): readonly Problem[] {
  const pom = pomOf(inspection);
  if (!pom || !('fault' in pom)) return [];
  const { fault } = pom;
  // What is too large is never read: nothing is known about it.
  const what = 'fault' in (inspection.pom ?? {}) ? 'cannot be checked' : 'is not well-formed XML';
  if (isPublished) {
    return [
      {
        severity: 'error',
        code: 'bad-pom',
        path,
        message: `The POM in ${path} ${what}: ${fault}. If a POM is not well-formed, every update of every user who has installed it fails.`,
        hint: 'Correct the POM and build again; Maven accepts some POMs that ImageJ does not. If it came with a shaded library, leave "META-INF/maven/**" of that library out.',
      },
    ];
  }
  return [
    {
      severity: 'warning',
      code: 'bad-pom',
      path,
      message: `The POM in ${path}, which is on the site, ${what}: ${fault}. If a POM is not well-formed, every update of every user who has installed it fails.`,
      hint: `Publish a jar with a correct POM, or remove it with ${removeLines([path])}. Users who have installed it must delete it by hand.`,
    },
  ];
}
