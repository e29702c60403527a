import fc from 'fast-check';
import { artifact, type Given, type PluginPlanInput } from './plan-plugins.js';

/** One publication: archives, or a removal. */
export type PluginStep = { readonly releases: readonly Given[] } | { readonly remove: string };

const OS_MODULES = ['windows', 'mac', 'linux', 'unix'].map((os) => `com.intellij.modules.os.${os}`);
/** Systems on which IDEs run. */
export const SYSTEMS = [
  { os: 'linux', arch: 'x86_64' },
  { os: 'linux', arch: 'arm64' },
  { os: 'mac', arch: 'arm64' },
  { os: 'windows', arch: 'x86_64' },
  { os: 'freebsd', arch: 'x86' },
];

const release = fc.record({
  id: fc.constantFrom('org.lab.a', 'org.lab.b'),
  version: fc
    .tuple(
      fc.constantFrom('1', '1.0', '2', '3', '3-snap', '10'),
      fc.constantFrom('', '', '-linux-x86_64', '-linux-aarch64', '-windows-amd64', '-mac-arm64', '-beta-1'),
    )
    .map((parts) => parts.join('')),
  since: fc.constantFrom('241', '242', '242.5', '243.10'),
  until: fc.constantFrom(undefined, '242.*', '242.20224', '242.9999', '243.20000', '243.*', '263.*'),
  depends: fc.oneof(
    { weight: 3, arbitrary: fc.constant([]) },
    {
      weight: 1,
      arbitrary: fc.subarray(['org.other', ...OS_MODULES, 'com.intellij.modules.arch.x86_64'], {
        maxLength: 2,
      }),
    },
  ),
});
const step: fc.Arbitrary<PluginStep> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      releases: fc.uniqueArray(release, {
        minLength: 1,
        maxLength: 4,
        selector: ({ id, version }) => `${id} ${version}`,
      }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      remove: fc.constantFrom('org.lab.a', 'org.lab.b', 'org.lab.a@1', 'org.lab.b@2'),
    }),
  },
);

/** A sequence of publications. */
export const pluginSteps = fc.array(step, { maxLength: 6 });

/** Returns the input of the plan of a step. */
export function requestOf(one: PluginStep): PluginPlanInput {
  return 'releases' in one
    ? { artifacts: one.releases.map((given) => artifact({ ...given, bytes: JSON.stringify(given) })) }
    : { remove: [one.remove] };
}
