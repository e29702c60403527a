import { baseName } from '../../../model/site-path.js';

/** Files that nothing ever depends on (spec, section 7). */
const NEVER_NEEDED = new Set([
  'jars/javac.jar',
  'jars/j3d-core.jar',
  'jars/j3d-core-utils.jar',
  'jars/vecmath.jar',
]);

/** Which file does not depend on which, although it names its classes; both are names without version (spec, section 7). */
const NOT_BETWEEN: readonly (readonly [from: string, to: string])[] = [
  ['jython', 'jruby-complete'],
  ['jruby-complete', 'jython'],
  ['logkit', 'avalon-framework'],
  ['bsh', 'testng'],
  ['testng', 'guice'],
  ['MMCoreJ', 'MMJ_'],
];

/** Files that carry classes of others along, and are not where these come from (spec, section 7). */
const NO_PROVIDERS: readonly (readonly [provider: RegExp, classes: RegExp])[] = [
  [
    /^(?:batik|xml-apis|loci_tools)\b/,
    /^(?:org\/xml|org\/w3c|javax\/xml|org\/mozilla\/javascript|org\/apache\/xml\/serializer)\//,
  ],
  [/^(?:jython|jruby)\b/, /^(?:com\/sun\/jna|jline)\//],
  [/^ij\.jar$/, /^javax\/script\//],
];

/** What Java itself brings beside `java/`. Other jars bring some of it too, and then these count. */
const OF_JAVA = /^(?:javax|jdk|sun|com\/sun|org\/w3c|org\/xml|org\/ietf|org\/omg|netscape)\//;

/**
 * Whether a file that names a class depends on one that holds it (spec, section 7).
 *
 * @param from unversioned path of the file that names the class
 * @param to unversioned path of the file that holds it
 * @param className such as `ij/ImagePlus`
 */
export function dependsOn(from: string, to: string, className: string): boolean {
  if (from === to || NEVER_NEEDED.has(to)) return false;
  const [fromName, toName] = [baseName(from), baseName(to)];
  if (fromName === 'slf4j-api.jar') return false;
  if (NOT_BETWEEN.some(([one, other]) => fromName === `${one}.jar` && toName === `${other}.jar`))
    return false;
  return !NO_PROVIDERS.some(([provider, classes]) => provider.test(toName) && classes.test(className));
}

/** Whether Java itself may bring the class, so that no jar has to. */
export function mayBeOfJava(className: string): boolean {
  return OF_JAVA.test(className);
}

/** Whether a file is one in which classes are looked for: a jar below `plugins/` or `jars/` (spec, sections 7 and 9.7). */
export function isProvider(path: string): boolean {
  return /^(?:plugins|jars)\/.*\.jar$/.test(path) && !path.split('/').some((part) => part.startsWith('.'));
}
