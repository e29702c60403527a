import { listNames } from '../../../model/humanize.js';
import type { MavenCoordinates, RepositoryJar } from '../../../model/maven.js';
import { baseName } from '../../../model/site-path.js';
import type { DependencySources } from '../../dependencies.js';
import type { JarAnalysis } from './analyze-jar.js';
import type { Availability, AvailableFile } from './availability.js';
import { correspondingJars, createDeclaredJars, type DeclaredJar } from './repository-jars.js';
import { dependsOn, mayBeFromJava } from './rules.js';
import type { MissingJar, UnresolvedFile, Task } from './task.js';

/** Searches for dependencies beyond the artifacts of the run. */
export interface DependencySearch {
  /**
   * Finds jars that contain the classes which are still open.
   *
   * @param artifacts unversioned names of the jars that were already searched
   */
  byCode(tasks: readonly Task[], artifacts: readonly string[]): Promise<void>;
  /** Adds what the POM declares, without reading code. */
  byPom(task: Task): void;
  missing(): readonly MissingJar[];
  /** Returns notices for the user, in full sentences. */
  notices(): Promise<readonly string[]>;
}

/** Maps class names to the providers that contain the class. */
export function providersOf<Provider>(
  providers: readonly Provider[],
  classesOf: (provider: Provider) => readonly string[],
): ReadonlyMap<string, readonly Provider[]> {
  const byClass = new Map<string, Provider[]>();
  for (const provider of providers) {
    for (const name of classesOf(provider)) {
      const list = byClass.get(name);
      if (list) list.push(provider);
      else byClass.set(name, [provider]);
    }
  }
  return byClass;
}

