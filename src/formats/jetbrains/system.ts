/**
 * The systems that a plugin runs on, as a set of bits: one for each pair of an operating system and a processor that IDEs
 * know (spec, section 1).
 */
export type Systems = number;

/** `com.intellij.modules.os.mac` */
const OS_MODULE = /^com\.intellij\.modules\.os\.(.+)$/;
/** `com.intellij.modules.arch.arm64` */
const ARCH_MODULE = /^com\.intellij\.modules\.arch\.(.+)$/;
/** A version whose end names a system, if the plugin names no dependency at all: `1.0.0-linux-x86_64`. */
const SYSTEM_VERSION = /^[\w.]+-(\w+)-(\w+)$/;

/** What the Gradle task adds to the version of a plugin for one system. */
const SYSTEM_SUFFIX = /-(?:windows|mac|linux|freebsd)\w*-\w+$/;

const OPERATING_SYSTEMS = ['windows', 'mac', 'linux', 'freebsd', 'other'] as const;
const PROCESSORS = ['x86_64', 'arm64', 'x86', 'arm32', 'other'] as const;

type OperatingSystem = (typeof OPERATING_SYSTEMS)[number];
type Processor = (typeof PROCESSORS)[number];

/** What the modules of the platform stand for; a name that is missing here is an ordinary dependency. */
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
 * The systems that an IDE takes a plugin to be for. All others leave it out before they look for the highest version.
 *
 * @param depends what it needs; what is optional is not among it
 */
export function systemsOf(depends: readonly string[], version: string): Systems {
  return depends.length === 0 ? systemsInVersion(version) : systemsNeeded(depends);
}

/** The systems that have all of some modules of the platform. */
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

/** The systems that plugins are built for. */
export const USUAL_SYSTEMS: Systems = NAMED_SYSTEMS.reduce((all, [, system]) => all | system, NO_SYSTEM);

/** Which of the usual systems are in a set, as the Gradle task names them: `["linux-x86_64", "linux-arm64"]`. */
export function usualSystemsIn(systems: Systems): readonly string[] {
  return NAMED_SYSTEMS.filter(([, system]) => (systems & system) !== NO_SYSTEM).map(([name]) => name);
}

/** The systems as a report names them; none for all of them. */
export function systemNames(systems: Systems): readonly string[] {
  if (systems === ALL_SYSTEMS) return [];
  const usual = usualSystemsIn(systems);
  return usual.length > 0 ? usual : ['other systems'];
}

/** Some systems as a table names them, processors only where they differ: `["windows", "linux-arm64"]`. */
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
 * Divides the systems into the fewest sets that each of the given ones is put together from: what is offered is the same on
 * all systems of a set.
 */
export function systemClasses(given: readonly Systems[]): readonly Systems[] {
  let classes: readonly Systems[] = [ALL_SYSTEMS];
  for (const systems of new Set(given))
    classes = classes.flatMap((each) =>
      [each & systems, each & ~systems].filter((part) => part !== NO_SYSTEM),
    );
  return classes;
}

/** The version that a variant is one of: `1.0.0` for `1.0.0-linux-x86_64`. */
export function commonVersion(version: string): string {
  return version.replace(SYSTEM_SUFFIX, '');
}
