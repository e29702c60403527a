import { count } from '../../../model/humanize.js';
import type { Problem } from '../../../model/problem.js';
import { DEFAULT_CONFIG } from '../../../model/site-config.js';
import type { JarAnalysis } from '../dependencies/analyze-jar.js';
import type { DependencyFindings } from '../dependencies/find.js';
import { providersOf } from '../dependencies/search.js';
import { unversionedPath } from '../file-name.js';
import { recordsByComponent } from '../index/record-map.js';
import type { PluginRecord, SiteIndex } from '../index/site-index.js';
import type { ImageJChange } from '../change.js';
import type { Upstream } from '../upstream.js';
import { checkPlatforms, checkWindowsNames } from './platforms.js';
import { checkVersion } from './versions.js';

/** Inputs for the checks of published files. */
export interface FileChecksRequest {
  /** The index after the publication. */
  readonly after: SiteIndex;
  readonly changes: readonly ImageJChange[];
  readonly findings: DependencyFindings;
  readonly upstream: Upstream;
  /** The Java version that users run; `undefined` if unknown. */
  readonly java: number | undefined;
  /** Whether the run publishes a release: the workflow runs for a tag. */
  readonly isRelease: boolean;
  /** Name of the configuration, for messages; the default if it does not exist. */
  readonly configFile?: string | undefined;
}

/** Checks each published file, by itself and beside the others. */
export function checkFiles(request: FileChecksRequest): readonly Problem[] {
  const { after, changes, findings, upstream, java, isRelease, configFile = DEFAULT_CONFIG } = request;
  const records = recordsByComponent(after);
  const published = changes.filter(({ checksum }) => checksum !== undefined);
  const problems = published.flatMap((change) => [
    ...checkPlatforms(change, records, upstream, configFile),
    ...checkVersion(change, isRelease),
    ...checkCode(change.path, findings.analyses.get(change.component), java, configFile),
    ...missingCommands(change, findings),
  ]);
  return [
    ...problems,
    ...checkWindowsNames(published, records, configFile),
    ...sharedClasses(new Set(published.map(({ component }) => component)), records, findings),
  ];
}

function checkCode(
  path: string,
  analysis: JarAnalysis | undefined,
  java: number | undefined,
  configFile: string,
): Problem[] {
  const problems: Problem[] = [];
  if (analysis && java !== undefined && analysis.java > java) {
    problems.push({
      severity: 'warning',
      code: 'newer-java',
      path,
      message: `${path} is compiled for Java ${analysis.java}, but the Fiji of the upstream sites runs Java ${java}: users would see an UnsupportedClassVersionError.`,
      hint: `Compile with "maven.compiler.release" (or "scijava.jvm.version") ${java}, or set "upstream" (--upstream) to the sites that your users follow.`,
    });
  }
  const [fault] = analysis?.faults ?? [];
  if (analysis && fault !== undefined) {
    const more =
      analysis.faults.length > 1 ? ` and ${count(analysis.faults.length - 1, 'more class file')}` : '';
    problems.push({
      severity: 'warning',
      code: 'unreadable-class',
      path,
      message: `${path} contains a class file that cannot be read (${fault})${more}.`,
      hint: `Some of its dependencies may be missing. Add them with "dependencies: add" in ${configFile}.`,
    });
  }
  return problems;
}

/** Finds commands whose class is neither in the jar nor in any other jar that was searched. ImageJ provides its own. */
function missingCommands(
  { component, path }: ImageJChange,
  { analyses, open }: DependencyFindings,
): Problem[] {
  const missing = (analyses.get(component)?.missingCommands ?? []).filter(
    (name) => !name.startsWith('ij/') && open.get(component)?.has(name),
  );
  return missing.map((name) => ({
    severity: 'error',
    code: 'missing-command',
    path,
    message: `The plugins.config of ${path} names the class ${name.replaceAll('/', '.')}, which is not in the jar.`,
    hint: 'Correct the name, or delete the line. Otherwise, the command fails.',
  }));
}

/** Finds jars on the site that contain the same classes, if this publication includes at least one of the jars. */
function sharedClasses(
  published: ReadonlySet<string>,
  records: ReadonlyMap<string, PluginRecord>,
  { analyses }: DependencyFindings,
): Problem[] {
  const onSite = [...analyses].filter(([component]) => records.get(component)?.current !== undefined);
  const providers = providersOf(onSite, ([, { classes }]) => classes);
  const groups = new Map<string, { jars: readonly PluginRecord[]; classes: string[] }>();
  for (const [name, found] of providers) {
    const components = found.map(([component]) => component);
    if (components.length < 2 || !components.some((component) => published.has(component))) continue;
    const key = components.join('\n');
    const group = groups.get(key);
    if (group) group.classes.push(name);
    else
      groups.set(key, {
        jars: components.flatMap((component) => records.get(component) ?? []),
        classes: [name],
      });
  }
  return [...groups.values()].flatMap(({ jars, classes }) => {
    if (jars.every((one, at) => jars.slice(at + 1).every((other) => neverTogether(one, other)))) return [];
    const names = jars.map(({ filename }) => filename);
    const example = (classes[0] ?? '').replaceAll('/', '.');
    return {
      severity: 'warning' as const,
      code: 'duplicate-class',
      path: names.find((name) => published.has(unversionedPath(name))) ?? names[0] ?? '',
      message: `${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''} contain the same ${classes.length === 1 ? `class ${example}` : `${count(classes.length, 'class', 'classes')}, such as ${example}`}: which one runs is left to chance.`,
      hint: 'Keep them in one of the jars. For example, do not shade a library that is also published separately.',
    };
  });
}

/** Whether users never get both, because they are for different platforms. */
function neverTogether(one: PluginRecord, other: PluginRecord): boolean {
  const others = new Set(other.platforms.map(({ text }) => text));
  return one.platforms.length > 0 && others.size > 0 && !one.platforms.some(({ text }) => others.has(text));
}
