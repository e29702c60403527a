import type { MavenCoordinates, RepositoryJar } from '../../../model/maven.js';
import { baseName } from '../../../model/site-path.js';
import type { DependencySources } from '../../dependencies.js';
import type { JarAnalysis } from './analyze-jar.js';
import type { Availability, AvailableFile } from './availability.js';
import { correspondingJars, createDeclaredJars, type DeclaredJar } from './repository-jars.js';
import { dependsOn, mayBeOfJava } from './rules.js';
import type { MissingJar, Open, Task } from './task.js';

/** The search for dependencies beyond the artifacts at hand. */
export interface DependencySearch {
  /**
   * Finds the jars of the classes that are still open.
   *
   * @param artifacts unversioned names of the jars that were looked through already
   */
  byCode(tasks: readonly Task[], artifacts: readonly string[]): Promise<void>;
  /** Takes what the POM declares, without a look at the code. */
  byPom(task: Task): void;
  missing(): readonly MissingJar[];
  /** What users may want to know, in words. */
  notices(): Promise<readonly string[]>;
}

/** Which of the providers hold a class, by its name. */
export function providersOf<Provider>(
  providers: readonly Provider[],
  classesOf: (provider: Provider) => readonly string[],
): ReadonlyMap<string, readonly Provider[]> {
  const holders = new Map<string, Provider[]>();
  for (const provider of providers) {
    for (const name of classesOf(provider)) {
      const list = holders.get(name);
      if (list) list.push(provider);
      else holders.set(name, [provider]);
    }
  }
  return holders;
}

