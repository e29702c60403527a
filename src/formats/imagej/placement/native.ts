import { unversionedPath } from '../file-name.js';

/** Platforms of updaters by the system and processor in the classifiers of native jars (spec, section 3). */
const PLATFORM_OF: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  linux: { x64: 'linux64', x86: 'linux32', arm64: 'linux-arm64', any: 'linuxx' },
  macos: { x64: 'macos64', arm64: 'macos-arm64', any: 'macosx' },
  windows: { x64: 'win64', x86: 'win32', arm64: 'win-arm64', any: 'winx' },
};
const PROCESSORS: readonly (readonly [name: string, pattern: RegExp])[] = [
  ['x64', /^(?:amd64|x86[_-]64)$/],
  ['x86', /^(?:x86(?:[_-]32)?|i[3-6]86)$/],
  ['arm64', /^(?:arm64|aarch64)$/],
  ['any', /^(?:universal|)$/],
];
const NATIVE =
  /-(?:natives?-)?(android|linux|macosx?|solaris|windows)(?:-(aarch64|amd64|arm64|armv6hf|armv6|arm|i[3-6]86|universal|x86[_-]32|x86[_-]64|x86))?\.jar$/;
const LIBRARY = /\.(?:so|dll|dylib|jnilib|exe)$/;

/** The platform that a file name implies. */
export interface NativeName {
  /** `undefined` if updaters have no name for it, or if the file name does not contain it. */
  readonly platform: string | undefined;
}

/** Returns the platform of a file for some machines only, judged by its name; `undefined` for other files. */
export function nativeName(fileName: string): NativeName | undefined {
  const match = NATIVE.exec(unversionedPath(fileName));
  if (!match) return LIBRARY.test(fileName) ? { platform: undefined } : undefined;
  const system = (match[1] ?? '').replace('macosx', 'macos');
  const processor = PROCESSORS.find(([, pattern]) => pattern.test(match[2] ?? ''))?.[0] ?? '';
  return { platform: PLATFORM_OF[system]?.[processor] };
}
