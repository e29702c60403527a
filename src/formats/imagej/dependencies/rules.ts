import { baseName } from '../../../model/site-path.js';

/** Files that never count as dependencies (spec, section 7). */
const NEVER_NEEDED = new Set([
  'jars/javac.jar',
  'jars/j3d-core.jar',
  'jars/j3d-core-utils.jar',
  'jars/vecmath.jar',
]);

/** Pairs of files without a dependency, although the first references the second (spec, section 7). */
const UNRELATED_PAIRS: readonly (readonly [from: string, to: string])[] = [
  ['jython', 'jruby-complete'],
  ['jruby-complete', 'jython'],
  ['logkit', 'avalon-framework'],
  ['bsh', 'testng'],
  ['testng', 'guice'],
  ['MMCoreJ', 'MMJ_'],
];

/** Files that bundle classes which other files provide (spec, section 7). */
const BUNDLED_CLASSES: readonly (readonly [provider: RegExp, classes: RegExp])[] = [
  [
    /^(?:batik|xml-apis|loci_tools)\b/,
    /^(?:org\/xml|org\/w3c|javax\/xml|org\/mozilla\/javascript|org\/apache\/xml\/serializer)\//,
  ],
  [/^(?:jython|jruby)\b/, /^(?:com\/sun\/jna|jline)\//],
  [/^ij\.jar$/, /^javax\/script\//],
];

/** Packages beside `java/` that Java itself provides. If a jar also provides such a class, the jar counts. */
const JAVA_PACKAGES = /^(?:javax|jdk|sun|com\/sun|org\/w3c|org\/xml|org\/ietf|org\/omg|netscape)\//;

/**
 * Whether a file that references a class depends on a file that contains it (spec, section 7).
 *
 * @param from unversioned path of the file that references the class
 * @param to unversioned path of the file that contains it
 * @param className such as `ij/ImagePlus`
 */
export function dependsOn(from: string, to: string, className: string): boolean {
  if (from === to || NEVER_NEEDED.has(to)) return false;
  const [fromName, toName] = [baseName(from), baseName(to)];
  if (fromName === 'slf4j-api.jar') return false;
  if (UNRELATED_PAIRS.some(([one, other]) => fromName === `${one}.jar` && toName === `${other}.jar`))
    return false;
  return !BUNDLED_CLASSES.some(([provider, classes]) => provider.test(toName) && classes.test(className));
}

/** Whether Java itself may provide the class, so that a jar is not required. */
export function mayBeFromJava(className: string): boolean {
  return JAVA_PACKAGES.test(className);
}

/** Whether a file may provide classes: a visible jar below `plugins/` or `jars/` (spec, sections 7 and 9.7). */
export function isProvider(path: string): boolean {
  return /^(?:plugins|jars)\/.*\.jar$/.test(path) && !path.split('/').some((part) => part.startsWith('.'));
}
