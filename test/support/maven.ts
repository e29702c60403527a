import path from 'node:path';
import { makeClass, type ClassFile } from './class-file.js';
import { writeFiles } from './folders.js';
import { makeZip } from './zip.js';

/** Makes a jar of Java classes, with further entries such as its POM. */
export function makeJar(
  classes: readonly ClassFile[],
  more: Readonly<Record<string, string | Buffer>> = {},
): Buffer {
  return makeZip([
    { name: 'META-INF/MANIFEST.MF', content: 'Manifest-Version: 1.0\n' },
    ...Object.entries(more).map(([name, content]) => ({ name, content })),
    ...classes.map((file) => ({ name: `${file.name}.class`, content: makeClass(file) })),
  ]);
}

export interface PomSpec {
  /** `group:artifact:version` */
  id: string;
  parent?: string;
  /** `group:artifact:version[:scope[:optional]]`, or XML. */
  dependencies?: readonly string[];
  managed?: readonly string[];
  properties?: Readonly<Record<string, string>>;
  /** Further elements. */
  xml?: string;
}

export function makePom({
  id,
  parent,
  dependencies = [],
  managed = [],
  properties = {},
  xml = '',
}: PomSpec): string {
  const list = (entries: readonly string[]) =>
    `<dependencies>${entries.map(dependencyXml).join('')}</dependencies>`;
  return [
    '<?xml version="1.0"?><project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion>',
    parent === undefined ? '' : `<parent>${coordinatesXml(parent)}</parent>`,
    coordinatesXml(id),
    `<properties>${Object.entries(properties)
      .map(([name, value]) => `<${name}>${value}</${name}>`)
      .join('')}</properties>`,
    `<dependencyManagement>${list(managed)}</dependencyManagement>`,
    list(dependencies),
    xml,
    '</project>',
  ].join('\n');
}

function coordinatesXml(id: string): string {
  const [group = '', artifact = '', version = ''] = id.split(':');
  return `<groupId>${group}</groupId><artifactId>${artifact}</artifactId>${version === '' ? '' : `<version>${version}</version>`}`;
}

function dependencyXml(text: string): string {
  if (text.startsWith('<')) return `<dependency>${text}</dependency>`;
  const [, , , scope = '', optional = ''] = text.split(':');
  const more = `${scope === '' ? '' : `<scope>${scope}</scope>`}${optional === '' ? '' : '<optional>true</optional>'}`;
  return `<dependency>${coordinatesXml(text)}${more}</dependency>`;
}

/** Returns the POM as an entry of a jar. */
export function pomEntry(spec: PomSpec): Record<string, string> {
  const [group = '', artifact = ''] = spec.id.split(':');
  return { [`META-INF/maven/${group}/${artifact}/pom.xml`]: makePom(spec) };
}

/** Puts an artifact into a Maven repository. */
export function install(repository: string, spec: PomSpec, jar?: Buffer): void {
  const [group = '', artifact = '', version = ''] = spec.id.split(':');
  const folder = path.posix.join(...group.split('.'), artifact, version);
  writeFiles(repository, {
    [`${folder}/${artifact}-${version}.pom`]: makePom(spec),
    ...(jar ? { [`${folder}/${artifact}-${version}.jar`]: jar } : {}),
  });
}