/** @param available what users can get after the publication */
export function createDependencySearch(
  available: Availability,
  sources: DependencySources<JarAnalysis>,
): DependencySearch {
  const declaredJars = createDeclaredJars(sources.repository);
  const missingJars = new Map<string, MissingJar & { neededBy: string[] }>();
  /** Jars of the repository that revealed a dependency, with the files on sites that they stand for. */
  const matchedByName = new Map<string, { jar: RepositoryJar; file: AvailableFile }>();
  const classes = new Map<string, readonly string[]>();
  const messages: string[] = [];
  return { byCode, byPom, missing, notices };

  async function byCode(tasks: readonly Task[], artifacts: readonly string[]): Promise<void> {
    /** The jars of the repository that were searched, by unversioned name: the nearest of each. */
    const seen = new Map<string, RepositoryJar>();
    for (const task of tasks) await linkDeclared(task, seen);
    await linkCorresponding(tasks, new Set(artifacts), seen);
    const atHand = new Set([...artifacts, ...seen.keys()]);
    for (const task of tasks) linkUnseen(task, atHand);
  }

  function byPom(task: Task): void {
    for (const declared of declaredJars.direct(task.pom)) need(task, declared, undefined);
  }

  function missing(): readonly MissingJar[] {
    return [...missingJars.values()];
  }

  async function notices(): Promise<readonly string[]> {
    const sameName = [...matchedByName.values()].filter(
      ({ jar, file }) => nameOf(jar) === baseName(file.path),
    );
    const checksums = await sources.checksums(sameName.map(({ jar }) => jar));
    const differing = [...matchedByName.values()].filter(
      ({ jar, file }) => checksums.get(jar.file) !== file.checksum,
    );
    return [
      ...messages,
      ...differing.map(
        ({ jar, file }) =>
          `The dependency on ${file.component} was found by its name only: ${jar.file} differs from the ${baseName(file.path)} that ${file.site ?? 'this site'} serves.`,
      ),
    ];
  }

  /** Searches the jars that the POM leads to. Then searches what the jars need that no site serves. */
  async function linkDeclared(task: Task, seen: Map<string, RepositoryJar>): Promise<void> {
    if (!isUnresolved(task)) return;
    const candidates = declaredJars.needed(task.pom).filter(({ jar }) => jar !== undefined);
    await listClasses(candidates.flatMap(({ jar }) => jar ?? []));
    for (const { name, jar } of candidates) if (jar && !seen.has(name)) seen.set(name, jar);
    const providers = providersOf(candidates, ({ jar }) => (jar && classes.get(jar.file)) ?? []);
    const done = new Set<string>();
    let next: readonly UnresolvedFile[] = [task];
    while (next.length > 0) {
      const unserved: DeclaredJar[] = [];
      for (const one of next) unserved.push(...linkProviders(one, providers));
      const fresh = unserved.filter(
        ({ name, isOptional }) => !isOptional && !done.has(name) && done.add(name),
      );
      next = await asTasks(fresh);
    }
  }

  /** @returns the jars that no site serves */
  function linkProviders(
    task: UnresolvedFile,
    providers: ReadonlyMap<string, readonly DeclaredJar[]>,
  ): DeclaredJar[] {
    const unserved: DeclaredJar[] = [];
    for (const className of task.open) {
      const found = providers.get(className);
      if (!found) continue;
      task.open.delete(className);
      const served = found.filter(({ name }) => available.findJar(name));
      for (const declared of served) need(task, declared, className);
      if (served.length === 0 && found[0] && need(task, found[0], className)) unserved.push(found[0]);
    }
    return unserved;
  }

  /** Analyzes jars that no site serves for their own needs, so that one run reports everything that is missing. */
  async function asTasks(jars: readonly DeclaredJar[]): Promise<readonly UnresolvedFile[]> {
    const files = jars.flatMap(({ jar }) => jar ?? []);
    const read = await sources.analyze(files.map(({ file, size }) => ({ file, size, withReferences: true })));
    return jars.map(({ jar, name }) => ({
      component: `jars/${name}`,
      path: jar ? nameOf(jar) : name,
      needs: new Set<string>(),
      open: new Set(jar && read.get(jar.file)?.references),
    }));
  }

  /** Searches the jars of the repository that correspond to files which users can get. */
  async function linkCorresponding(
    tasks: readonly Task[],
    artifacts: ReadonlySet<string>,
    seen: Map<string, RepositoryJar>,
  ): Promise<void> {
    if (!tasks.some(isUnresolved)) return;
    const known = new Set([...artifacts, ...seen.keys()]);
    for (const jar of correspondingJars(sources.repository, available, known))
      seen.set(`${jar.artifactId}.jar`, jar);
    await listClasses([...seen.values()]);
    const served = [...seen].filter(([name]) => available.findJar(name) !== undefined);
    const providers = providersOf(served, ([, { file }]) => classes.get(file) ?? []);
    for (const task of tasks) {
      for (const className of task.open) {
        for (const [name, jar] of providers.get(className) ?? []) {
          task.open.delete(className);
          depend(task, available.findJar(name), className, jar);
        }
      }
    }
  }

  /** Adds what the POM declares if the jar is missing here, so that its classes are unknown. */
  function linkUnseen(task: Task, atHand: ReadonlySet<string>): void {
    const open = [...task.open].filter((name) => !mayBeFromJava(name));
    if (open.length === 0) return;
    const unseen = declaredJars.direct(task.pom).filter(({ name }) => !atHand.has(name));
    let isExplained = false;
    for (const declared of unseen) {
      const isServed = available.findJar(declared.name) !== undefined;
      const className = declared.isOptional
        ? undefined
        : open.find((name) => isLikelyFrom(name, declared.coordinates));
      if (isServed || className !== undefined) need(task, declared, className);
      isExplained ||= isServed || className !== undefined;
    }
    if (isExplained) return;
    const classes = open.map((name) => name.replaceAll('/', '.'));
    messages.push(
      `${task.path} uses classes that were not found in any jar, ${listNames(classes, 1)}. No dependency was recorded for them.`,
    );
  }

  /** @returns whether the jar is missing, because no site serves it */
  function need(task: UnresolvedFile, declared: DeclaredJar, className: string | undefined): boolean {
    const file = available.findJar(declared.name);
    if (file) {
      depend(task, file, className, declared.jar);
      return false;
    }
    // Without a referenced class, it is unknown whether the jar is needed.
    if (className === undefined && declared.isOptional) return false;
    if (!dependsOn(task.component, `jars/${declared.name}`, className ?? '')) return false;
    const known = missingJars.get(declared.name);
    if (!known) missingJars.set(declared.name, { declared, neededBy: [task.path], className });
    else if (!known.neededBy.includes(task.path)) known.neededBy.push(task.path);
    return true;
  }

  function depend(
    task: UnresolvedFile,
    file: AvailableFile | undefined,
    className: string | undefined,
    jar: RepositoryJar | undefined,
  ): void {
    if (!file || !dependsOn(task.component, file.component, className ?? '')) return;
    task.needs.add(file.component);
    // A file of this publication is the artifact itself, not a match by name.
    if (jar && file.timestamp !== undefined) matchedByName.set(jar.file, { jar, file });
  }

  async function listClasses(jars: readonly RepositoryJar[]): Promise<void> {
    const unknown = jars.filter(({ file }) => !classes.has(file));
    const read = await sources.analyze(
      unknown.map(({ file, size }) => ({ file, size, withReferences: false })),
    );
    for (const { file } of unknown) classes.set(file, read.get(file)?.classes ?? []);
  }
}

/**
 * Whether a class probably comes from an artifact that cannot be read. Most packages begin with the first two parts of
 * the groupId, or contain the artifactId.
 */
function isLikelyFrom(className: string, { groupId, artifactId }: MavenCoordinates): boolean {
  const group = groupId.split('.').slice(0, 2);
  const path = `/${className}`;
  if (group.length > 1 && path.startsWith(`/${group.join('/')}/`)) return true;
  return path.includes(`/${artifactId.replace(/[-.]/g, '/')}/`);
}

/** Whether classes remain that only a jar can provide. */
function isUnresolved({ open }: UnresolvedFile): boolean {
  return [...open].some((name) => !mayBeFromJava(name));
}

function nameOf(jar: RepositoryJar): string {
  return baseName(jar.file.replaceAll('\\', '/'));
}
