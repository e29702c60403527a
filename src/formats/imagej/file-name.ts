/**
 * The version in the name of a jar (spec, section 3). Matches each text in only one way. The official pattern allows
 * `\d+` beside `\d{7}`, and `.GA` inside a part that may contain dots, so it takes exponential time for some names.
 * `test/formats/imagej/file-name.test.ts` checks that both patterns accept the same names.
 */
const VERSION = String.raw`-(?:\d+(?:\.\d+)+|\d{8,})[a-z]?\d?(?:\.GA)*?(?:-[A-Za-z0-9.]+?)*?`;
const SYSTEM = 'android|linux|macosx|macos|solaris|windows';
const PROCESSOR =
  'aarch64|amd64|arm64|armv6hf|armv6|arm|i386|i486|i586|i686|universal|x86[_-]32|x86[_-]64|x86';
const CLASSIFIER = String.raw`-(?:swing|swt|shaded|sources|javadoc|natives?-?\w*|(?:natives-)?(?:${SYSTEM})-(?:${PROCESSOR}))`;
const SUFFIX = String.raw`\.jar(?:-[a-z]*)?`;
const VERSIONED = new RegExp(`^(.+?)(?:${VERSION})?(${CLASSIFIER})?(${SUFFIX})$`);

/** Maximum length of a name that is matched, in characters: matching takes quadratic time. */
const MAX_LENGTH = 1024;

/**
 * Returns the path without the version. It identifies a file through all its versions.
 *
 * `jars/alib-1.2.0.jar` and `jars/alib-1.3.0.jar` both become `jars/alib.jar`. A classifier stays.
 */
export function unversionedPath(path: string): string {
  if (path.length > MAX_LENGTH) return path;
  const match = VERSIONED.exec(path);
  if (!match) return path;
  const [, component = '', classifier = '', suffix = ''] = match;
  return `${component}${classifier}${suffix}`;
}

const VERSION_PART = new RegExp(`^.+?(${VERSION})(?:${CLASSIFIER})?${SUFFIX}$`);

/** Returns the version in a file name; `undefined` if it has none. */
export function versionOf(path: string): string | undefined {
  return path.length > MAX_LENGTH ? undefined : VERSION_PART.exec(path)?.[1]?.slice(1);
}

/** Returns the first number of the version in a file name; `undefined` if it has no version. */
export function majorVersionOf(path: string): string | undefined {
  return versionOf(path)?.split('.', 1)[0];
}

/** Returns the extension with its dot. Numbers are versions, not extensions. */
export function extensionOf(path: string): string {
  return /[^./\\](\.[A-Za-z][A-Za-z0-9]{0,9})$/.exec(path)?.[1] ?? '';
}
