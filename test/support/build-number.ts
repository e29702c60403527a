import type { BuildNumber } from '../../src/formats/jetbrains/build-number.js';

/** `242.*`: as it stands in a descriptor. */
export function describeBuild(build: BuildNumber): string {
  return build.map((component) => (component === Infinity ? '*' : String(component))).join('.');
}
