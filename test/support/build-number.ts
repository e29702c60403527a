import type { BuildNumber } from '../../src/formats/jetbrains/build-number.js';

/** Formats a build number as in a descriptor: `242.*`. */
export function describeBuild(build: BuildNumber): string {
  return build.map((component) => (component === Infinity ? '*' : String(component))).join('.');
}
