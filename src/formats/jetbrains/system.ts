/**
 * The systems that a plugin supports, as a bit set. Each pair of an operating system and a processor that IDEs know
 * is one bit (spec, section 1).
 */
export type Systems = number;

/** `com.intellij.modules.os.mac` */
const OS_MODULE = /^com\.intellij\.modules\.os\.(.+)$/;
/** `com.intellij.modules.arch.arm64` */
const ARCH_MODULE = /^com\.intellij\.modules\.arch\.(.+)$/;
/** A version that ends in a system, `1.0.0-linux-x86_64`. The system counts only for plugins without dependencies. */
const SYSTEM_VERSION = /^[\w.]+-(\w+)-(\w+)$/;

/** The suffix that the Gradle task adds to the version of a plugin for one system. */
const SYSTEM_SUFFIX = /-(?:windows|mac|linux|freebsd)\w*-\w+$/;

const OPERATING_SYSTEMS = ['windows', 'mac', 'linux', 'freebsd', 'other'] as const;
const PROCESSORS = ['x86_64', 'arm64', 'x86', 'arm32', 'other'] as const;

type OperatingSystem = (typeof OPERATING_SYSTEMS)[number];
type Processor = (typeof PROCESSORS)[number];

/** The systems of each platform module. A module that is missing here is an ordinary dependency. */
const OF_OS_MODULE: ReadonlyMap<string, readonly OperatingSystem[]> = new Map<
  string,
  readonly OperatingSystem[]
>([
  ['windows', ['windows']],
  ['mac', ['mac']],
  ['linux', ['linux']],
  ['freebsd', ['freebsd']],
  ['unix', ['mac', 'linux', 'freebsd', 'other']],
  ['xwindow', ['linux', 'freebsd', 'other']],
  ['unknown', []],
]);
const OF_ARCH_MODULE: ReadonlyMap<string, readonly Processor[]> = new Map<string, readonly Processor[]>([
  ['x86_64', ['x86_64']],
  ['arm64', ['arm64']],
  ['x86', ['x86']],
  ['arm32', ['arm32']],
  ['unknown', []],
]);
/** Names of processors in versions. */
const PROCESSOR_NAMES: ReadonlyMap<string, Processor> = new Map<string, Processor>([
  ['x86_64', 'x86_64'],
  ['amd64', 'x86_64'],
  ['aarch64', 'arm64'],
  ['arm64', 'arm64'],
  ['i386', 'x86'],
  ['x86', 'x86'],
]);

export const NO_SYSTEM: Systems = 0;
/** Every system. */
export const ALL_SYSTEMS: Systems = 2 ** (OPERATING_SYSTEMS.length * PROCESSORS.length) - 1;

/**
 * Returns the systems that a plugin supports according to IDEs. IDEs on other systems skip it before they look for the
 * highest version.
 *
 * @param depends the required dependencies, without optional ones
 */
export function systemsOf(depends: readonly string[], version: string): Systems {
  return depends.length === 0 ? systemsInVersion(version) : systemsNeeded(depends);
}

/** Returns the systems that provide all the given platform modules. */
export function systemsNeeded(depends: readonly string[]): Systems {
  let systems = ALL_SYSTEMS;
  for (const id of depends) {
    const os = OF_OS_MODULE.get(OS_MODULE.exec(id)?.[1] ?? '');
    const processors = OF_ARCH_MODULE.get(ARCH_MODULE.exec(id)?.[1] ?? '');
    if (os) systems &= pairsOf(os, PROCESSORS);
    if (processors) systems &= pairsOf(OPERATING_SYSTEMS, processors);
  }
  return systems;
}

function systemsInVersion(version: string): Systems {
  const [, osName, processorName = ''] = SYSTEM_VERSION.exec(version) ?? [];
  if (osName === undefined) return ALL_SYSTEMS;
  const os = OPERATING_SYSTEMS.find((name) => name !== 'other' && osName.toLowerCase().startsWith(name));
  const processor = PROCESSOR_NAMES.get(processorName);
  return pairsOf(os ? [os] : OPERATING_SYSTEMS, processor ? [processor] : PROCESSORS);
}

function pairsOf(os: readonly OperatingSystem[], processors: readonly Processor[]): Systems {
  let systems = 0;
  for (const name of os)
    for (const processor of processors)
      systems |= 1 << (OPERATING_SYSTEMS.indexOf(name) * PROCESSORS.length + PROCESSORS.indexOf(processor));
  return systems;
}

/** Whether all systems of the inner set are in the outer one. */
export function includesSystems(outer: Systems, inner: Systems): boolean {
  return (inner & ~outer) === 0;
}

const NAMED_SYSTEMS: readonly (readonly [name: string, system: Systems])[] = (
  ['windows', 'mac', 'linux'] as const
).flatMap((os) =>
  (['x86_64', 'arm64'] as const).map(
    (processor) => [`${os}-${processor}`, pairsOf([os], [processor])] as const,
  ),
);

/** The systems that plugins are usually built for. */
export const USUAL_SYSTEMS: Systems = NAMED_SYSTEMS.reduce((all, [, system]) => all | system, NO_SYSTEM);

/** Returns the usual systems in a set by their names in the Gradle task: `["linux-x86_64", "linux-arm64"]`. */
export function usualSystemsIn(systems: Systems): readonly string[] {
  return NAMED_SYSTEMS.filter(([, system]) => (systems & system) !== NO_SYSTEM).map(([name]) => name);
}

/** Returns the names of systems for a report. The list is empty for all systems. */
export function systemNames(systems: Systems): readonly string[] {
  if (systems === ALL_SYSTEMS) return [];
  const usual = usualSystemsIn(systems);
  return usual.length > 0 ? usual : ['other systems'];
}

/** Returns short names of systems for a table, with processors only if they differ: `["windows", "linux-arm64"]`. */
export function compactSystemNames(systems: Systems): readonly string[] {
  let left = systems;
  const names: string[] = [];
  for (const os of ['windows', 'mac', 'linux'] as const) {
    const all = pairsOf([os], PROCESSORS);
    if (includesSystems(systems, all & USUAL_SYSTEMS)) {
      names.push(os);
      left &= ~all;
    } else names.push(...usualSystemsIn(systems & all));
  }
  return includesSystems(USUAL_SYSTEMS, left) ? names : [...names, 'other systems'];
}

/**
 * Partitions all systems into the fewest classes such that each given set is a union of classes. All systems of a class
 * are offered the same versions.
 */
export function systemClasses(given: readonly Systems[]): readonly Systems[] {
  let classes: readonly Systems[] = [ALL_SYSTEMS];
  for (const systems of new Set(given))
    classes = classes.flatMap((each) =>
      [each & systems, each & ~systems].filter((part) => part !== NO_SYSTEM),
    );
  return classes;
}

/** Returns the version without the system of a variant: `1.0.0` for `1.0.0-linux-x86_64`. */
export function commonVersion(version: string): string {
  return version.replace(SYSTEM_SUFFIX, '');
}