/** @param available what users can get once the publication is out */
export function createDependencySearch(
  available: Availability,
  sources: DependencySources<JarAnalysis>,
): DependencySearch {
  const declaredJars = createDeclaredJars(sources.repository);
  const missingJars = new Map<string, MissingJar & { neededBy: string[] }>();
  /** The jars of the repository that told of a dependency, with the files that they stand for. */
  const matchedByName = new Map<string, { jar: RepositoryJar; file: AvailableFile }>();
  const classes = new Map<string, readonly string[]>();
  const messages: string[] = [];
  return { byCode, byPom, missing, notices };

  async function byCode(tasks: readonly Task[], artifacts: readonly string[]): Promise<void> {
    /** The jars of the repository that were looked into, by their names without version: the nearest for each. */
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
          `The dependency on ${file.component} was found by its name: ${jar.file} is not the ${baseName(file.path)} that ${file.site ?? 'this site'} serves.`,
      ),
    ];
  }

  /** Looks into the jars that the POM leads to; the ones that nobody serves are looked through in their turn. */
  async function linkDeclared(task: Task, seen: Map<string, RepositoryJar>): Promise<void> {
    if (!isUnsolved(task)) return;
    const candidates = declaredJars.needed(task.pom).filter(({ jar }) => jar !== undefined);
    await list(candidates.flatMap(({ jar }) => jar ?? []));
    for (const { name, jar } of candidates) if (jar && !seen.has(name)) seen.set(name, jar);
    const holders = providersOf(candidates, ({ jar }) => (jar && classes.get(jar.file)) ?? []);
    const done = new Set<string>();
    let next: readonly Open[] = [task];
    while (next.length > 0) {
      const lacking: DeclaredJar[] = [];
      for (const one of next) lacking.push(...linkHolders(one, holders));
      const fresh = lacking.filter(
        ({ name, isOptional }) => !isOptional && !done.has(name) && done.add(name),
      );
      next = await asTasks(fresh);
    }
  }

  /** @returns the jars that nobody serves */
  function linkHolders(task: Open, holders: ReadonlyMap<string, readonly DeclaredJar[]>): DeclaredJar[] {
    const lacking: DeclaredJar[] = [];
    for (const className of task.open) {
      const found = holders.get(className);
      if (!found) continue;
      task.open.delete(className);
      const served = found.filter(({ name }) => available.findJar(name));
      for (const declared of served) need(task, declared, className);
      if (served.length === 0 && found[0] && need(task, found[0], className)) lacking.push(found[0]);
    }
    return lacking;
  }

  /** Jars that nobody serves, to be looked through for what they need themselves: one run tells all that is missing. */
  async function asTasks(jars: readonly DeclaredJar[]): Promise<readonly Open[]> {
    const files = jars.flatMap(({ jar }) => jar ?? []);
    const read = await sources.analyze(files.map(({ file, size }) => ({ file, size, withReferences: true })));
    return jars.map(({ jar, name }) => ({
      component: `jars/${name}`,
      path: jar ? nameOf(jar) : name,
      needs: new Set<string>(),
      open: new Set(jar && read.get(jar.file)?.references),
    }));
  }

  /** Looks into the jars of the repository that correspond to files which users can get. */
  async function linkCorresponding(
    tasks: readonly Task[],
    artifacts: ReadonlySet<string>,
    seen: Map<string, RepositoryJar>,
  ): Promise<void> {
    if (!tasks.some(isUnsolved)) return;
    const known = new Set([...artifacts, ...seen.keys()]);
    for (const jar of correspondingJars(sources.repository, available, known))
      seen.set(`${jar.artifactId}.jar`, jar);
    await list([...seen.values()]);
    const served = [...seen].filter(([name]) => available.findJar(name) !== undefined);
    const holders = providersOf(served, ([, { file }]) => classes.get(file) ?? []);
    for (const task of tasks) {
      for (const className of task.open) {
        for (const [name, jar] of holders.get(className) ?? []) {
          task.open.delete(className);
          depend(task, available.findJar(name), className, jar);
        }
      }
    }
  }

  /** Takes what the POM declares where the jar is not at hand, and so nobody knows what it holds. */
  function linkUnseen(task: Task, atHand: ReadonlySet<string>): void {
    const open = [...task.open].filter((name) => !mayBeOfJava(name));
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
    const more = open.length > 1 ? ` and ${open.length - 1} more` : '';
    messages.push(
      `${task.path} names classes that no jar at hand holds, ${(open[0] ?? '').replaceAll('/', '.')}${more}: no dependency was recorded for them.`,
    );
  }

  /** @returns whether nobody serves the jar, so that it is missing */
  function need(task: Open, declared: DeclaredJar, className: string | undefined): boolean {
    const file = available.findJar(declared.name);
    if (file) {
      depend(task, file, className, declared.jar);
      return false;
    }
    // Without a class that is named there is no telling whether it is needed at all.
    if (className === undefined && declared.isOptional) return false;
    if (!dependsOn(task.component, `jars/${declared.name}`, className ?? '')) return false;
    const known = missingJars.get(declared.name);
    if (!known) missingJars.set(declared.name, { declared, neededBy: [task.path], className });
    else if (!known.neededBy.includes(task.path)) known.neededBy.push(task.path);
    return true;
  }

  function depend(
    task: Open,
    file: AvailableFile | undefined,
    className: string | undefined,
    jar: RepositoryJar | undefined,
  ): void {
    if (!file || !dependsOn(task.component, file.component, className ?? '')) return;
    task.needs.add(file.component);
    // What this publication brings is the artifact at hand: nothing stands for it.
    if (jar && file.timestamp !== undefined) matchedByName.set(jar.file, { jar, file });
  }

  async function list(jars: readonly RepositoryJar[]): Promise<void> {
    const unknown = jars.filter(({ file }) => !classes.has(file));
    const read = await sources.analyze(
      unknown.map(({ file, size }) => ({ file, size, withReferences: false })),
    );
    for (const { file } of unknown) classes.set(file, read.get(file)?.classes ?? []);
  }
}

/**
 * Whether a class that nobody has seen comes from an artifact, by its name: packages are mostly called like the group,
 * in its first two parts at least, or hold the artifact's name.
 */
function isLikelyFrom(className: string, { groupId, artifactId }: MavenCoordinates): boolean {
  const group = groupId.split('.').slice(0, 2);
  const path = `/${className}`;
  if (group.length > 1 && path.startsWith(`/${group.join('/')}/`)) return true;
  return path.includes(`/${artifactId.replace(/[-.]/g, '/')}/`);
}

/** Whether there are classes that some jar must hold. */
function isUnsolved({ open }: Open): boolean {
  return [...open].some((name) => !mayBeOfJava(name));
}

function nameOf(jar: RepositoryJar): string {
  return baseName(jar.file.replaceAll('\\', '/'));
}
